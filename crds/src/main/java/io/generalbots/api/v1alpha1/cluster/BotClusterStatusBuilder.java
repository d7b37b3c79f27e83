package io.generalbots.api.v1alpha1.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the status of a BotCluster, field by field. */
public final class BotClusterStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable BotClusterPhase phase;
  private @Nullable Integer replicas;
  private @Nullable String selector;
  private @Nullable String version;
  private @Nullable String primary;
  private List<ComponentStatus> components = List.of();
  private List<BotServerInstance> botservers = List.of();
  private @Nullable TenantCount tenants;
  private List<RetainedTenant> retained = List.of();
  private @Nullable EffectiveSettings effective;
  private @Nullable AutoscalingStatus autoscaling;
  private List<VolumeStatus> volumes = List.of();
  private @Nullable MessagingStatus messaging;
  private @Nullable String certificatesExpireAt;
  private @Nullable String lastBackup;
  private List<Condition> conditions = List.of();

  public BotClusterStatusBuilder observedGeneration(@Nullable Long value) {
    observedGeneration = value;
    return this;
  }

  public BotClusterStatusBuilder phase(@Nullable BotClusterPhase value) {
    phase = value;
    return this;
  }

  public BotClusterStatusBuilder replicas(@Nullable Integer value) {
    replicas = value;
    return this;
  }

  public BotClusterStatusBuilder selector(@Nullable String value) {
    selector = value;
    return this;
  }

  public BotClusterStatusBuilder version(@Nullable String value) {
    version = value;
    return this;
  }

  public BotClusterStatusBuilder primary(@Nullable String value) {
    primary = value;
    return this;
  }

  public BotClusterStatusBuilder components(List<ComponentStatus> value) {
    components = value;
    return this;
  }

  public BotClusterStatusBuilder botservers(List<BotServerInstance> value) {
    botservers = value;
    return this;
  }

  public BotClusterStatusBuilder tenants(@Nullable TenantCount value) {
    tenants = value;
    return this;
  }

  public BotClusterStatusBuilder retained(List<RetainedTenant> value) {
    retained = value;
    return this;
  }

  public BotClusterStatusBuilder effective(@Nullable EffectiveSettings value) {
    effective = value;
    return this;
  }

  public BotClusterStatusBuilder autoscaling(@Nullable AutoscalingStatus value) {
    autoscaling = value;
    return this;
  }

  public BotClusterStatusBuilder volumes(List<VolumeStatus> value) {
    volumes = value;
    return this;
  }

  public BotClusterStatusBuilder messaging(@Nullable MessagingStatus value) {
    messaging = value;
    return this;
  }

  public BotClusterStatusBuilder certificatesExpireAt(@Nullable String value) {
    certificatesExpireAt = value;
    return this;
  }

  public BotClusterStatusBuilder lastBackup(@Nullable String value) {
    lastBackup = value;
    return this;
  }

  public BotClusterStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  /** The status with what was set; the rest is absent. */
  public BotClusterStatus build() {
    return new BotClusterStatus(
        observedGeneration,
        phase,
        replicas,
        selector,
        version,
        primary,
        components,
        botservers,
        tenants,
        retained,
        effective,
        autoscaling,
        volumes,
        messaging,
        certificatesExpireAt,
        lastBackup,
        conditions);
  }
}
