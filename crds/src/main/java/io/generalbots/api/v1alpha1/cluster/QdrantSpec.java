package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.schema.Word;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.api.v1alpha1.shared.Storage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Qdrant. */
@ApiObject
@ValidationRule(
    value = "self.replicationFactor <= self.replicas",
    message = "replicationFactor is above replicas: lower replicationFactor or raise replicas",
    fieldPath = ".replicationFactor")
@ValidationRule(
    value =
        "!has(self.external) || self.external.address.startsWith('http://') || self.external.address.startsWith('https://')",
    message = "external.address of Qdrant is a URL: write https://host:6333",
    fieldPath = ".external.address")
@ValidationRule(
    value = "!has(self.external) || !has(self.enabled) || self.enabled",
    message = "external Qdrant is given but enabled is false: remove one of the two",
    fieldPath = ".enabled")
public record QdrantSpec(
    @JsonPropertyDescription("Whether Qdrant runs; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Number of Qdrant servers.") @Default("3") @Min(1) @Max(20)
        Integer replicas,
    @JsonPropertyDescription("The data volume of each server.")
        @Default("{}")
        @NestedDefault(field = "size", value = "20Gi")
        Storage storage,
    @JsonPropertyDescription("Keeps payloads on disk instead of in memory.") @Default("true")
        Boolean onDiskPayload,
    @JsonPropertyDescription(
            "Copies of every shard, at least: collections made for fewer get more.")
        @Default("2")
        @Min(1)
        @Max(10)
        Integer replicationFactor,
    @JsonPropertyDescription(
            "Payload fields of every collection that get a full-text index, for hybrid search.")
        @Default("[\"content\"]")
        @Size(max = 20)
        @ListSet
        List<@Word String> textIndexes,
    @JsonPropertyDescription("Transport encryption.") @Default("{}") QdrantTlsSpec tls,
    @JsonPropertyDescription("How tenants share this Qdrant.") @Default("{}")
        QdrantTenancySpec tenancy,
    @JsonPropertyDescription("Compute resources of each server.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "A Qdrant that exists already, used instead of a managed one: address is a URL, the Secret holds the key api_key.")
        @Nullable ExternalService external) {
  public QdrantSpec {
    textIndexes = Absent.toEmpty(textIndexes);
  }
}
