package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** When credentials are replaced. */
@ApiObject
public record RotationSpec(
    @JsonPropertyDescription(
            "Days after which new credentials are made. The annotation generalbots.io/rotate=now replaces them at once.")
        @Default("90")
        @Min(1)
        @Max(3650)
        Integer everyDays) {}
