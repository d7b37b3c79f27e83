package io.generalbots.operator.cluster.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.generalbots.api.v1alpha1.cluster.ScalingDecision;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.scaling.Metric;
import io.generalbots.scaling.Policy;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many bot servers there are, from round to round. */
@Tag("REQ-SCALE-1")
class ElasticTest {

  private static final String RULES =
      "cooldownSeconds: 60, checkIntervalSeconds: 10,"
          + " rules: [{metric: RequestsPerSecond, above: 100, below: 20}]";
  private static final String FOUR = "botserver: {replicas: 4}, ";
  private static final String ON = FOUR + "autoscaling: {enabled: true, " + RULES + "}";
  private static final String DRY =
      FOUR + "autoscaling: {enabled: true, mode: DryRun, " + RULES + "}";

  @Test
  void theDefaultsOfTheApiAreTheTableOfTheEngine() {
    var rules = new RuleBook(new Rounds("autoscaling: {enabled: true}").cluster());
    assertThat(rules.policy().rules())
        .containsExactlyElementsOf(
            Policy.DEFAULTS.rules().stream()
                .filter(rule -> rule.metric() != Metric.QUEUE_DEPTH)
                .toList());
    assertThat(rules.aside()).containsExactly(Metric.QUEUE_DEPTH);
    assertThat(rules.policy().cooldown()).isEqualTo(Policy.DEFAULTS.cooldown());
    assertThat(rules.policy().interval()).isEqualTo(Policy.DEFAULTS.interval());
    assertThat(rules.policy().min()).isEqualTo(Policy.DEFAULTS.min());
    assertThat(rules.policy().max()).isEqualTo(Policy.DEFAULTS.max());
  }

  @Test
  void aRuleOfQueuesIsLeftAsideWhereItNamesNoneAndSaysSo() {
    var none = "cooldownSeconds: 60, rules: [{metric: QueueDepth, above: 100, below: 10}]";
    var rounds = new Rounds(ON.replace(RULES, none));
    rounds.lookAfter(10);
    assertThat(rounds.status().reason()).isEqualTo("NoRules");
    assertThat(rounds.status().message())
        .endsWith("names no queues and is left aside: write rules[].queues");
  }

  @Test
  void messagesThatWaitAreAServerMoreAndNobodyGoesWhileNoneCanCountThem() {
    var rule = "rules: [{metric: QueueDepth, above: 100, below: 10, queues: [orders]}]";
    var rounds = new Rounds(ON.replace(RULES, "cooldownSeconds: 60, " + rule));
    assertThat(rounds.measure(Metric.QUEUE_DEPTH, 500).lookAfter(30)).isEqualTo(5);
    assertThat(rounds.status().message()).contains("queue depth 500 above 100");
    assertThat(rounds.lose(Metric.QUEUE_DEPTH).lookAfter(300)).isEqualTo(5);
    assertThat(rounds.status().reason()).isEqualTo("MetricsMissing");
    assertThat(rounds.measure(Metric.QUEUE_DEPTH, 0).lookAfter(30)).isEqualTo(4);
    assertThat(rounds.status().message()).doesNotContain("left aside");
  }

  @Test
  void withoutRulesItIsWhatTheSpecSays() {
    var rounds = new Rounds(FOUR + "autoscaling: {minReplicas: 2}");
    assertThat(rounds.round()).isEqualTo(4);
    assertThat(new Elastic(rounds.cluster(), rounds.facts()).status()).isEmpty();
  }

  @Test
  void itBeginsWithWhatTheSpecSays() {
    var rounds = new Rounds(ON);
    assertThat(rounds.round()).isEqualTo(4);
    assertThat(rounds.status().desired()).isEqualTo(4);
  }

  @Test
  void moreLoadIsMoreServersAndItStaysSo() {
    var rounds = new Rounds(ON).measure(Metric.REQUESTS_PER_SECOND, 150);
    assertThat(rounds.lookAfter(10)).isEqualTo(6);
    assertThat(rounds.round()).isEqualTo(6);
    assertThat(rounds.round()).isEqualTo(6);
    assertThat(rounds.status().decisions())
        .extracting(ScalingDecision::from, ScalingDecision::to, ScalingDecision::reason)
        .containsExactly(tuple(4, 6, "AboveThreshold"));
    assertThat(rounds.told()).extracting(Decision::reason).containsExactly("ScaledOut");
    assertThat(rounds.told().get(0).message()).contains("requests 150/s above 100/s", "4 → 6");
  }

  @Test
  void aLookDecidesOnceEvenWithoutACooldown() {
    var rounds = new Rounds(ON.replace("cooldownSeconds: 60", "cooldownSeconds: 0"));
    rounds.measure(Metric.REQUESTS_PER_SECOND, 101);
    assertThat(rounds.lookAfter(10)).isEqualTo(5);
    assertThat(rounds.round()).isEqualTo(5);
    assertThat(rounds.round()).isEqualTo(5);
    assertThat(rounds.lookAfter(10)).isEqualTo(6);
  }

  @Test
  void itRestsAndGoesBackOneByOne() {
    var rounds = new Rounds(ON).measure(Metric.REQUESTS_PER_SECOND, 150);
    rounds.lookAfter(10);
    rounds.measure(Metric.REQUESTS_PER_SECOND, 1);
    assertThat(rounds.lookAfter(30)).isEqualTo(6);
    assertThat(rounds.status().reason()).isEqualTo("Cooldown");
    assertThat(rounds.lookAfter(31)).isEqualTo(5);
    assertThat(rounds.lookAfter(30)).isEqualTo(5);
    assertThat(rounds.lookAfter(31)).isEqualTo(4);
    assertThat(rounds.told())
        .extracting(Decision::reason)
        .containsExactly("ScaledOut", "ScaledIn", "ScaledIn");
  }

  @Test
  void theCooldownOutlivesTheOperator() {
    var rounds = new Rounds(ON).measure(Metric.REQUESTS_PER_SECOND, 150);
    rounds.lookAfter(10);
    assertThat(rounds.restart().round()).isEqualTo(6);
    assertThat(rounds.lookAfter(30)).isEqualTo(6);
    assertThat(rounds.status().reason()).isEqualTo("Cooldown");
    assertThat(rounds.lookAfter(31)).isEqualTo(9);
  }

  @Test
  void whoSetsTheNumberIsFollowedAtOnceAndTheRulesRest() {
    var rounds = new Rounds(ON).measure(Metric.REQUESTS_PER_SECOND, 150);
    rounds.lookAfter(10);
    rounds.measure(Metric.REQUESTS_PER_SECOND, 1).change("botserver: {replicas: 8}");
    assertThat(rounds.round()).isEqualTo(8);
    assertThat(rounds.status().reason()).isEqualTo("SetBySomebody");
    assertThat(rounds.lookAfter(30)).isEqualTo(8);
    assertThat(rounds.status().reason()).isEqualTo("Cooldown");
    assertThat(rounds.lookAfter(31)).isEqualTo(7);
  }

  @Test
  void whatIsBeyondTheLimitsIsPutBackBetweenThemAtOnce() {
    var rounds = new Rounds(ON.replace("enabled: true", "enabled: true, maxReplicas: 3"));
    assertThat(rounds.lookAfter(10)).isEqualTo(3);
    assertThat(rounds.status().reason()).isEqualTo("AboveMaximum");
  }

  @Test
  void aDryRunChangesNothingAndSaysOnceWhatItWould() {
    var rounds = new Rounds(DRY).measure(Metric.REQUESTS_PER_SECOND, 150);
    assertThat(rounds.lookAfter(10)).isEqualTo(4);
    assertThat(rounds.lookAfter(10)).isEqualTo(4);
    assertThat(rounds.lookAfter(10)).isEqualTo(4);
    assertThat(rounds.status().desired()).isEqualTo(6);
    assertThat(rounds.told()).extracting(Decision::reason).containsExactly("WouldScaleOut");
    assertThat(rounds.status().decisions()).hasSize(1);
  }

  @Test
  void whatIsMissingNeverScalesInAndSaysWhatIsMissing() {
    var rounds = new Rounds(ON);
    assertThat(rounds.lookAfter(10)).isEqualTo(4);
    assertThat(rounds.lookAfter(900)).isEqualTo(4);
    assertThat(rounds.status().reason()).isEqualTo("MetricsMissing");
    var limited = ScalingLimited.condition(Optional.of(rounds.status()), false);
    assertThat(limited.orElseThrow().getStatus()).isEqualTo("True");
  }

  @Test
  void theRulesStandAsideWhileAnotherAutoscalerSetsTheNumber() {
    var rounds = new Rounds(ON).measure(Metric.REQUESTS_PER_SECOND, 150);
    assertThat(rounds.lookAfter(10)).isEqualTo(6);
    rounds.rival(Optional.of("keda-hpa-demo")).change("botserver: {replicas: 3}");
    assertThat(rounds.lookAfter(100)).isEqualTo(3);
    assertThat(rounds.status().reason()).isEqualTo("AnotherAutoscaler");
    assertThat(rounds.status().message()).contains("keda-hpa-demo");
    rounds.rival(Optional.empty());
    assertThat(rounds.lookAfter(100)).isEqualTo(5);
  }

  @Test
  void nothingIsWrittenWhileNothingMoves() {
    var rounds = new Rounds(ON).measure(Metric.REQUESTS_PER_SECOND, 50);
    rounds.lookAfter(10);
    for (var look = 0; look < 20; look++) {
      rounds.measure(Metric.REQUESTS_PER_SECOND, 50 + look % 3).lookAfter(10);
    }
    assertThat(rounds.writes()).isOne();
    rounds.measure(Metric.REQUESTS_PER_SECOND, 80).lookAfter(10);
    assertThat(rounds.writes()).isEqualTo(2);
    assertThat(rounds.status().samples())
        .singleElement()
        .satisfies(s -> assertThat(s.value()).isEqualTo("80"));
  }

  @Test
  void whoSleepsForgetsNothing() {
    var rounds = new Rounds(ON).measure(Metric.REQUESTS_PER_SECOND, 150);
    rounds.lookAfter(10);
    var before = rounds.status();
    rounds.change("hibernate: true").round();
    assertThat(rounds.status()).isEqualTo(before);
    assertThat(rounds.change("hibernate: false").restart().round()).isEqualTo(6);
  }
}
