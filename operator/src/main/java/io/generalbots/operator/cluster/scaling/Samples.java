package io.generalbots.operator.cluster.scaling;

import io.generalbots.api.v1alpha1.cluster.ScalingRule;
import io.generalbots.api.v1alpha1.cluster.ScalingSample;
import io.generalbots.scaling.Trend;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The latest values as they are told.
 *
 * @param load the look they are from
 * @param rules what they are measured for
 */
record Samples(Load load, List<ScalingRule> rules) {

  private static final int DIGITS = 3;

  /** Of an upper threshold: as far as a value may move without a word. */
  private static final double LITTLE = 0.1;

  List<ScalingSample> told() {
    return rules.stream().flatMap(rule -> trend(rule).map(Samples::told).stream()).toList();
  }

  /** Whether any is on another side of its thresholds, or far from what was told. */
  boolean haveMovedFrom(List<ScalingSample> former) {
    return rules.stream().anyMatch(rule -> hasMoved(rule, former));
  }

  private boolean hasMoved(ScalingRule rule, List<ScalingSample> former) {
    var now = trend(rule).map(trend -> trend.latest().value());
    var told =
        former.stream()
            .filter(sample -> sample.metric() == rule.metric())
            .map(sample -> Double.parseDouble(sample.value()))
            .findFirst();
    return now.isPresent() != told.isPresent()
        || now.filter(value -> hasMoved(rule, value, told.orElseThrow())).isPresent();
  }

  private static boolean hasMoved(ScalingRule rule, double now, double told) {
    return side(rule, now) != side(rule, told) || Math.abs(now - told) > LITTLE * rule.above();
  }

  private static int side(ScalingRule rule, double value) {
    return value > rule.above() ? 1 : value < rule.below() ? -1 : 0;
  }

  private Optional<Trend> trend(ScalingRule rule) {
    var metric = RuleBook.metric(rule.metric());
    return load.trends().stream().filter(t -> t.latest().metric() == metric).findFirst();
  }

  private static ScalingSample told(Trend trend) {
    var value = BigDecimal.valueOf(trend.latest().value()).setScale(DIGITS, RoundingMode.HALF_EVEN);
    return new ScalingSample(
        RuleBook.metric(trend.latest().metric()),
        value.stripTrailingZeros().toPlainString(),
        trend.latest().time().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
