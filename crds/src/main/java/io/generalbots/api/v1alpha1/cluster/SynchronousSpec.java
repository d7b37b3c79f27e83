package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Synchronous replication. */
@ApiObject
public record SynchronousSpec(
    @JsonPropertyDescription(
            "Disabled, Quorum (go on alone when no standby is left) or Strict (stop writes instead).")
        @Default("Quorum")
        SynchronousMode mode,
    @JsonPropertyDescription(
            "Number of standbys that must have a commit before it is acknowledged.")
        @Default("1")
        @Min(1)
        @Max(8)
        Integer instances) {}
