package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HostName;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.Line;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a BotCluster should be. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.bootstrap) || (has(oldSelf.bootstrap) && self.bootstrap == oldSelf.bootstrap)",
    message =
        "bootstrap only says how the cluster is first made: leave it as it was, or create a new BotCluster to recover into",
    fieldPath = ".bootstrap")
@ValidationRule(
    value =
        "!has(self.backup) || has(self.backup.objectStore) || has(self.seaweedfs.external) || !has(self.seaweedfs.enabled) || self.seaweedfs.enabled",
    message = "backup has nowhere to go: write backup.objectStore, or enable seaweedfs",
    fieldPath = ".backup")
@ValidationRule(
    value =
        "!has(self.encryption.atRest) || !self.encryption.atRest || self.encryption.keySource != 'Vault' || !has(self.vault.mode) || self.vault.mode != 'Disabled'",
    message =
        "encryption.keySource Vault needs a vault: set vault.mode to Managed or External, or encryption.keySource to Secret",
    fieldPath = ".encryption")
@ValidationRule(
    value =
        "!has(self.messaging.enabled) || self.messaging.enabled || self.messaging.provider == 'Auto'",
    message =
        "messaging is disabled but a provider is chosen: remove messaging.provider, or set messaging.enabled to true",
    fieldPath = ".messaging")
@ValidationRule(
    value =
        "!has(self.botserver.workVolume.accessMode) || self.botserver.workVolume.accessMode == 'ReadWriteMany' || (self.botserver.replicas <= 1 && !(has(self.autoscaling.enabled) && self.autoscaling.enabled))",
    message =
        "bot servers share their work folder: set botserver.workVolume.accessMode to ReadWriteMany, or botserver.replicas to 1 and autoscaling.enabled to false",
    fieldPath = ".botserver")
@ValidationRule(
    value =
        "!has(self.llm.url) || !has(self.botserver.environment) || !self.botserver.environment.exists(v, v.name == 'LLM_URL')",
    message =
        "llm.url and the variable LLM_URL say two things: remove LLM_URL from botserver.environment",
    fieldPath = ".llm")
public record BotClusterSpec(
    @JsonPropertyDescription(
            "Which components run unless their own block says otherwise: Minimal, Recommended or Full. What it resolves to is published in status.effective.")
        @Default("Recommended")
        Profile profile,
    @JsonPropertyDescription(
            "Name of the region this cluster serves, as ShardPolicies of strategy Geo name it.")
        @Label
        @Nullable String region,
    @JsonPropertyDescription(
            "Host name under which the bots are reached, for instance bots.example.com.")
        @Required
        @HostName
        String domain,
    @JsonPropertyDescription(
            "What happens to volumes and credentials when this BotCluster is deleted: Retain keeps them, and a new BotCluster of the same name finds them; Delete removes them.")
        @Default("Retain")
        ReclaimPolicy reclaimPolicy,
    @JsonPropertyDescription("The bot servers.") @Default("{}") BotServerSpec botserver,
    @JsonPropertyDescription("PostgreSQL, under Patroni, with a connection pooler.") @Default("{}")
        PostgresSpec postgres,
    @JsonPropertyDescription("Valkey: cache, sessions and light messaging.") @Default("{}")
        ValkeySpec valkey,
    @JsonPropertyDescription("Qdrant: the vector database.") @Default("{}") QdrantSpec qdrant,
    @JsonPropertyDescription("SeaweedFS: the object store behind the drive.") @Default("{}")
        SeaweedFsSpec seaweedfs,
    @JsonPropertyDescription("LiveKit: audio, video and meetings.") @Default("{}")
        LiveKitSpec livekit,
    @JsonPropertyDescription("The edge: routing, TLS, rate limits and circuit breakers.")
        @Default("{}")
        GatewaySpec gateway,
    @JsonPropertyDescription("Scales the bot servers by rules.") @Default("{}")
        AutoscalingSpec autoscaling,
    @JsonPropertyDescription("How bot servers exchange messages.") @Default("{}")
        MessagingSpec messaging,
    @JsonPropertyDescription("Encryption of data at rest.") @Default("{}")
        EncryptionSpec encryption,
    @JsonPropertyDescription("The secret store that bot servers read.") @Default("{}")
        VaultSpec vault,
    @JsonPropertyDescription("Zitadel: users, single sign-on and multi-factor authentication.")
        @Default("{}")
        DirectorySpec directory,
    @JsonPropertyDescription("Metrics, dashboards and log pipeline.") @Default("{}")
        ObservabilitySpec observability,
    @JsonPropertyDescription("The provider of language models.") @Default("{}") LlmSpec llm,
    @JsonPropertyDescription("What stands in when a component is away.") @Default("{}")
        FallbackSpec fallback,
    @JsonPropertyDescription("Where scheduled and long-running work runs.") @Default("{}")
        WorkflowSpec workflow,
    @JsonPropertyDescription("Full-text search beside the vector search.") @Default("{}")
        SearchSpec search,
    @JsonPropertyDescription("Media workers beside LiveKit.") @Default("{}") MediaSpec media,
    @JsonPropertyDescription("Scheduled backups; none when left out.") @Nullable BackupSpec backup,
    @JsonPropertyDescription(
            "How the cluster gets its first data; empty stores when left out. It counts only at creation.")
        @Nullable BootstrapSpec bootstrap,
    @JsonPropertyDescription("Which Tenants may use this cluster.") @Default("{}")
        TenantsSpec tenants,
    @JsonPropertyDescription("Certificates between the components.") @Default("{}")
        CertificatesSpec certificates,
    @JsonPropertyDescription("Container images, where not the operator's own defaults.")
        @Default("{}")
        ImagesSpec images,
    @JsonPropertyDescription("Secrets in this namespace with which images are pulled.")
        @Size(max = 10)
        @ListMap("name")
        List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription("Scheduling constraints added to every pod.")
        @Nullable Affinity affinity,
    @JsonPropertyDescription(
            "Spread constraints for every pod; by default the pods of one component spread over nodes.")
        @Size(max = 10)
        @ListMap({"topologyKey", "whenUnsatisfiable"})
        List<TopologySpreadConstraint> topologySpreadConstraints,
    @JsonPropertyDescription("Taints that every pod tolerates.") @Size(max = 20)
        List<Toleration> tolerations,
    @JsonPropertyDescription("Labels a node must have to run pods of this cluster.") @Size(max = 20)
        Map<String, @Line String> nodeSelector,
    @JsonPropertyDescription("PriorityClass of every pod.") @ObjectName
        @Nullable String priorityClassName,
    @JsonPropertyDescription(
            "When restarts and switchovers that can wait are done; at any time when empty.")
        @Size(max = 20)
        List<MaintenanceWindow> maintenanceWindows,
    @JsonPropertyDescription(
            "Stops every pod and keeps all data; false wakes the cluster up again.")
        @Default("false")
        Boolean hibernate) {
  public BotClusterSpec {
    imagePullSecrets = Absent.toEmpty(imagePullSecrets);
    topologySpreadConstraints = Absent.toEmpty(topologySpreadConstraints);
    tolerations = Absent.toEmpty(tolerations);
    nodeSelector = Absent.toEmpty(nodeSelector);
    maintenanceWindows = Absent.toEmpty(maintenanceWindows);
  }
}
