package io.generalbots.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What holds for any policies, loads and looks, with others who change the number too. */
class ScalerLawsTest {

  private static final int LOOKS = 60;

  @Test
  void everyDecisionIsWhatTheTableSaysReadLiterally() {
    var reasons = EnumSet.noneOf(Reason.class);
    Laws.hold(
        1_000,
        random -> {
          var policy = Cases.policy(random);
          var oracle = new Oracle(policy, 2);
          run(
              random,
              new Cluster(policy, 2),
              policy,
              (look, decision) -> {
                assertThat(new Oracle.Verdict(decision.to(), decision.reason()))
                    .isEqualTo(oracle.look(look));
                reasons.add(decision.reason());
              });
        });
    assertThat(reasons).containsExactlyInAnyOrder(Reason.values());
  }

  @Test
  void theNumberIsAlwaysWithinTheLimits() {
    Laws.hold(
        200,
        random -> {
          var policy = Cases.policy(random);
          run(
              random,
              new Cluster(policy, random.nextInt(20)),
              policy,
              (look, d) -> assertThat(d.to()).isBetween(policy.min(), policy.max()));
        });
  }

  @Test
  void thereAreNeverTwoChangesWithinACooldown() {
    var ours = new ArrayList<Decision>();
    Laws.hold(
        200,
        random -> {
          var policy = Cases.policy(random);
          var looks = new ArrayList<Look>();
          var after = new ArrayList<>(List.of(2));
          run(
              random,
              new Cluster(policy, 2),
              policy,
              (look, d) -> {
                if (EnumSet.of(Reason.ABOVE_THRESHOLD, Reason.BELOW_THRESHOLD)
                    .contains(d.reason())) {
                  ours.add(d);
                  assertThat(changedWithin(policy, looks, after, look)).isFalse();
                }
                looks.add(look);
                after.add(d.to());
              });
        });
    assertThat(ours).hasSizeGreaterThan(200);
  }

  /**
   * Whether anybody changed the number less than a cooldown before a look, or was seen to by it.
   */
  private static boolean changedWithin(
      Policy policy, List<Look> looks, List<Integer> after, Look now) {
    var start = now.now().minus(policy.cooldown());
    var isOthers = now.replicas() != after.get(after.size() - 1);
    for (var i = 0; i < looks.size(); i++) {
      var isChanged = !after.get(i + 1).equals(after.get(i));
      isOthers |= isChanged && looks.get(i).now().isAfter(start);
    }
    return isOthers && !policy.cooldown().isZero();
  }

  @Test
  void noNoiseBetweenTheThresholdsChangesAnything() {
    Laws.hold(
        100,
        random -> {
          var policy = random.nextBoolean() ? Policy.DEFAULTS : Cases.policy(random);
          var start = policy.min() + random.nextInt(policy.max() - policy.min() + 1);
          var cluster = new Cluster(policy, start);
          for (var second : Cases.times(random, 200)) {
            Cases.between(policy, random).forEach(cluster::set);
            assertThat(cluster.measureAt(second).reason()).isIn(Reason.STEADY, Reason.NO_RULES);
          }
        });
  }

  @Test
  void oneMetricBetweenItsThresholdsIsEnoughAgainstScalingIn() {
    Laws.hold(
        100,
        random -> {
          var cluster = Cluster.calm(5);
          var rule = Cases.rule(random);
          for (var second : Cases.times(random, 200)) {
            cluster.set(rule.metric(), Cases.between(rule, random));
            assertThat(cluster.measureAt(second).reason()).isEqualTo(Reason.STEADY);
          }
        });
  }

  /** The same cluster with nothing missing does scale in. */
  @Test
  void aMissingMetricNeverScalesIn() {
    var seen = EnumSet.noneOf(Direction.class);
    Laws.hold(
        60,
        random -> {
          var whole = Cluster.calm(5);
          var part = Cluster.calm(5);
          var lost = Cases.rule(random).metric();
          for (var second : Cases.times(random, 100)) {
            var cpu = random.nextInt(30);
            seen.add(whole.set(Metric.CPU, cpu).measureAt(second).direction());
            assertThat(part.set(Metric.CPU, cpu).lose(lost).measureAt(second).reason())
                .isEqualTo(Reason.METRICS_MISSING);
          }
        });
    assertThat(seen).containsExactlyInAnyOrder(Direction.IN, Direction.NONE);
  }

  @Test
  void aRestartBetweenAnyTwoLooksChangesNoDecision() {
    Laws.hold(
        100,
        random -> {
          var policy = Cases.policy(random);
          var seed = random.nextLong();
          assertThat(decisions(seed, policy, Kept::restarted))
              .isEqualTo(decisions(seed, policy, UnaryOperator.identity()));
        });
  }

  private static List<Decision> decisions(long seed, Policy policy, UnaryOperator<State> keeping) {
    var decisions = new ArrayList<Decision>();
    run(
        new Random(seed),
        new Cluster(policy, 2, keeping),
        policy,
        (look, decision) -> decisions.add(decision));
    return decisions;
  }

  /** Any load, any looks, and now and then somebody else who scales. */
  private static void run(
      Random random, Cluster cluster, Policy policy, BiConsumer<Look, Decision> check) {
    var moods = random.nextLong();
    for (var second : Cases.times(random, LOOKS)) {
      if (random.nextInt(25) == 0) {
        cluster.scaleTo(random.nextInt(15));
      }
      var mood = new Random(moods + second / 240);
      var samples = Cases.samples(policy, mood, random, second);
      var look = new Look(Cluster.time(second), cluster.replicas(), samples);
      check.accept(look, cluster.look(look));
    }
  }
}
