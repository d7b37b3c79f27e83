package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import org.jspecify.annotations.Nullable;

/** SeaweedFS. */
@ApiObject
@ValidationRule(
    value = "self.filers.store != 'Embedded' || self.filers.replicas == 1",
    message =
        "an Embedded filer store is not shared: set filers.replicas to 1, or filers.store to Postgres",
    fieldPath = ".filers")
@ValidationRule(
    value = "self.masters % 2 == 1",
    message = "masters need a majority: write an odd number such as 1 or 3",
    fieldPath = ".masters")
@ValidationRule(
    value = "!has(self.external) || !has(self.enabled) || self.enabled",
    message = "external object store is given but enabled is false: remove one of the two",
    fieldPath = ".enabled")
public record SeaweedFsSpec(
    @JsonPropertyDescription("Whether SeaweedFS runs; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Number of masters; odd, because they vote.")
        @Default("3")
        @Min(1)
        @Max(5)
        Integer masters,
    @JsonPropertyDescription("The servers that hold the data.") @Default("{}")
        SeaweedVolumesSpec volumes,
    @JsonPropertyDescription("The servers that hold names and folders.") @Default("{}")
        SeaweedFilersSpec filers,
    @JsonPropertyDescription("The servers that speak S3.") @Default("{}") SeaweedS3Spec s3,
    @JsonPropertyDescription(
            "An S3-compatible object store that exists already, used instead of a managed one.")
        @Nullable SeaweedExternal external) {}
