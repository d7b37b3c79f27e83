package io.generalbots.operator.tenant.credentials;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.gateway.RoomKeys;
import io.generalbots.operator.cluster.gateway.VectorKeys;
import io.generalbots.operator.cluster.vault.Entrance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A store that Tenants share: its name in the API, and what the Secret for it is called. */
public enum Store {
  DATABASE("postgres", "postgres"),
  CACHE("valkey", "valkey"),
  DRIVE("seaweedfs", "s3"),
  ROOMS("livekit", "livekit"),
  VECTORS("qdrant", "qdrant"),
  VAULT("vault", "vault");

  private final String component;
  private final String suffix;

  Store(String component, String suffix) {
    this.component = component;
    this.suffix = suffix;
  }

  /** Those that Tenants of this BotCluster get a place in. */
  public static List<Store> servedBy(BotCluster cluster) {
    return Arrays.stream(values()).filter(s -> s.isServedBy(cluster)).toList();
  }

  /** The one that is called so; empty if none is. */
  public static Optional<Store> of(String component) {
    return Arrays.stream(values()).filter(s -> s.component.equals(component)).findFirst();
  }

  /** What is switched off or somebody else's is for nobody to give away. */
  public boolean isServedBy(BotCluster cluster) {
    var spec = cluster.getSpec();
    return switch (this) {
      case DATABASE -> spec.postgres().external() == null;
      case CACHE -> spec.valkey().external() == null;
      case DRIVE -> Features.isOn(cluster, component) && spec.seaweedfs().external() == null;
      case ROOMS -> RoomKeys.areChecked(cluster);
      case VECTORS -> VectorKeys.areChecked(cluster);
      case VAULT -> Entrance.isThere(cluster);
    };
  }

  /** Whether bot servers of a Tenant's own do not start without it. */
  public boolean isNeeded() {
    return this != ROOMS && this != VECTORS;
  }

  /** Whether there is anything in it when nobody is. */
  public boolean keepsData() {
    return this != ROOMS;
  }

  /** As the BotCluster and the status call it. */
  public String component() {
    return component;
  }

  /** The Secret of a Tenant, or of a BotCluster, that says how to come to it. */
  public String secretName(String owner) {
    return owner + "-" + suffix;
  }
}
