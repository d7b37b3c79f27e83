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
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Asks gateways whom they leave alone and what does not answer them. What has changed wakes a
 * round, and nothing else does.
 */
public final class EdgeGauge implements Gauge<BotCluster> {

  private static final double CLOSED = 0;
  private static final String ERROR = "error";

  private final Gateways gateways;

  /** What did not answer when each BotCluster was last looked at, by its uid. */
  private final Map<String, Set<String>> silent = new ConcurrentHashMap<>();

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
      var counted = gateways.ask(owner).values();
      return Optional.of(seen(counted, away(owner, silent(gateways.healths(owner)))));
    } catch (StepFailure | DecodeException e) {
      return Optional.empty();
    }
  }

  /** One silent second says little: what is away was silent at the look before too. */
  private SortedSet<String> away(BotCluster owner, SortedSet<String> now) {
    var before = silent.put(owner.getMetadata().getUid(), now);
    var away = new TreeSet<>(now);
    away.retainAll(before == null ? Set.of() : before);
    return away;
  }

  /** What answers none of the gateways. */
  static SortedSet<String> silent(Collection<JsonObject> healths) {
    return healths.stream()
        .map(EdgeGauge::silent)
        .reduce(
            (one, other) -> {
              one.retainAll(other);
              return one;
            })
        .orElseGet(TreeSet::new);
  }

  private static SortedSet<String> silent(JsonObject health) {
    var checks = health.getJsonObject("checks", new JsonObject());
    return checks.fieldNames().stream()
        .filter(name -> ERROR.equals(checks.getJsonObject(name).getString("status")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static EdgeSeen seen(Collection<Exposition> gateways, SortedSet<String> away) {
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
    return new EdgeSeen(open, fallback, away);
  }
}
