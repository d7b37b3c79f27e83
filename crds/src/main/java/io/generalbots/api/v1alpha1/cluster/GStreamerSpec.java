package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Bucket;
import io.generalbots.api.v1alpha1.schema.Script;
import org.jspecify.annotations.Nullable;

/** A GStreamer worker. */
@ApiObject
@ValidationRule(
    value = "!self.enabled || has(self.pipeline)",
    message = "a worker without a pipeline does nothing: write gstreamer.pipeline",
    fieldPath = ".pipeline")
public record GStreamerSpec(
    @JsonPropertyDescription("Whether the worker runs.") @Default("false") Boolean enabled,
    @JsonPropertyDescription("The pipeline, in the language of gst-launch.") @Script
        @Nullable String pipeline,
    @JsonPropertyDescription("Number of workers.") @Default("1") @Min(1) @Max(20) Integer replicas,
    @JsonPropertyDescription("Bucket of the object store that receives what workers write.")
        @Default("media")
        @Bucket
        String bucket,
    @JsonPropertyDescription("Compute resources of each worker.")
        @Nullable ResourceRequirements resources) {}
