package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Cell;
import io.generalbots.api.v1alpha1.schema.Label;

/** Instances of one component. */
@ApiObject
public record ComponentStatus(
    @JsonPropertyDescription("Name of the component.") @Required @Label String name,
    @JsonPropertyDescription("Instances that are ready.") @Required @Min(0) Integer ready,
    @JsonPropertyDescription("Instances that are wished.") @Required @Min(0) Integer desired,
    @JsonPropertyDescription("Both as a cell, for instance 3/3.") @Required @Cell String summary) {}
