package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What carries messages between bot servers. */
public enum MessagingProvider {
  /** Chosen by the number of users. */
  @JsonProperty("Auto")
  AUTO,
  /** Valkey channels: below 1,000 users. */
  @JsonProperty("PubSub")
  PUB_SUB,
  /** Valkey streams: 1,000 to 10,000 users. */
  @JsonProperty("Streams")
  STREAMS,
  /** RabbitMQ: 10,000 to 100,000 users. */
  @JsonProperty("RabbitMq")
  RABBIT_MQ,
  /** Kafka: more than 100,000 users. */
  @JsonProperty("Kafka")
  KAFKA
}
