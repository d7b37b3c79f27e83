package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Grows volumes before they are full. */
@ApiObject
public record AutoGrow(
    @JsonPropertyDescription("Percentage of use at which the volume grows by a fifth.")
        @Default("80")
        @Min(50)
        @Max(95)
        Integer threshold,
    @JsonPropertyDescription("Size that automatic growth never exceeds.") @Required
        Quantity maxSize) {}
