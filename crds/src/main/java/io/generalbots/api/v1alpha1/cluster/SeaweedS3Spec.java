package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import org.jspecify.annotations.Nullable;

/** S3 gateways. */
@ApiObject
public record SeaweedS3Spec(
    @JsonPropertyDescription("Number of S3 gateways.") @Default("2") @Min(1) @Max(20)
        Integer replicas,
    @JsonPropertyDescription("Server-side encryption of objects.") @Default("{}")
        DriveEncryptionSpec encryption,
    @JsonPropertyDescription("Compute resources of each gateway.")
        @Nullable ResourceRequirements resources) {}
