package io.generalbots.operator.external.load;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.Complete;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.gateway.EdgeSeen;
import io.generalbots.operator.cluster.gateway.Gateway;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.Gauge;
import io.generalbots.operator.kernel.Reading;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks gateways whom they leave alone. What has changed wakes a round, and nothing else does. */
public final class EdgeGauge implements Gauge<BotCluster> {

  private static final double CLOSED = 0;

  private final Gateways gateways;

  /**
   * A gauge that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public EdgeGauge(Vertx vertx, String clusterDomain) {
    this.gateways = new Gateways(vertx, clusterDomain);
  }

  @Override
  public boolean isFor(BotCluster owner) {
    var cluster = Complete.of(owner);
    return Features.isOn(cluster, Gateway.NAME) && !cluster.getSpec().hibernate();
  }

  @Override
  public Optional<Reading> read(BotCluster owner) {
    try {
      return Optional.of(seen(gateways.ask(owner).values()));
    } catch (StepFailure e) {
      return Optional.empty();
    }
  }

  static EdgeSeen seen(Collection<Exposition> gateways) {
    var open =
        gateways.stream()
            .flatMap(gateway -> gateway.all("generalbots_edge_circuit_state", Map.of()))
            .filter(circuit -> circuit.value() != CLOSED)
            .map(circuit -> circuit.labels().get("name") + "/" + circuit.labels().get("upstream"))
            .collect(Collectors.toCollection(TreeSet::new));
    var fallback =
        gateways.stream()
            .flatMap(gateway -> gateway.all("generalbots_edge_llm_fallback", Map.of()))
            .anyMatch(series -> series.value() > 0);
    return new EdgeSeen(open, fallback);
  }
}
