package io.generalbots.operator.cluster.gateway;

import io.generalbots.operator.kube.Resources;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of Caddy's configuration with places for values. A value is a word, or several with
 * spaces between: what Caddy would read as more than that never gets in, whoever let it pass.
 *
 * @param text the piece, each place written <code>${name}</code>
 */
record Template(String text) {

  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern WORDS =
      Pattern.compile("[A-Za-z0-9._~:/\\[\\]-]+( [A-Za-z0-9._~:/\\[\\]-]+)*");

  static Template of(String name) {
    return new Template(Resources.text("gateway/" + name + ".caddy"));
  }

  /** With another piece in one of its places. */
  Template with(String place, String piece) {
    return new Template(text.replace("${" + place + "}", piece));
  }

  /** The piece with all of its places filled. */
  String filled(Map<String, String> values) {
    return PLACE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(word(m.group(1), values)));
  }

  private static String word(String place, Map<String, String> values) {
    var value = values.getOrDefault(place, "");
    if (!WORDS.matcher(value).matches()) {
      throw new IllegalArgumentException("%s cannot be written as: %s".formatted(place, value));
    }
    return value;
  }
}
