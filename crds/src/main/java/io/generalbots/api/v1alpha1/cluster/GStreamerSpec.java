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
@ValidationRule(
    value =
        "!has(self.pipeline) || self.pipeline.matches(r'''^(?s:[^'\"\\\\]|\\\\.|'[^']*'|\"(?:[^\"\\\\]|\\\\.)*\")*$''')",
    message =
        "a quote of the pipeline is never closed, or a backslash ends it: write the second quote, or remove the first",
    fieldPath = ".pipeline")
@ValidationRule(
    value = "!has(self.pipeline) || !self.pipeline.matches(r'^\\s*!|(^|\\s)!\\s*$|^\\s*$')",
    message =
        "a pipeline begins and ends with an element, not with a link: remove the ! at its end",
    fieldPath = ".pipeline")
@ValidationRule(
    value = "!has(self.pipeline) || !self.pipeline.matches(r'^\\s*-')",
    message = "a pipeline has no options of gst-launch: remove what begins with a dash",
    fieldPath = ".pipeline")
public record GStreamerSpec(
    @JsonPropertyDescription("Whether the worker runs.") @Default("false") Boolean enabled,
    @JsonPropertyDescription(
            "The pipeline, as one would write it behind gst-launch-1.0 in a shell, without options; no shell sees it. What is written into the folder that $(OUTPUT) stands for goes to the bucket.")
        @Script
        @Nullable String pipeline,
    @JsonPropertyDescription(
            "Number of workers. Each plays the same pipeline, has a number from 0, which $(WORKER) in the pipeline stands for, and a folder of its own in the bucket.")
        @Default("1")
        @Min(1)
        @Max(20)
        Integer replicas,
    @JsonPropertyDescription(
            "Whether a pipeline that came to its end begins again, as for a live source that may come back; one that failed always does.")
        @Default("Always")
        RestartPolicy restartPolicy,
    @JsonPropertyDescription("Bucket of the object store that receives what workers write.")
        @Default("media")
        @Bucket
        String bucket,
    @JsonPropertyDescription("Compute resources of each worker.")
        @Nullable ResourceRequirements resources) {}
