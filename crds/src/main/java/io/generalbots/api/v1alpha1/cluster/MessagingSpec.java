package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import org.jspecify.annotations.Nullable;

/** How bot servers exchange messages. */
@ApiObject
@ValidationRule(
    value = "!has(self.kafka.external) || self.provider == 'Kafka' || self.provider == 'Auto'",
    message =
        "kafka.external is given but another provider is chosen: set provider to Kafka or Auto, or remove kafka.external",
    fieldPath = ".provider")
@ValidationRule(
    value =
        "!has(self.rabbitmq.external) || self.provider == 'RabbitMq' || self.provider == 'Auto'",
    message =
        "rabbitmq.external is given but another provider is chosen: set provider to RabbitMq or Auto, or remove rabbitmq.external",
    fieldPath = ".provider")
public record MessagingSpec(
    @JsonPropertyDescription("Whether messaging is set up; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Auto (by the number of users), PubSub, Streams, RabbitMq or Kafka.")
        @Default("Auto")
        MessagingProvider provider,
    @JsonPropertyDescription("Users at the same time that Auto plans for; measured when left out.")
        @Min(0)
        @Max(100000000)
        @Nullable Integer expectedConcurrentUsers,
    @JsonPropertyDescription("Streams (kept for retentionHours) or None.") @Default("Streams")
        MessagingPersistence persistence,
    @JsonPropertyDescription("How long messages are kept.") @Default("24") @Min(1) @Max(8760)
        Integer retentionHours,
    @JsonPropertyDescription("RabbitMQ, where it is the provider.") @Default("{}")
        RabbitMqSpec rabbitmq,
    @JsonPropertyDescription("Kafka, where it is the provider.") @Default("{}") KafkaSpec kafka) {}
