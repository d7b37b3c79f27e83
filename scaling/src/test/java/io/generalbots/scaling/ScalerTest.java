package io.generalbots.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is decided, and how it is said. */
class ScalerTest {

  @Test
  void theLoadSaysHowManyAndTheSentenceSaysWhy() {
    var cluster = Cluster.calm(3).set(Metric.CPU, 83);
    cluster.measure(0, 120);
    assertThat(cluster.replicas()).isEqualTo(4);
    var other = Cluster.calm(3).set(Metric.CPU, 83);
    other.measure(0, 90);
    assertThat(other.measureAt(120).message()).isEqualTo("cpu 83 % above 70 % for 2 min: 3 → 4");
  }

  @Test
  void theRuleThatAsksForMostWins() {
    var cluster =
        Cluster.calm(4).set(Metric.REQUESTS_PER_SECOND, 1500).set(Metric.QUEUE_DEPTH, 101);
    assertThat(cluster.measureAt(0))
        .isEqualTo(
            new Decision(
                4,
                6,
                Reason.ABOVE_THRESHOLD,
                "requests 1500/s above 1000/s, queue depth 101 above 100: 4 → 6"));
  }

  @Test
  void oneGoesWhenAllAreBelow() {
    var cluster = Cluster.calm(9);
    cluster.measure(0, 270);
    assertThat(cluster.measureAt(300))
        .isEqualTo(
            new Decision(
                9,
                8,
                Reason.BELOW_THRESHOLD,
                "cpu 1 % below 30 % for 5 min, memory 1 % below 40 % for 5 min, requests 1/s below"
                    + " 200/s, response time 1 ms below 500 ms, queue depth 1 below 10: 9 → 8"));
  }

  @Test
  void aWindowThatIsNotFullSaysHowMuchOfItIs() {
    var cluster = Cluster.calm(2).set(Metric.CPU, 70.04);
    cluster.measure(0, 60);
    assertThat(cluster.lookAt(90).message())
        .isEqualTo("cpu 70.1 % above 70 % for 1 min 30 s of 2 min");
    assertThat(Cluster.calm(2).set(Metric.CPU, 29.97).measureAt(0).message())
        .isEqualTo(
            "cpu 29.9 % below 30 % for 0 s of 5 min, memory 1 % below 40 % for 0 s of 5 min");
  }

  @Test
  void anySampleThatIsNotAboveBeginsTheWindowAgain() {
    var cluster = Cluster.calm(2).set(Metric.CPU, 90);
    cluster.measure(0, 90);
    cluster.set(Metric.CPU, 70).measureAt(119);
    cluster.set(Metric.CPU, 90);
    assertThat(cluster.measureAt(120).reason()).isEqualTo(Reason.WINDOW_NOT_FULL);
    assertThat(cluster.measure(150, 210).reason()).isEqualTo(Reason.WINDOW_NOT_FULL);
    assertThat(cluster.measureAt(240).reason()).isEqualTo(Reason.ABOVE_THRESHOLD);
  }

  @Test
  void aGapOfTwoIntervalsIsBridgedAndALongerOneIsNot() {
    var bridged = Cluster.calm(2).set(Metric.CPU, 90);
    bridged.measureAt(0);
    bridged.measureAt(60);
    assertThat(bridged.measureAt(120).reason()).isEqualTo(Reason.ABOVE_THRESHOLD);
    var gap = Cluster.calm(2).set(Metric.CPU, 90);
    gap.measureAt(0);
    gap.measureAt(60.001);
    assertThat(gap.measureAt(120).reason()).isEqualTo(Reason.WINDOW_NOT_FULL);
  }

  @Test
  void whatIsMissingKeepsNobodyFromScalingOut() {
    var cluster = Cluster.calm(2).lose(Metric.CPU).lose(Metric.MEMORY);
    assertThat(cluster.measureAt(0).message())
        .isEqualTo("no fresh value of cpu, memory: nothing is scaled in");
    assertThat(cluster.set(Metric.QUEUE_DEPTH, 101).measureAt(30).to()).isEqualTo(3);
  }

  @Test
  void aStaleMetricAsksForNothing() {
    var cluster = Cluster.calm(2).set(Metric.QUEUE_DEPTH, 10).set(Metric.CPU, 90);
    cluster.measure(0, 60);
    assertThat(cluster.lookAt(120).reason()).isEqualTo(Reason.ABOVE_THRESHOLD);
    var stale = Cluster.calm(2).set(Metric.QUEUE_DEPTH, 10).set(Metric.CPU, 90);
    stale.measure(0, 60);
    assertThat(stale.lookAt(120.001).reason()).isEqualTo(Reason.METRICS_MISSING);
  }

  @Test
  void theNumberRestsAfterAChangeInBothDirections() {
    var cluster = Cluster.calm(2).set(Metric.QUEUE_DEPTH, 101);
    assertThat(cluster.measureAt(0).to()).isEqualTo(3);
    assertThat(cluster.measureAt(299).message())
        .isEqualTo(
            "queue depth 101 above 100, but the last change was 4 min 59 s ago: rests for 1 s");
    assertThat(cluster.measureAt(300).to()).isEqualTo(4);
    cluster.set(Metric.QUEUE_DEPTH, 1).measure(301, 599);
    assertThat(cluster.measureAt(599.999).reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(cluster.measureAt(600).to()).isEqualTo(3);
    assertThat(cluster.measure(630, 899).reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(cluster.measureAt(900).to()).isEqualTo(2);
  }

  @Test
  void changesOfOthersCount() {
    var cluster = Cluster.calm(2).set(Metric.QUEUE_DEPTH, 101).scaleTo(5);
    assertThat(cluster.measureAt(0).reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(cluster.measureAt(299.999).reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(cluster.scaleTo(4).measureAt(300).reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(cluster.measureAt(599.999).reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(cluster.measureAt(600).to()).isEqualTo(5);
  }

  @Test
  void limitsHoldAtOnceWhateverTheCooldown() {
    var cluster = Cluster.calm(2).set(Metric.QUEUE_DEPTH, 101);
    cluster.measureAt(0);
    assertThat(cluster.scaleTo(0).measureAt(1))
        .isEqualTo(new Decision(0, 1, Reason.BELOW_MINIMUM, "fewer than the minimum: 0 → 1"));
    assertThat(cluster.scaleTo(12).measureAt(2))
        .isEqualTo(new Decision(12, 10, Reason.ABOVE_MAXIMUM, "more than the maximum: 12 → 10"));
    assertThat(cluster.lookAt(3).to()).isEqualTo(10);
  }

  @Test
  void nothingGoesBeyondTheLimits() {
    var full = Cluster.calm(9).set(Metric.REQUESTS_PER_SECOND, 9000);
    assertThat(full.measureAt(0).to()).isEqualTo(10);
    assertThat(full.measureAt(30))
        .isEqualTo(
            new Decision(
                10,
                10,
                Reason.AT_MAXIMUM,
                "requests 9000/s above 1000/s, but there are as many as there may be: 10"));
    var quiet = Cluster.calm(1).measure(0, 300);
    assertThat(quiet.reason()).isEqualTo(Reason.AT_MINIMUM);
    assertThat(quiet.message())
        .endsWith("queue depth 1 below 10, but there are as few as there may be: 1");
  }

  @Test
  void betweenTheThresholdsNothingHappens() {
    var cluster = Cluster.calm(2).set(Metric.CPU, 50.05).set(Metric.QUEUE_DEPTH, 100);
    assertThat(cluster.measure(0, 900))
        .isEqualTo(new Decision(2, 2, Reason.STEADY, "cpu 50 %, queue depth 100"));
  }

  @Test
  void withoutRulesNothingHappens() {
    var policy = new Policy(1, 10, Duration.ZERO, Duration.ofSeconds(30), List.of());
    assertThat(new Cluster(policy, 2).measureAt(0).reason()).isEqualTo(Reason.NO_RULES);
  }

  @Test
  void reasonsAreWrittenInCamelCase() {
    for (var reason : Reason.values()) {
      assertThat(reason.word().replaceAll("(?<=.)([A-Z])", "_$1"))
          .isEqualToIgnoringCase(reason.name());
    }
  }
}
