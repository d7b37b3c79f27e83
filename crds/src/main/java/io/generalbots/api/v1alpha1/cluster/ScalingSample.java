package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Timestamp;

/** A measured value. */
@ApiObject
public record ScalingSample(
    @JsonPropertyDescription("What was measured.") @Required ScalingMetric metric,
    @JsonPropertyDescription("The value, in the unit of the metric.") @Required @Min(0) Long value,
    @JsonPropertyDescription("When it was measured.") @Required @Timestamp String time) {}
