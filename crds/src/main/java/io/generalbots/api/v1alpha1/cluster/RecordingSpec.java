package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Bucket;
import org.jspecify.annotations.Nullable;

/** Recording of rooms. */
@ApiObject
public record RecordingSpec(
    @JsonPropertyDescription("Whether rooms can be recorded.") @Default("true") Boolean enabled,
    @JsonPropertyDescription(
            "Number of recorders; each needs about four CPUs while it records a room.")
        @Default("1")
        @Min(1)
        @Max(20)
        Integer egressReplicas,
    @JsonPropertyDescription("Bucket of the object store that receives the recordings.")
        @Default("recordings")
        @Bucket
        String bucket,
    @JsonPropertyDescription("Compute resources of each recorder.")
        @Nullable ResourceRequirements resources) {}
