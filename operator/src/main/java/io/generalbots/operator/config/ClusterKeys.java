package io.generalbots.operator.config;

import static io.generalbots.operator.config.Target.BOT_CLUSTER;

import java.util.List;
import java.util.Map;

/** The settings that are fields of a BotCluster. */
final class ClusterKeys {

  private static final String BY_USERS = "auto";

  /** Valkey carries messages until there are too many users for it. */
  private static final Form MESSAGING =
      new Form.Choice(
          List.of(BY_USERS, "pubsub", "streams", "rabbitmq", "kafka"),
          Map.of("redis", BY_USERS, "valkey", BY_USERS));

  static final List<ConfigKey> ALL =
      List.of(
          BOT_CLUSTER.flag("auth-mfa-enabled", "directory.mfa.enabled"),
          BOT_CLUSTER.number("auth-mfa-grace-period-days", "directory.mfa.gracePeriodDays"),
          BOT_CLUSTER.choices(
              "auth-mfa-methods",
              "directory.mfa.methods",
              "totp",
              "sms",
              "email",
              "whatsapp",
              "webauthn"),
          BOT_CLUSTER.choices(
              "auth-mfa-required-for",
              "directory.mfa.requiredFor",
              "admin",
              "sensitive-operations",
              "all-users"),
          BOT_CLUSTER.flag("auth-mfa-whatsapp-enabled", "directory.mfa.whatsapp.enabled"),
          BOT_CLUSTER.choice(
              "auth-mfa-whatsapp-provider", "directory.mfa.whatsapp.provider", "twilio"),
          BOT_CLUSTER.text("auth-mfa-whatsapp-template", "directory.mfa.whatsapp.template"),
          BOT_CLUSTER.flag("circuit-breaker-enabled", "gateway.circuitBreaker.enabled"),
          BOT_CLUSTER.number(
              "circuit-breaker-half-open-requests", "gateway.circuitBreaker.halfOpenRequests"),
          BOT_CLUSTER.number("circuit-breaker-threshold", "gateway.circuitBreaker.threshold"),
          BOT_CLUSTER.number("circuit-breaker-timeout", "gateway.circuitBreaker.timeoutSeconds"),
          BOT_CLUSTER.flag("drive-encryption", "seaweedfs.s3.encryption.enabled"),
          BOT_CLUSTER.key(
              "drive-encryption-key",
              "seaweedfs.s3.encryption.key",
              new Form.Reference("vault:gbo/encryption/drive_key")),
          BOT_CLUSTER.choice(
              "drive-encryption-type", "seaweedfs.s3.encryption.type", "sse-s3", "sse-c"),
          BOT_CLUSTER.choice("encryption-algorithm", "encryption.algorithm", "aes-256-gcm"),
          BOT_CLUSTER.flag("encryption-at-rest", "encryption.atRest"),
          BOT_CLUSTER.choice("encryption-key-source", "encryption.keySource", "vault", "secret"),
          BOT_CLUSTER.flag("fallback-cache-enabled", "fallback.cache.enabled"),
          BOT_CLUSTER.choice("fallback-cache-mode", "fallback.cache.mode", "memory"),
          BOT_CLUSTER.flag("fallback-llm-enabled", "fallback.llm.enabled"),
          BOT_CLUSTER.text("fallback-llm-model", "fallback.llm.model"),
          BOT_CLUSTER.choice("fallback-llm-provider", "fallback.llm.provider", "local"),
          BOT_CLUSTER.flag("fallback-vectordb-enabled", "fallback.vectordb.enabled"),
          BOT_CLUSTER.choice("fallback-vectordb-mode", "fallback.vectordb.mode", "keyword-search"),
          BOT_CLUSTER.key(
              "meet-api-key", "livekit.apiKey", new Form.Reference("vault:gbo/meet/api_key")),
          BOT_CLUSTER.key(
              "meet-api-secret",
              "livekit.apiSecret",
              new Form.Reference("vault:gbo/meet/api_secret")),
          BOT_CLUSTER.choice("meet-provider", "livekit.provider", "livekit"),
          BOT_CLUSTER.flag("meet-recording-enabled", "livekit.recording.enabled"),
          BOT_CLUSTER.key(
              "meet-server-url",
              "livekit.publicUrl",
              new Form.Address("it is wss://meet.<domain>")),
          BOT_CLUSTER.flag("meet-transcription-enabled", "livekit.transcription.enabled"),
          BOT_CLUSTER.choice("messaging-persistence", "messaging.persistence", "streams", "none"),
          BOT_CLUSTER.key("messaging-provider", "messaging.provider", MESSAGING),
          BOT_CLUSTER.number("messaging-retention-hours", "messaging.retentionHours"),
          BOT_CLUSTER.text("observability-bucket", "observability.bucket"),
          BOT_CLUSTER.text("observability-org", "observability.org"),
          BOT_CLUSTER.choice("observability-provider", "observability.provider", "influxdb"),
          BOT_CLUSTER.key(
              "observability-url",
              "observability.external.address",
              new Form.Address("the operator runs InfluxDB")),
          BOT_CLUSTER.number("rate-limit-api-auth", "gateway.rateLimit.endpoints.auth"),
          BOT_CLUSTER.number("rate-limit-api-chat", "gateway.rateLimit.endpoints.chat"),
          BOT_CLUSTER.number("rate-limit-api-files", "gateway.rateLimit.endpoints.files"),
          BOT_CLUSTER.number("rate-limit-api-llm", "gateway.rateLimit.endpoints.llm"),
          BOT_CLUSTER.number("rate-limit-burst", "gateway.rateLimit.burst"),
          BOT_CLUSTER.choice("rate-limit-by", "gateway.rateLimit.by", "ip", "user", "tenant"),
          BOT_CLUSTER.flag("rate-limit-enabled", "gateway.rateLimit.enabled"),
          BOT_CLUSTER.number("rate-limit-requests", "gateway.rateLimit.requests"),
          BOT_CLUSTER.number("rate-limit-window", "gateway.rateLimit.windowSeconds"),
          BOT_CLUSTER.number("scale-check-interval", "autoscaling.checkIntervalSeconds"),
          BOT_CLUSTER.number("scale-cooldown-seconds", "autoscaling.cooldownSeconds"),
          BOT_CLUSTER.number("scale-cpu-threshold", "autoscaling.rules[Cpu].above"),
          BOT_CLUSTER.flag("scale-enabled", "autoscaling.enabled"),
          BOT_CLUSTER.number("scale-max-instances", "autoscaling.maxReplicas"),
          BOT_CLUSTER.number("scale-memory-threshold", "autoscaling.rules[Memory].above"),
          BOT_CLUSTER.number("scale-min-instances", "autoscaling.minReplicas"),
          BOT_CLUSTER.number(
              "scale-request-threshold", "autoscaling.rules[RequestsPerSecond].above"),
          BOT_CLUSTER.text("workflow-namespace", "workflow.temporal.namespace"),
          BOT_CLUSTER.choice("workflow-provider", "workflow.provider", "schedule", "temporal"),
          BOT_CLUSTER.key(
              "workflow-server",
              "workflow.temporal.external.address",
              new Form.Address("the operator runs Temporal")));

  private ClusterKeys() {}
}
