package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Image;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.VersionText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bot servers. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.environment) || self.environment.all(v, !(v.name in"
            + " ['VAULT_ADDR','VAULT_TOKEN','VAULT_CACERT','VAULT_SKIP_VERIFY','PORT','GBO_WORK_PATH','GBO_STACK_PATH','WORK_PATH','QDRANT_URL','VECTORDB_URL','JWT_SECRET','SKIP_LLM_SERVER','BOTSERVER_DISABLE_TLS','BOTSERVER_ENV','PGSSLMODE','PGSSLROOTCERT']))",
    message =
        "environment sets a variable that the operator sets itself, such as VAULT_ADDR, PORT or"
            + " JWT_SECRET: remove it",
    fieldPath = ".environment")
public record BotServerSpec(
    @JsonPropertyDescription("Whether bot servers run; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Version of the bot server.") @Default("6.3.1") @VersionText
        String version,
    @JsonPropertyDescription(
            "Container image; the operator's default for the version when left out.")
        @Image
        @Nullable String image,
    @JsonPropertyDescription("Number of bot servers. With autoscaling this is the starting point.")
        @Default("2")
        @SpecReplicas
        @Min(0)
        @Max(100)
        Integer replicas,
    @JsonPropertyDescription("Compute resources of each bot server.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription("The folder that bot servers share.") @Default("{}")
        WorkVolumeSpec workVolume,
    @JsonPropertyDescription("Environment variables added to each bot server.")
        @Size(max = 100)
        @ListMap("name")
        List<EnvVar> environment,
    @JsonPropertyDescription("How long a bot server that stops waits for open connections.")
        @Default("60")
        @Min(0)
        @Max(3600)
        Integer drainSeconds) {
  public BotServerSpec {
    environment = Absent.toEmpty(environment);
  }
}
