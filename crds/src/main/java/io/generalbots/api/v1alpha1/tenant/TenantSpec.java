package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HostName;
import io.generalbots.api.v1alpha1.schema.Line;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.schema.Period;
import io.generalbots.api.v1alpha1.shared.ClusterRef;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Tenant should be. */
@ApiObject
@ValidationRule(
    value = "self.clusterRef == oldSelf.clusterRef",
    message =
        "clusterRef cannot change: create a new Tenant on the other BotCluster and move the data",
    fieldPath = ".clusterRef")
@ValidationRule(
    value =
        "has(oldSelf.isolation) ? has(self.isolation) && self.isolation == oldSelf.isolation :"
            + " !has(self.isolation) || self.isolation == 'Database'",
    message =
        "isolation cannot change: write the former value (Database where there was none), or create"
            + " a new Tenant and move the data",
    fieldPath = ".isolation")
@ValidationRule(
    value = "!has(self.bots) || size(self.bots) <= self.limits.bots",
    message = "there are more bots than limits.bots: raise limits.bots or remove bots",
    fieldPath = ".bots")
@ValidationRule(
    value = "!has(self.isolation) || self.isolation != 'Cell' || !has(self.placement)",
    message =
        "a Cell has servers of its own: remove placement, or choose isolation Database or Schema",
    fieldPath = ".placement")
@ValidationRule(
    value = "self.reclaimPolicy == 'Retain' || !self.adopt",
    message =
        "adopt with reclaimPolicy Delete would delete data this Tenant did not make: set"
            + " reclaimPolicy to Retain",
    fieldPath = ".reclaimPolicy")
@ValidationRule(
    value =
        "has(oldSelf.bootstrap) ? has(self.bootstrap) && self.bootstrap == oldSelf.bootstrap :"
            + " !has(self.bootstrap)",
    message =
        "bootstrap cannot change: a tenant begins once; create a new Tenant, and move the data",
    fieldPath = ".bootstrap")
@ValidationRule(
    value =
        "!has(self.bootstrap) || (!self.adopt && (!has(self.isolation) || self.isolation =="
            + " 'Database'))",
    message =
        "an export is brought into empty stores of isolation Database: remove adopt and isolation,"
            + " or bootstrap",
    fieldPath = ".bootstrap")
public record TenantSpec(
    @JsonPropertyDescription("BotCluster this tenant lives on. It cannot change.") @Required
        ClusterRef clusterRef,
    @JsonPropertyDescription("Name for people.") @Line @Nullable String displayName,
    @JsonPropertyDescription(
            "Cell (own servers), Database or Schema; the ShardPolicy's choice when left out. It"
                + " cannot change once set.")
        @Nullable Isolation isolation,
    @JsonPropertyDescription(
            "Host names that lead to this tenant; each belongs to one tenant alone.")
        @Size(max = 50)
        @ListSet
        List<@HostName String> hosts,
    @JsonPropertyDescription(
            "Bots of this tenant; each gets the bucket <name>.gbai. Unique within the BotCluster"
                + " unless isolation is Cell.")
        @Size(max = 1000)
        @ListMap("name")
        List<BotRef> bots,
    @JsonPropertyDescription("Pins the tenant to a shard; chosen by the ShardPolicy when left out.")
        @Nullable Placement placement,
    @JsonPropertyDescription("How much the tenant may use.") @Default("{}") LimitsSpec limits,
    @JsonPropertyDescription("A bot server of its own, in this namespace.") @Default("{}")
        TenantBotServerSpec botserver,
    @JsonPropertyDescription("Closes the tenant and keeps its data.") @Default("false")
        Boolean suspend,
    @JsonPropertyDescription(
            "Takes over databases, collections and buckets that exist under this tenant's name"
                + " instead of refusing them.")
        @Default("false")
        Boolean adopt,
    @JsonPropertyDescription(
            "What happens to the data when the Tenant is deleted: Retain keeps it, for retainFor if"
                + " that is set, and then shreds it; Delete removes it at once.")
        @Default("Retain")
        ReclaimPolicy reclaimPolicy,
    @JsonPropertyDescription(
            "How long retained data is kept, for instance 30d; until somebody removes it when left"
                + " out.")
        @Period
        @Nullable String retainFor,
    @JsonPropertyDescription("When credentials are replaced.") @Default("{}") RotationSpec rotation,
    @JsonPropertyDescription(
            "What the tenant begins with; with empty stores when left out. It cannot change.")
        @Nullable TenantBootstrap bootstrap) {
  public TenantSpec {
    hosts = Absent.toEmpty(hosts);
    bots = Absent.toEmpty(bots);
  }
}
