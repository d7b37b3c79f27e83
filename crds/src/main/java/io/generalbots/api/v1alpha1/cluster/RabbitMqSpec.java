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

/** RabbitMQ. */
@ApiObject
@ValidationRule(
    value = "self.replicas % 2 == 1",
    message = "RabbitMQ needs a majority: write an odd number of replicas such as 1 or 3",
    fieldPath = ".replicas")
public record RabbitMqSpec(
    @JsonPropertyDescription("Number of RabbitMQ servers; odd, because quorum queues vote.")
        @Default("3")
        @Min(1)
        @Max(9)
        Integer replicas,
    @JsonPropertyDescription("The data volume of each server.")
        @Default("{}")
        @NestedDefault(field = "size", value = "10Gi")
        Storage storage,
    @JsonPropertyDescription("Sends messages that cannot be handled to a queue of their own.")
        @Default("true")
        Boolean deadLetterQueue,
    @JsonPropertyDescription("Compute resources of each server.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "A RabbitMQ that exists already, used instead of a managed one: address is an amqps:// URL, the Secret holds username and password.")
        @Nullable ExternalService external) {}
