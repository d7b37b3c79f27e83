package io.generalbots.operator.cluster.gateway;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.CircuitBreakerSpec;
import java.util.Map;

/**
 * How bot servers are chosen and asked: with a circuit for each of them, or as Caddy does by
 * itself.
 *
 * @param spec when a circuit opens, and when it closes again
 * @param service the address that is asked while no bot server is known
 */
record Circuits(CircuitBreakerSpec spec, String service) {

  static Circuits of(BotCluster cluster) {
    return new Circuits(
        cluster.getSpec().gateway().circuitBreaker(),
        Caddyfile.address(cluster, "botserver", Ports.BOT_SERVER));
  }

  /** What the routes to bot servers import. */
  String snippets() {
    return Template.of(spec.enabled() ? "circuit-on" : "circuit-off")
        .filled(
            Map.of(
                "service", service,
                "threshold", String.valueOf(spec.threshold()),
                "timeout", String.valueOf(spec.timeoutSeconds()),
                "halfOpen", String.valueOf(spec.halfOpenRequests())));
  }
}
