package io.generalbots.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered. */
class StateTest {

  private static final Instant NOON = Cluster.NOON;

  @Test
  void theSizeDoesNotGrow() {
    var cluster = Cluster.calm(5);
    cluster.measure(0, 86_400);
    assertThat(cluster.state().trends()).hasSize(5);
  }

  @Test
  void anOldSampleSaysNothingNew() {
    var before = observed(cpu(90, 60));
    assertThat(before.observing(look(60, cpu(10, 30), cpu(20, 60)), policy(70, 30)))
        .isEqualTo(before);
  }

  @Test
  void samplesMayComeLateAndInAnyOrder() {
    var atOnce = observed(cpu(90, 60), cpu(71, 0), cpu(80, 30));
    assertThat(atOnce.trends()).containsExactly(new Trend(cpu(90, 60), NOON, 71, 90));
  }

  @Test
  void aSampleFromTheFutureIsNotSeenUntilItsTimeHasCome() {
    var early = State.of(2).observing(look(29, cpu(90, 30)), policy(70, 30));
    assertThat(early.trends()).isEmpty();
    assertThat(early.observing(look(30, cpu(90, 30)), policy(70, 30)).trends()).hasSize(1);
  }

  @Test
  void aClockThatWasSetBackCostsOneCooldownAndOneWindow() {
    var future =
        new State(2, Optional.of(NOON.plusSeconds(9999)), List.of(Trend.from(cpu(90, 9999))));
    var state = future.observing(look(0, cpu(90, 0)), policy(70, 30));
    assertThat(state).isEqualTo(new State(2, Optional.of(NOON), List.of(Trend.from(cpu(90, 0)))));
  }

  @Test
  void aMetricWithoutRuleIsForgotten() {
    var before = observed(cpu(90, 60));
    var without = new Policy(1, 10, Duration.ZERO, Duration.ofSeconds(30), List.of());
    assertThat(before.observing(look(60), without).trends()).isEmpty();
  }

  @Test
  void aChangedThresholdBeginsTheWindowAgainOnlyIfTheRunHasCrossedIt() {
    var run = observed(cpu(75, 0), cpu(90, 60), cpu(85, 120));
    assertThat(decide(run, policy(74, 30)).reason()).isEqualTo(Reason.ABOVE_THRESHOLD);
    assertThat(decide(run, policy(80, 30)).reason()).isEqualTo(Reason.WINDOW_NOT_FULL);
    var longer = run.observing(look(180, cpu(88, 180)), policy(80, 30));
    assertThat(longer.trends())
        .containsExactly(new Trend(cpu(88, 180), NOON.plusSeconds(120), 85, 88));
  }

  @Test
  void onlyADecisionThatChangesSomethingIsAChange() {
    var state = State.of(2);
    assertThat(state.after(new Decision(2, 2, Reason.STEADY, ""), NOON)).isEqualTo(state);
    assertThat(state.after(new Decision(2, 1, Reason.BELOW_THRESHOLD, ""), NOON))
        .isEqualTo(new State(1, Optional.of(NOON), List.of()));
  }

  @Test
  void whatContradictsItselfIsRefused() {
    var trend = Trend.from(cpu(90, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new State(2, Optional.empty(), List.of(trend, trend)));
    assertThatIllegalArgumentException().isThrownBy(() -> State.of(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> look(0, cpu(-1, 0)));
    assertThatIllegalArgumentException().isThrownBy(() -> cpu(Double.NaN, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Look(NOON, -1, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Trend(cpu(90, 0), NOON, 91, 92));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trend(cpu(90, 0), NOON.plusSeconds(1), 90, 90));
  }

  @Test
  void rulesThatContradictEachOtherAreRefused() {
    var rule = Policy.DEFAULTS.rules().get(0);
    var second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException().isThrownBy(() -> policy(70, 70));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rule(Metric.CPU, 70, second.negated(), 30, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy(0, 1, second, second, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy(2, 1, second, second, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy(1, 1, second, Duration.ZERO, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy(1, 1, second, second, List.of(rule, rule)));
  }

  private static State observed(Sample... samples) {
    return State.of(2).observing(look(120, samples), policy(70, 30));
  }

  private static Decision decide(State state, Policy policy) {
    return Scaler.decide(policy, state, Cluster.time(120));
  }

  private static Policy policy(int above, int below) {
    var window = Duration.ofMinutes(2);
    return new Policy(
        1,
        10,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        List.of(new Rule(Metric.CPU, above, window, below, window)));
  }

  private static Look look(int second, Sample... samples) {
    return new Look(Cluster.time(second), 2, List.of(samples));
  }

  private static Sample cpu(double value, int second) {
    return new Sample(Metric.CPU, value, Cluster.time(second));
  }
}
