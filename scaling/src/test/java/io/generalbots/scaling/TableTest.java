package io.generalbots.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each row of the source's table, exactly at its borders. */
class TableTest {

  /** What the source has no row for. */
  private static final String QUERY = "QUERY";

  /** The table once more, typed from the source; the windows in seconds. */
  private record Row(int above, int aboveFor, int below, int belowFor) {

    static Row of(Metric metric) {
      return switch (metric) {
        case CPU -> new Row(70, 120, 30, 300);
        case MEMORY -> new Row(80, 120, 40, 300);
        case REQUESTS_PER_SECOND -> new Row(1000, 0, 200, 0);
        case RESPONSE_TIME_MILLIS -> new Row(2000, 0, 500, 0);
        case QUEUE_DEPTH -> new Row(100, 0, 10, 0);
        case QUERY -> throw new IllegalArgumentException("the table has no queries");
      };
    }

    Rule rule(Metric metric) {
      var out = Duration.ofSeconds(aboveFor);
      return new Rule(metric, above, out, below, Duration.ofSeconds(belowFor));
    }
  }

  @Test
  void theDefaultsAreTheTable() {
    var table =
        Arrays.stream(Metric.values())
            .filter(metric -> metric != Metric.QUERY)
            .map(metric -> Row.of(metric).rule(metric))
            .toList();
    assertThat(Policy.DEFAULTS)
        .isEqualTo(new Policy(1, 10, Duration.ofSeconds(300), Duration.ofSeconds(30), table));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = QUERY)
  void onTheUpperThresholdIsNotAbove(Metric metric) {
    var cluster = Cluster.calm(2).set(metric, Row.of(metric).above());
    assertThat(cluster.measure(0, 900).reason()).isEqualTo(Reason.STEADY);
    assertThat(cluster.replicas()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = QUERY)
  void aboveForTheWholeWindowScalesOutAndASecondLessDoesNot(Metric metric) {
    var window = Row.of(metric).aboveFor();
    var cluster = Cluster.calm(2);
    cluster.measureAt(0);
    cluster.set(metric, Row.of(metric).above() + 0.01);
    if (window > 0) {
      cluster.measure(30, 30 + window - 30);
      assertThat(cluster.lookAt(30 + window - 1).reason()).isEqualTo(Reason.WINDOW_NOT_FULL);
    }
    var decision = cluster.measureAt(30 + window);
    assertThat(decision.reason()).isEqualTo(Reason.ABOVE_THRESHOLD);
    assertThat(decision.to()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = QUERY)
  void onTheLowerThresholdIsNotBelow(Metric metric) {
    var cluster = Cluster.calm(2).set(metric, Row.of(metric).below());
    assertThat(cluster.measure(0, 900).reason()).isEqualTo(Reason.STEADY);
    assertThat(cluster.replicas()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = QUERY)
  void belowForTheWholeWindowScalesInAndASecondLessDoesNot(Metric metric) {
    var window = Row.of(metric).belowFor();
    var cluster = Cluster.calm(3).set(metric, Row.of(metric).below());
    cluster.measure(0, 600);
    cluster.set(metric, Row.of(metric).below() - 0.01);
    if (window > 0) {
      cluster.measure(630, 630 + window - 30);
      assertThat(cluster.lookAt(630 + window - 1).reason()).isEqualTo(Reason.WINDOW_NOT_FULL);
    }
    var decision = cluster.measureAt(630 + window);
    assertThat(decision.reason()).isEqualTo(Reason.BELOW_THRESHOLD);
    assertThat(decision.to()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = QUERY)
  void aMetricThatIsMissingNeverScales(Metric metric) {
    var cluster = Cluster.calm(3).lose(metric);
    assertThat(cluster.measure(0, 900).reason()).isEqualTo(Reason.METRICS_MISSING);
    assertThat(cluster.replicas()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = QUERY)
  void aMetricIsStaleAfterTwoIntervals(Metric metric) {
    var fresh = Cluster.calm(3);
    var stale = Cluster.calm(3);
    fresh.measure(0, 240);
    stale.measure(0, 239);
    fresh.lose(metric).measureAt(299.999);
    stale.lose(metric).measureAt(299);
    assertThat(fresh.measureAt(300).reason()).isEqualTo(Reason.BELOW_THRESHOLD);
    assertThat(stale.measureAt(300).reason()).isEqualTo(Reason.METRICS_MISSING);
  }
}
