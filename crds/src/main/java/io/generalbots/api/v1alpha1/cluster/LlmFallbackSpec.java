package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Image;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.UrlPath;
import io.generalbots.api.v1alpha1.schema.Word;
import org.jspecify.annotations.Nullable;

/** When no language model answers. */
@ApiObject
@ValidationRule(
    value = "!has(self.image) || !has(self.claimName)",
    message =
        "the model's file is in one place: remove fallback.llm.image or fallback.llm.claimName",
    fieldPath = ".image")
@ValidationRule(
    value = "(has(self.image) || has(self.claimName)) == has(self.file)",
    message =
        "the model's file needs a place and a path in it: write fallback.llm.file beside image or claimName, or none of them",
    fieldPath = ".file")
@ValidationRule(
    value = "!has(self.file) || (!self.file.contains('..') && !self.file.endsWith('/'))",
    message = "fallback.llm.file is the path of a file, without ..: write /models/model.gguf",
    fieldPath = ".file")
public record LlmFallbackSpec(
    @JsonPropertyDescription("Whether a local model stands by; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Local: a small model inside the cluster.") @Default("Local")
        LlmFallbackProvider provider,
    @JsonPropertyDescription(
            "Name by which the model is told in its answers; what answers is the file.")
        @Default("DeepSeek-R1-Distill-Qwen-1.5B")
        @Word
        String model,
    @JsonPropertyDescription(
            "An image that holds the model's file, from which it is copied; the image needs cp.")
        @Image
        @Nullable String image,
    @JsonPropertyDescription(
            "A PersistentVolumeClaim of this namespace that holds the model's file, mounted read-only.")
        @ObjectName
        @Nullable String claimName,
    @JsonPropertyDescription(
            "Path of the model's file in the image or on the volume, in llama.cpp's format GGUF: /models/model.gguf.")
        @UrlPath
        @Nullable String file,
    @JsonPropertyDescription("Compute resources of the model server.")
        @Nullable ResourceRequirements resources) {}
