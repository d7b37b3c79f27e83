package io.generalbots.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How the number follows a load. */
class LoadLawsTest {

  @Test
  void moreLoadNeverGetsFewerReplicas() {
    var differences = new AtomicInteger();
    Laws.hold(
        700,
        random -> {
          var policy = Cases.policy(random);
          var replicas = policy.min() + random.nextInt(policy.max() - policy.min() + 1);
          var less = State.of(replicas);
          var more = State.of(replicas);
          var moods = random.nextLong();
          for (var second : Cases.times(random, 30)) {
            var samples = Cases.samples(policy, new Random(moods + second / 240), random, second);
            var heavier = samples.stream().map(sample -> heavier(sample, random)).toList();
            less = less.observing(new Look(Cluster.time(second), replicas, samples), policy);
            more = more.observing(new Look(Cluster.time(second), replicas, heavier), policy);
            var few = Scaler.decide(policy, less, Cluster.time(second)).to();
            var many = Scaler.decide(policy, more, Cluster.time(second)).to();
            assertThat(many).isGreaterThanOrEqualTo(few);
            differences.addAndGet(many - few);
          }
        });
    assertThat(differences).hasValueGreaterThan(300);
  }

  private static Sample heavier(Sample sample, Random random) {
    var more = random.nextBoolean() ? random.nextInt(30) : 0;
    return new Sample(sample.metric(), sample.value() + more, sample.time());
  }

  /** With the defaults, whose lower thresholds are at most half of the upper ones. */
  @Test
  void aLoadThatStaysIsNeverAnsweredByOutAndIn() {
    var seen = EnumSet.noneOf(Direction.class);
    Laws.hold(
        150,
        random -> {
          var size = random.nextBoolean() ? 1000 : 150;
          var totals = new EnumMap<Metric, Double>(Metric.class);
          totals.put(Metric.CPU, random.nextDouble() * size);
          totals.put(Metric.MEMORY, random.nextDouble() * size);
          totals.put(Metric.REQUESTS_PER_SECOND, random.nextDouble() * size * 15);
          var cluster = Cluster.calm(1 + random.nextInt(10));
          var directions = EnumSet.noneOf(Direction.class);
          for (var second = 0; second < 14_400; second += 30) {
            totals.forEach((metric, load) -> cluster.set(metric, load / cluster.replicas()));
            directions.add(cluster.measureAt(second).direction());
          }
          directions.remove(Direction.NONE);
          assertThat(directions).hasSizeLessThan(2);
          seen.addAll(directions);
        });
    assertThat(seen).containsExactlyInAnyOrder(Direction.OUT, Direction.IN);
  }
}
