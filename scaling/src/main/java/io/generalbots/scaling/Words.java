package io.generalbots.scaling;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers as people read them. */
final class Words {

  private Words() {}

  /** A value of a metric, to a tenth, with its unit: {@code cpu 83.4 %}. */
  static String value(Sample sample, Side side) {
    var rounded = BigDecimal.valueOf(sample.value()).setScale(1, side.rounding());
    var metric = sample.metric();
    return metric.label() + " " + metric.amount(rounded.stripTrailingZeros().toPlainString());
  }

  /** A time in whole seconds: {@code 1 h 2 min 3 s}. */
  static String time(Duration time) {
    var words =
        Stream.of(
                part(time.toHours(), "h"),
                part(time.toMinutesPart(), "min"),
                part(time.toSecondsPart(), "s"))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? "0 s" : words;
  }

  private static String part(long amount, String unit) {
    return amount == 0 ? "" : amount + " " + unit;
  }
}
