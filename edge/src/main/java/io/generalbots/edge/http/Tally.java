package io.generalbots.edge.http;

import io.generalbots.edge.route.Decision;
import io.generalbots.edge.route.Target;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts decisions. Labels are names of publications and outcomes, never a text of a request: those
 * have no bound.
 */
public final class Tally {

  private final MeterRegistry registry;
  private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();

  /** What is counted together. */
  private record Kind(String policy, String target, String outcome) {}

  /** One that counts here. */
  public Tally(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(Decision decision) {
    var kind =
        new Kind(
            decision.policy().orElse(""),
            decision.target().map(Target::name).orElse(""),
            decision.outcome().label());
    counters.computeIfAbsent(kind, this::counter).increment();
  }

  private Counter counter(Kind kind) {
    return Counter.builder("generalbots.edge.decisions")
        .description("Requests by policy, shard or region, and what came of them")
        .tag("policy", kind.policy())
        .tag("target", kind.target())
        .tag("outcome", kind.outcome())
        .register(registry);
  }
}
