package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** How the cluster gets its first data. */
@ApiObject
public record BootstrapSpec(
    @JsonPropertyDescription("Restore a backup.") @Required RecoverySpec recovery) {}
