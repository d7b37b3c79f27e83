package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Image;
import io.generalbots.api.v1alpha1.schema.ListMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bot server of the tenant's own. */
@ApiObject
public record TenantBotServerSpec(
    @JsonPropertyDescription("Whether it runs; on for isolation Cell when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Container image; the BotCluster's when left out.") @Image
        @Nullable String image,
    @JsonPropertyDescription("Number of bot servers.") @Default("1") @Min(0) @Max(50)
        Integer replicas,
    @JsonPropertyDescription("Compute resources of each bot server.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription("Environment variables added to each bot server.")
        @Size(max = 100)
        @ListMap("name")
        List<EnvVar> environment) {
  public TenantBotServerSpec {
    environment = Absent.toEmpty(environment);
  }
}
