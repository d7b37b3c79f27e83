package io.generalbots.api.v1alpha1.tenant;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.shared.Isolation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the status of a Tenant, field by field. */
public final class TenantStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable TenantPhase phase;
  private @Nullable Isolation isolation;
  private @Nullable String shard;
  private @Nullable String database;
  private @Nullable String schema;
  private @Nullable String cachePrefix;
  private List<String> collections = List.of();
  private List<String> buckets = List.of();
  private @Nullable String secretName;
  private @Nullable String credentialsRotatedAt;
  private @Nullable String lastBackup;
  private List<StoreStatus> stores = List.of();
  private @Nullable TenantUsage usage;
  private List<ExportStatus> exports = List.of();
  private List<Condition> conditions = List.of();

  public TenantStatusBuilder observedGeneration(@Nullable Long value) {
    observedGeneration = value;
    return this;
  }

  public TenantStatusBuilder phase(@Nullable TenantPhase value) {
    phase = value;
    return this;
  }

  public TenantStatusBuilder isolation(@Nullable Isolation value) {
    isolation = value;
    return this;
  }

  public TenantStatusBuilder shard(@Nullable String value) {
    shard = value;
    return this;
  }

  public TenantStatusBuilder database(@Nullable String value) {
    database = value;
    return this;
  }

  public TenantStatusBuilder schema(@Nullable String value) {
    schema = value;
    return this;
  }

  public TenantStatusBuilder cachePrefix(@Nullable String value) {
    cachePrefix = value;
    return this;
  }

  public TenantStatusBuilder collections(List<String> value) {
    collections = value;
    return this;
  }

  public TenantStatusBuilder buckets(List<String> value) {
    buckets = value;
    return this;
  }

  public TenantStatusBuilder secretName(@Nullable String value) {
    secretName = value;
    return this;
  }

  public TenantStatusBuilder credentialsRotatedAt(@Nullable String value) {
    credentialsRotatedAt = value;
    return this;
  }

  public TenantStatusBuilder lastBackup(@Nullable String value) {
    lastBackup = value;
    return this;
  }

  public TenantStatusBuilder stores(List<StoreStatus> value) {
    stores = value;
    return this;
  }

  public TenantStatusBuilder usage(@Nullable TenantUsage value) {
    usage = value;
    return this;
  }

  public TenantStatusBuilder exports(List<ExportStatus> value) {
    exports = value;
    return this;
  }

  public TenantStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  /** The status with what was set; the rest is absent. */
  public TenantStatus build() {
    return new TenantStatus(
        observedGeneration,
        phase,
        isolation,
        shard,
        database,
        schema,
        cachePrefix,
        collections,
        buckets,
        secretName,
        credentialsRotatedAt,
        lastBackup,
        stores,
        usage,
        exports,
        conditions);
  }
}
