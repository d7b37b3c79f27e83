package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Where scheduled and long-running work runs. */
@ApiObject
@ValidationRule(
    value = "!has(self.temporal.external) || self.provider == 'Temporal'",
    message =
        "temporal.external is given but provider is not Temporal: write provider: Temporal, or remove temporal.external",
    fieldPath = ".provider")
public record WorkflowSpec(
    @JsonPropertyDescription("Schedule (inside the bot servers) or Temporal.") @Default("Schedule")
        WorkflowProvider provider,
    @JsonPropertyDescription("Temporal, where it is the provider.") @Default("{}")
        TemporalSpec temporal) {}
