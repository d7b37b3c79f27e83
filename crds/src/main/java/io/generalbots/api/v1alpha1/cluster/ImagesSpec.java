package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Image;
import org.jspecify.annotations.Nullable;

/** Container images. */
@ApiObject
public record ImagesSpec(
    @JsonPropertyDescription("When images are pulled: Always, IfNotPresent or Never.")
        @Default("IfNotPresent")
        PullPolicy pullPolicy,
    @JsonPropertyDescription("Image of PostgreSQL with Patroni.") @Image @Nullable String postgres,
    @JsonPropertyDescription("Image of PgBouncer.") @Image @Nullable String pooler,
    @JsonPropertyDescription("Image of Valkey.") @Image @Nullable String valkey,
    @JsonPropertyDescription("Image of Qdrant.") @Image @Nullable String qdrant,
    @JsonPropertyDescription("Image of SeaweedFS.") @Image @Nullable String seaweedfs,
    @JsonPropertyDescription("Image of LiveKit.") @Image @Nullable String livekit,
    @JsonPropertyDescription("Image of LiveKit's recorder.") @Image @Nullable String egress,
    @JsonPropertyDescription("Image of the gateway (Caddy).") @Image @Nullable String gateway,
    @JsonPropertyDescription("Image of the routers of ShardPolicies.") @Image @Nullable String edge,
    @JsonPropertyDescription("Image of OpenBao or Vault.") @Image @Nullable String vault,
    @JsonPropertyDescription("Image of Zitadel.") @Image @Nullable String directory,
    @JsonPropertyDescription("Image of InfluxDB.") @Image @Nullable String influxdb,
    @JsonPropertyDescription("Image of Grafana.") @Image @Nullable String grafana,
    @JsonPropertyDescription("Image of Vector.") @Image @Nullable String vector,
    @JsonPropertyDescription("Image of RabbitMQ.") @Image @Nullable String rabbitmq,
    @JsonPropertyDescription("Image of Kafka.") @Image @Nullable String kafka,
    @JsonPropertyDescription("Image of Temporal.") @Image @Nullable String temporal,
    @JsonPropertyDescription("Image of the Tantivy service.") @Image @Nullable String tantivy,
    @JsonPropertyDescription("Image of the GStreamer worker.") @Image @Nullable String gstreamer,
    @JsonPropertyDescription("Image of the local language model server.") @Image
        @Nullable String llm) {}
