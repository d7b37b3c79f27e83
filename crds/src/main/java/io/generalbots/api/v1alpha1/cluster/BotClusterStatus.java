package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.LongLine;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import io.generalbots.api.v1alpha1.schema.VersionText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was seen of a BotCluster. */
@ApiObject
public record BotClusterStatus(
    @JsonPropertyDescription("Generation of the spec this status was made from.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("State in one word.") @Nullable BotClusterPhase phase,
    @JsonPropertyDescription("Bot servers that exist (scale subresource).") @StatusReplicas @Min(0)
        @Nullable Integer replicas,
    @JsonPropertyDescription("Labels of the bot servers as text (scale subresource).")
        @LabelSelector
        @LongLine
        @Nullable String selector,
    @JsonPropertyDescription(
            "Version of the bot server that runs; of PostgreSQL while no bot server is wished.")
        @VersionText
        @Nullable String version,
    @JsonPropertyDescription("Pod that is the PostgreSQL primary.") @ObjectName
        @Nullable String primary,
    @JsonPropertyDescription("Instances of each component.") @Size(max = 40) @ListMap("name")
        List<ComponentStatus> components,
    @JsonPropertyDescription("Each bot server, and how far it is in its life.")
        @Size(max = 200)
        @ListMap("name")
        List<BotServerInstance> botservers,
    @JsonPropertyDescription("Tenants that use this cluster.") @Nullable TenantCount tenants,
    @JsonPropertyDescription("What deleted Tenants left in the stores.")
        @Size(max = 500)
        @ListMap("tenant")
        List<RetainedTenant> retained,
    @JsonPropertyDescription("What profile and defaults resolved to.")
        @Nullable EffectiveSettings effective,
    @JsonPropertyDescription("What the scaling rules last decided.")
        @Nullable AutoscalingStatus autoscaling,
    @JsonPropertyDescription("Volumes that grow by themselves; small changes are not told.")
        @Size(max = 200)
        @ListMap("name")
        List<VolumeStatus> volumes,
    @JsonPropertyDescription("Which messaging tier is in use.") @Nullable MessagingStatus messaging,
    @JsonPropertyDescription("When the first certificate expires.") @Timestamp
        @Nullable String certificatesExpireAt,
    @JsonPropertyDescription("When the last backup ended well.") @Timestamp
        @Nullable String lastBackup,
    @JsonPropertyDescription("State by aspect; Ready is the sum.") @Size(max = 64) @ListMap("type")
        List<Condition> conditions) {
  public BotClusterStatus {
    components = Absent.toEmpty(components);
    botservers = Absent.toEmpty(botservers);
    retained = Absent.toEmpty(retained);
    volumes = Absent.toEmpty(volumes);
    conditions = Absent.toEmpty(conditions);
  }
}
