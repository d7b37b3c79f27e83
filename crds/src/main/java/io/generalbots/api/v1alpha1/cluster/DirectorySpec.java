package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import org.jspecify.annotations.Nullable;

/** Zitadel. */
@ApiObject
@ValidationRule(
    value = "!has(self.external) || (has(self.mode) && self.mode == 'External')",
    message =
        "external is given but mode is not External: write mode: External, or remove external",
    fieldPath = ".mode")
@ValidationRule(
    value = "!has(self.mode) || self.mode != 'External' || has(self.external)",
    message =
        "mode External needs an address: write directory.external with address and secretName",
    fieldPath = ".external")
public record DirectorySpec(
    @JsonPropertyDescription("Managed, External or Disabled; left to the profile when left out.")
        @Nullable ServiceMode mode,
    @JsonPropertyDescription("Managed: number of servers.") @Default("2") @Min(1) @Max(20)
        Integer replicas,
    @JsonPropertyDescription("Multi-factor authentication.") @Default("{}") MfaSpec mfa,
    @JsonPropertyDescription("External: where it is and how to sign in.")
        @Nullable DirectoryExternal external,
    @JsonPropertyDescription("Managed: compute resources of each server.")
        @Nullable ResourceRequirements resources) {}
