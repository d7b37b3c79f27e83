package io.generalbots.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A cluster that is looked at, and does what is decided. Its clock counts seconds from noon. */
final class Cluster {

  static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private final Policy policy;
  private final UnaryOperator<State> keeping;
  private final Map<Metric, Double> values = new EnumMap<>(Metric.class);
  private State state;
  private int replicas;

  Cluster(Policy policy, int replicas) {
    this(policy, replicas, UnaryOperator.identity());
  }

  /** One whose state goes through this from look to look. */
  Cluster(Policy policy, int replicas, UnaryOperator<State> keeping) {
    this.policy = policy;
    this.replicas = replicas;
    this.keeping = keeping;
    state = State.of(replicas);
  }

  /** One whose metrics are all far below the thresholds of the defaults. */
  static Cluster calm(int replicas) {
    var cluster = new Cluster(Policy.DEFAULTS, replicas);
    List.of(Metric.values()).forEach(metric -> cluster.set(metric, 1));
    return cluster;
  }

  /** From now on a metric has this value whenever it is measured. */
  Cluster set(Metric metric, double value) {
    values.put(metric, value);
    return this;
  }

  /** From now on a metric is not measured. */
  Cluster lose(Metric metric) {
    values.remove(metric);
    return this;
  }

  /** Somebody else changes the number. */
  Cluster scaleTo(int now) {
    replicas = now;
    return this;
  }

  int replicas() {
    return replicas;
  }

  State state() {
    return state;
  }

  /** Measures all metrics and looks at them. */
  Decision measureAt(double second) {
    var samples = new ArrayList<Sample>();
    values.forEach((metric, value) -> samples.add(new Sample(metric, value, time(second))));
    return look(new Look(time(second), replicas, samples));
  }

  /** Measures at each interval from one second to another. */
  Decision measure(int from, int to) {
    for (var second = from; second < to; second += (int) policy.interval().toSeconds()) {
      measureAt(second);
    }
    return measureAt(to);
  }

  /** Looks without a new sample. */
  Decision lookAt(double second) {
    return look(new Look(time(second), replicas, List.of()));
  }

  /** Looks, decides and does it. */
  Decision look(Look look) {
    state = keeping.apply(state).observing(look, policy);
    var decision = Scaler.decide(policy, state, look.now());
    state = state.after(decision, look.now());
    replicas = decision.to();
    return decision;
  }

  static Instant time(double second) {
    return NOON.plusMillis(Math.round(second * 1000));
  }
}
