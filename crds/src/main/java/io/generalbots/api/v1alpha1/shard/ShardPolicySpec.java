package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.shared.ClusterRef;
import org.jspecify.annotations.Nullable;

/** What a ShardPolicy should be. */
@ApiObject
@ValidationRule(
    value = "self.clusterRef == oldSelf.clusterRef",
    message = "clusterRef cannot change: create a new ShardPolicy for the other BotCluster",
    fieldPath = ".clusterRef")
@ValidationRule(
    value = "self.strategy == oldSelf.strategy",
    message = "strategy cannot change: create a new ShardPolicy with the other strategy",
    fieldPath = ".strategy")
@ValidationRule(
    value = "(self.strategy == 'Tenant') == has(self.tenant)",
    message =
        "strategy Tenant and the tenant block belong together: write strategy: Tenant with tenant, or remove tenant",
    fieldPath = ".tenant")
@ValidationRule(
    value = "(self.strategy == 'Hash') == has(self.hash)",
    message =
        "strategy Hash and the hash block belong together: write strategy: Hash with hash, or remove hash",
    fieldPath = ".hash")
@ValidationRule(
    value = "(self.strategy == 'Time') == has(self.time)",
    message =
        "strategy Time and the time block belong together: write strategy: Time with time, or remove time",
    fieldPath = ".time")
@ValidationRule(
    value = "(self.strategy == 'Geo') == has(self.geo)",
    message =
        "strategy Geo and the geo block belong together: write strategy: Geo with geo, or remove geo",
    fieldPath = ".geo")
@ValidationRule(
    value = "self.shards.dedicated == oldSelf.shards.dedicated",
    message = "shards.dedicated cannot change: create a new ShardPolicy and move the tenants",
    fieldPath = ".shards.dedicated")
@ValidationRule(
    value = "self.strategy != 'Time' || !has(self.router.enabled) || self.router.enabled == false",
    message =
        "partitions by time are on one server, and there is no way to choose: remove router.enabled",
    fieldPath = ".router")
public record ShardPolicySpec(
    @JsonPropertyDescription("BotCluster whose data is spread. It cannot change.") @Required
        ClusterRef clusterRef,
    @JsonPropertyDescription(
            "Tenant, Hash, Time or Geo, with the block of the same name. It cannot change.")
        @Required
        Strategy strategy,
    @JsonPropertyDescription("Each tenant on one shard.") @Nullable TenantStrategy tenant,
    @JsonPropertyDescription("Rows by the hash of a key.") @Nullable HashStrategy hash,
    @JsonPropertyDescription("Rows by time.") @Nullable TimeStrategy time,
    @JsonPropertyDescription("Users by region.") @Nullable GeoStrategy geo,
    @JsonPropertyDescription("What a shard is made of.") @Default("{}") ShardsSpec shards,
    @JsonPropertyDescription("Routers, which tell proxies where a request belongs.") @Default("{}")
        RouterSpec router,
    @JsonPropertyDescription(
            "Whether a resharding plan waits for the annotation generalbots.io/approve=<plan hash> (Manual) or runs at once (Automatic).")
        @Default("Manual")
        Approval approval,
    @JsonPropertyDescription("Tenants or key ranges that move at the same time.")
        @Default("1")
        @Min(1)
        @Max(10)
        Integer maxConcurrentMoves) {}
