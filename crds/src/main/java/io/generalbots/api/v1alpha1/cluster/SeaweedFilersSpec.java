package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.shared.Storage;
import org.jspecify.annotations.Nullable;

/** Filers. */
@ApiObject
@ValidationRule(
    value = "self.store == oldSelf.store",
    message =
        "store cannot change: write the former store, or create a new BotCluster and copy the objects",
    fieldPath = ".store")
public record SeaweedFilersSpec(
    @JsonPropertyDescription("Number of filers.") @Default("2") @Min(1) @Max(20) Integer replicas,
    @JsonPropertyDescription(
            "Postgres (shared by all filers) or Embedded (one filer with a volume of its own).")
        @Default("Postgres")
        FilerStore store,
    @JsonPropertyDescription("The volume of an Embedded store.")
        @Default("{}")
        @NestedDefault(field = "size", value = "5Gi")
        Storage storage,
    @JsonPropertyDescription("Compute resources of each filer.")
        @Nullable ResourceRequirements resources) {}
