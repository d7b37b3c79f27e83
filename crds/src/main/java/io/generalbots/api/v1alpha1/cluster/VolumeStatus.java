package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/** A volume that grows by itself. */
@ApiObject
public record VolumeStatus(
    @JsonPropertyDescription("Name of its claim.") @Required @ObjectName String name,
    @JsonPropertyDescription("Component whose servers use it.") @Required @Label String component,
    @JsonPropertyDescription("Size that it has, or is growing to.") @Required Quantity size,
    @JsonPropertyDescription("Size that it never exceeds by itself.") @Required Quantity maxSize,
    @JsonPropertyDescription(
            "How full it was when that was last worth a word, in percent of its bytes or of its inodes, whichever is more; absent if nobody could tell.")
        @Min(0)
        @Max(100)
        @Nullable Integer usedPercent) {}
