package io.generalbots.sharding.published;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a text of the document has to look like. All of them become headers, labels of metrics or
 * words of a log: none may hold a control character, and none may be of any length.
 */
enum Form {
  /** Of a strategy. */
  WORD("[A-Za-z]+", 63),
  /** Of a Kubernetes object. */
  NAME("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*", 253),
  /** One DNS label. */
  LABEL("[a-z0-9]([-a-z0-9]*[a-z0-9])?", 63),
  /** A host, in lower case as it is compared. */
  HOST("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*", 253),
  /** A column, and so a parameter of a query. */
  COLUMN("[a-z_][a-z0-9_]*", 63),
  /** A host or an address, and a port. */
  ENDPOINT("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[1-9][0-9]{0,4}", 320),
  /** A server without a path, which Caddy takes as it is. */
  UPSTREAM("https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[1-9][0-9]{0,4})?", 320),
  /** A name in a database server. */
  DATABASE("[^\\x00-\\x1f\\x7f]+", 63),
  /** ISO 3166-1. */
  COUNTRY("[A-Z]{2}", 2),
  /** As MaxMind writes it. */
  CONTINENT("AF|AN|AS|EU|NA|OC|SA", 2);

  private static final int SHOWN = 60;

  private final Pattern pattern;
  private final int longest;

  Form(String pattern, int longest) {
    this.pattern = Pattern.compile(pattern);
    this.longest = longest;
  }

  /** The text, if it is of this form. */
  String checked(String field, @Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    if (text.length() > longest || !pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(field + " is not as it should be: " + shown(text));
    }
    return text;
  }

  /** The list, empty where there is none, if every text in it is of this form. */
  List<String> allChecked(String field, @Nullable List<String> texts) {
    var all = listed(texts);
    all.forEach(text -> checked(field, text));
    checkOnce(field, all.stream());
    return all;
  }

  /** A list that nobody changes, empty where the document has none. */
  static <T> List<T> listed(@Nullable List<T> list) {
    if (list == null) {
      return List.of();
    }
    if (list.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a list has an entry that is null");
    }
    return List.copyOf(list);
  }

  static void checkOnce(String field, Stream<String> texts) {
    var seen = new HashSet<String>();
    texts
        .filter(text -> !seen.add(text))
        .findFirst()
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(field + " is there twice: " + shown(text));
            });
  }

  /** Short, and on one line, wherever it is shown. */
  static String shown(String text) {
    var cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return cut.replaceAll("[^\\x20-\\x7e…]", "?");
  }
}
