package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Image;
import io.generalbots.api.v1alpha1.schema.ListMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Live transcription. */
@ApiObject
@ValidationRule(
    value = "!self.enabled || has(self.image)",
    message = "there is no default transcription agent: write transcription.image",
    fieldPath = ".image")
@ValidationRule(
    value =
        "!has(self.environment) || self.environment.all(v, !(v.name in ['LIVEKIT_URL','LIVEKIT_API_KEY','LIVEKIT_API_SECRET']))",
    message =
        "environment sets a variable that the operator sets itself, such as LIVEKIT_URL: remove it",
    fieldPath = ".environment")
public record TranscriptionSpec(
    @JsonPropertyDescription("Whether a transcription agent joins the rooms.") @Default("false")
        Boolean enabled,
    @JsonPropertyDescription("Container image of the agent.") @Image @Nullable String image,
    @JsonPropertyDescription("Number of agents.") @Default("1") @Min(1) @Max(20) Integer replicas,
    @JsonPropertyDescription(
            "Environment variables of the agent, beside LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET, which the operator sets.")
        @Size(max = 50)
        @ListMap("name")
        List<EnvVar> environment,
    @JsonPropertyDescription("Compute resources of each agent.")
        @Nullable ResourceRequirements resources) {
  public TranscriptionSpec {
    environment = Absent.toEmpty(environment);
  }
}
