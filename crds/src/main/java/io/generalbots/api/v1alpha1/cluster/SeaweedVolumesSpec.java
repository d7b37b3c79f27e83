package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.schema.Replication;
import io.generalbots.api.v1alpha1.shared.Storage;
import org.jspecify.annotations.Nullable;

/** Volume servers. */
@ApiObject
@ValidationRule(
    value =
        "int(self.replication.substring(0, 1)) + int(self.replication.substring(1, 2)) + int(self.replication.substring(2, 3)) < self.replicas",
    message =
        "replication asks for more copies than there are servers: raise replicas, or lower the digits of replication",
    fieldPath = ".replication")
public record SeaweedVolumesSpec(
    @JsonPropertyDescription("Number of volume servers.") @Default("3") @Min(1) @Max(50)
        Integer replicas,
    @JsonPropertyDescription("The data volume of each server.")
        @Default("{}")
        @NestedDefault(field = "size", value = "50Gi")
        Storage storage,
    @JsonPropertyDescription(
            "Further copies of every file, one digit each: in other data centres, on other racks, on other servers of the rack. Write it in quotes.")
        @Default("001")
        @Replication
        String replication,
    @JsonPropertyDescription("Compute resources of each server.")
        @Nullable ResourceRequirements resources) {}
