package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.api.v1alpha1.shared.Storage;
import org.jspecify.annotations.Nullable;

/** Kafka. */
@ApiObject
@ValidationRule(
    value = "self.replicationFactor <= self.replicas",
    message = "replicationFactor is above replicas: lower replicationFactor or raise replicas",
    fieldPath = ".replicationFactor")
public record KafkaSpec(
    @JsonPropertyDescription("Number of brokers; the first three are controllers as well.")
        @Default("3")
        @Min(1)
        @Max(50)
        Integer replicas,
    @JsonPropertyDescription("The data volume of each broker.")
        @Default("{}")
        @NestedDefault(field = "size", value = "20Gi")
        Storage storage,
    @JsonPropertyDescription("Copies of every partition.") @Default("3") @Min(1) @Max(9)
        Integer replicationFactor,
    @JsonPropertyDescription("Partitions of each topic.") @Default("12") @Min(1) @Max(1000)
        Integer partitions,
    @JsonPropertyDescription("Compute resources of each broker.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "A Kafka that exists already, used instead of a managed one: address is the bootstrap host:port, the Secret holds username and password.")
        @Nullable ExternalService external) {}
