package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.Line;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import io.generalbots.api.v1alpha1.shared.Isolation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was seen of a Tenant. */
@ApiObject
public record TenantStatus(
    @JsonPropertyDescription("Generation of the spec this status was made from.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("State in one word.") @Nullable TenantPhase phase,
    @JsonPropertyDescription("Isolation in force.") @Nullable Isolation isolation,
    @JsonPropertyDescription("Shard the tenant lives on.") @Label @Nullable String shard,
    @JsonPropertyDescription("Name of its database.") @Line @Nullable String database,
    @JsonPropertyDescription("Name of its schema.") @Line @Nullable String schema,
    @JsonPropertyDescription("Prefix of its keys in Valkey.") @Line @Nullable String cachePrefix,
    @JsonPropertyDescription("Its collections in Qdrant.") @Size(max = 1000) @ListSet
        List<@Line String> collections,
    @JsonPropertyDescription("Its buckets.") @Size(max = 1000) @ListSet List<@Line String> buckets,
    @JsonPropertyDescription("Secret with its connection data, in this namespace.") @ObjectName
        @Nullable String secretName,
    @JsonPropertyDescription("When its credentials were last replaced.") @Timestamp
        @Nullable String credentialsRotatedAt,
    @JsonPropertyDescription("When its last backup ended well.") @Timestamp
        @Nullable String lastBackup,
    @JsonPropertyDescription("State of each store.") @Size(max = 20) @ListMap("name")
        List<StoreStatus> stores,
    @JsonPropertyDescription("What it uses.") @Nullable TenantUsage usage,
    @JsonPropertyDescription("Its newest exports, the last one first.")
        @Size(max = 10)
        @ListMap("name")
        List<ExportStatus> exports,
    @JsonPropertyDescription("State by aspect; Ready is the sum.") @Size(max = 64) @ListMap("type")
        List<Condition> conditions) {
  public TenantStatus {
    collections = Absent.toEmpty(collections);
    buckets = Absent.toEmpty(buckets);
    stores = Absent.toEmpty(stores);
    exports = Absent.toEmpty(exports);
    conditions = Absent.toEmpty(conditions);
  }
}
