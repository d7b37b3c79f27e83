package io.generalbots.operator.tenant.place;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import java.util.Optional;

/**
 * The place that a Tenant has on a BotCluster.
 *
 * @param cluster where it lives
 * @param near who and what is there beside it
 * @param verdict what is its own there
 */
public record Residence(BotCluster cluster, Neighbourhood near, Verdict verdict) {

  private static final String QDRANT = "qdrant";

  /** Where the database of a Tenant here is. */
  public Lodging lodging(Tenant tenant, Facts home) {
    return Lodging.of(name(), tenant, near, home);
  }

  public String name() {
    return cluster.getMetadata().getName();
  }

  public String namespace() {
    return cluster.getMetadata().getNamespace();
  }

  /**
   * Whether any instance of a component of the BotCluster is ready, as its status says; of a Qdrant
   * that is somebody else's nobody tells.
   */
  public boolean runs(String component) {
    return isElsewhere(component) || isRunning(component);
  }

  private boolean isElsewhere(String component) {
    return QDRANT.equals(component) && cluster.getSpec().qdrant().external() != null;
  }

  private boolean isRunning(String component) {
    return Optional.ofNullable(cluster.getStatus()).stream()
        .flatMap(s -> s.components().stream())
        .filter(c -> component.equals(c.name()))
        .anyMatch(Residence::isRunning);
  }

  /** The pods of a component of the BotCluster, wherever they are looked at from. */
  public NetworkPolicyPeer pods(String component) {
    return Policies.pods(namespace(), new Part(name(), component).selector());
  }

  /** The servers of a BotCluster beside it that has a database of a Tenant here. */
  public NetworkPolicyPeer servers(String other) {
    return Policies.pods(namespace(), new Part(other, "postgres").selector());
  }

  /** The pods by which Tenants come to their database: poolers, or the servers without any. */
  public NetworkPolicyPeer databasePods() {
    return pods(cluster.getSpec().postgres().pooler().enabled() ? "pooler" : "postgres");
  }

  private static boolean isRunning(ComponentStatus component) {
    return component.ready() > 0;
  }
}
