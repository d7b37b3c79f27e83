package io.generalbots.scaling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Any policies and any looks. */
final class Cases {

  private Cases() {}

  /** Some rules with any thresholds and windows, also none. */
  static Policy policy(Random random) {
    var metrics = new ArrayList<>(Arrays.asList(Metric.values()));
    Collections.shuffle(metrics, random);
    var rules = metrics.subList(0, random.nextInt(6)).stream().map(m -> rule(m, random)).toList();
    var min = 1 + random.nextInt(3);
    return new Policy(
        min,
        min + random.nextInt(9),
        Duration.ofSeconds(random.nextInt(5) * 60L),
        Duration.ofSeconds(30),
        rules);
  }

  private static Rule rule(Metric metric, Random random) {
    var below = random.nextInt(50);
    var above = below + 1 + random.nextInt(50);
    return new Rule(metric, above, window(random), below, window(random));
  }

  private static Duration window(Random random) {
    return Duration.ofSeconds(random.nextInt(6) * 30L);
  }

  /** When looks happen, in seconds: mostly on time, now and then late or early. */
  static List<Integer> times(Random random, int looks) {
    var times = new ArrayList<Integer>();
    var second = 0;
    for (var look = 0; look < looks; look++) {
      times.add(second);
      second += random.nextInt(4) > 0 ? 30 : 1 + random.nextInt(75);
    }
    return times;
  }

  /** Values that stay on a side of the thresholds for a while, and often hit one exactly. */
  static List<Sample> samples(Policy policy, Random mood, Random random, int second) {
    return policy.rules().stream().flatMap(r -> sample(r, mood, random, second)).toList();
  }

  private static Stream<Sample> sample(Rule rule, Random mood, Random random, int second) {
    var value =
        switch (mood.nextInt(3)) {
          case 0 -> rule.below() * random.nextDouble();
          case 1 -> rule.above() * (1 + random.nextDouble());
          default -> random.nextBoolean() ? rule.above() : rule.below();
        };
    var isMissing = random.nextInt(15) == 0;
    return isMissing
        ? Stream.empty()
        : Stream.of(new Sample(rule.metric(), value, Cluster.time(second)));
  }

  /** A value of each metric in the closed space between its thresholds, often on one of them. */
  static Map<Metric, Double> between(Policy policy, Random random) {
    var values = new EnumMap<Metric, Double>(Metric.class);
    for (var rule : policy.rules()) {
      values.put(rule.metric(), between(rule, random));
    }
    return values;
  }

  /** The same for one metric. */
  static double between(Rule rule, Random random) {
    var part = Math.max(0, Math.min(1, random.nextDouble() * 1.4 - 0.2));
    return rule.below() + (rule.above() - rule.below()) * part;
  }

  /** Any rule of the defaults. */
  static Rule rule(Random random) {
    return Policy.DEFAULTS.rules().get(random.nextInt(Policy.DEFAULTS.rules().size()));
  }
}
