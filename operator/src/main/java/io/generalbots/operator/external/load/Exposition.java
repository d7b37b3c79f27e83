package io.generalbots.operator.external.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Metrics as Prometheus writes them, as far as the gateway has any: names, labels and a number in a
 * line.
 *
 * @param series all of them
 */
record Exposition(List<Series> series) {

  private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** One line. */
  record Series(String name, Map<String, String> labels, double value) {}

  static Exposition of(String text) {
    return new Exposition(text.lines().flatMap(line -> read(line).stream()).toList());
  }

  /** Those of a name that carry these labels. */
  Stream<Series> all(String name, Map<String, String> labels) {
    return series.stream()
        .filter(one -> one.name().equals(name))
        .filter(one -> one.labels().entrySet().containsAll(labels.entrySet()));
  }

  private static Optional<Series> read(String line) {
    var matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var labels = new TreeMap<String, String>();
    LABEL
        .matcher(Optional.ofNullable(matcher.group(2)).orElse(""))
        .results()
        .forEach(m -> labels.put(m.group(1), m.group(2)));
    return number(matcher.group(3)).map(value -> new Series(matcher.group(1), labels, value));
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.parseDouble(text.replace("Inf", "Infinity")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
