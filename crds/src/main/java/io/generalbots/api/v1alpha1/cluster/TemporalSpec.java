package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Word;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import org.jspecify.annotations.Nullable;

/** Temporal. */
@ApiObject
@ValidationRule(
    value = "!has(self.external) || !self.external.address.contains('://')",
    message = "external.address of Temporal is host:port: remove the scheme",
    fieldPath = ".external.address")
public record TemporalSpec(
    @JsonPropertyDescription("Namespace in Temporal.") @Default("botserver") @Word String namespace,
    @JsonPropertyDescription("Number of servers.") @Default("1") @Min(1) @Max(20) Integer replicas,
    @JsonPropertyDescription("Compute resources of each server.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "A Temporal that exists already, used instead of a managed one: address is the frontend's host:port.")
        @Nullable ExternalService external) {}
