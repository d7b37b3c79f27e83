package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Word;
import org.jspecify.annotations.Nullable;

/** When no language model answers. */
@ApiObject
public record LlmFallbackSpec(
    @JsonPropertyDescription("Whether a local model stands by; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Local: a small model inside the cluster.") @Default("Local")
        LlmFallbackProvider provider,
    @JsonPropertyDescription("Name of the model.") @Default("DeepSeek-R1-Distill-Qwen-1.5B") @Word
        String model,
    @JsonPropertyDescription("Compute resources of the model server.")
        @Nullable ResourceRequirements resources) {}
