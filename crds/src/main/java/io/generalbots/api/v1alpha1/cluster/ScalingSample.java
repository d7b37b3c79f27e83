package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Timestamp;

/** A measured value. */
@ApiObject
public record ScalingSample(
    @JsonPropertyDescription("What was measured.") @Required ScalingMetric metric,
    @JsonPropertyDescription("The value, in the unit of the metric, to a thousandth.")
        @Required
        @Size(max = 32)
        @Pattern("^[0-9]+(\\.[0-9]{1,3})?$")
        String value,
    @JsonPropertyDescription("When it was measured.") @Required @Timestamp String time) {}
