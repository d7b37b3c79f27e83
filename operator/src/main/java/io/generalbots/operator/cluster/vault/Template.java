package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How an entry follows from a Secret.
 *
 * @param values texts by the key of the entry; {@code {key}} in them stands for what the Secret has
 *     there, and {@code {key?}} for what it may have
 */
public record Template(Map<String, String> values) {

  private static final Pattern KEY = Pattern.compile("\\{([a-z.-]+)(\\??)}");

  public Template {
    values = Map.copyOf(values);
  }

  /** The same, with another value beside these. */
  public Template and(String key, String value) {
    var more = new TreeMap<>(values);
    more.put(key, value);
    return new Template(more);
  }

  /** The entry; empty while the Secret lacks something it needs. */
  public Optional<SortedMap<String, String>> fill(Secret secret) {
    var filled = new TreeMap<String, String>();
    for (var value : values.entrySet()) {
      var missing = missing(value.getValue(), secret);
      if (missing.isEmpty()) {
        filled.put(value.getKey(), text(value.getValue(), secret));
      } else if (!isOptional(missing.get())) {
        return Optional.empty();
      }
    }
    return Optional.of(filled);
  }

  private static Optional<MatchResult> missing(String text, Secret secret) {
    return KEY.matcher(text)
        .results()
        .filter(key -> Secrets.text(secret, key.group(1)).isEmpty())
        .findFirst();
  }

  private static boolean isOptional(MatchResult key) {
    return !key.group(2).isEmpty();
  }

  private static String text(String text, Secret secret) {
    return KEY.matcher(text)
        .replaceAll(
            key -> java.util.regex.Matcher.quoteReplacement(Secrets.text(secret, key.group(1))));
  }
}
