package io.generalbots.operator.cluster.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.generalbots.api.v1alpha1.cluster.PostgresSpec;
import io.generalbots.api.v1alpha1.cluster.SynchronousMode;
import io.generalbots.api.v1alpha1.cluster.SynchronousSpec;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Patroni reads from its ConfigMap while it runs. Written exactly as Patroni itself would
 * write it (no blanks, ASCII), since it writes back what it read when it makes a new cluster.
 */
final class DynamicConfig {

  /** Patroni raises anything below by itself, and would write back what it made of it. */
  private static final int SHORTEST_TTL = 20;

  /** After this a primary that cannot start gives its place to a standby. */
  private static final int PRIMARY_START_SECONDS = 60;

  /** What the server gets unless the spec says otherwise. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("max_connections", "200"),
          Map.entry("wal_compression", "on"),
          Map.entry("log_lock_waits", "on"),
          Map.entry("log_line_prefix", "%m [%p] %q%u@%d "),
          Map.entry("client_connection_check_interval", "10s"),
          Map.entry("tcp_keepalives_idle", "30"),
          Map.entry("tcp_keepalives_interval", "10"),
          Map.entry("tcp_keepalives_count", "3"),
          Map.entry("wal_sender_timeout", "30s"),
          Map.entry("wal_receiver_timeout", "30s"));

  /** What the server gets whatever the spec says. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("unix_socket_directories", "/run/postgresql"),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("ssl", "on"),
          Map.entry("ssl_cert_file", Names.TLS_DIRECTORY + "/tls.crt"),
          Map.entry("ssl_key_file", Names.TLS_DIRECTORY + "/tls.key"),
          Map.entry("ssl_ca_file", Names.TLS_DIRECTORY + "/ca.crt"),
          Map.entry("ssl_min_protocol_version", "TLSv1.2"),
          Map.entry("wal_log_hints", "on"),
          Map.entry("hot_standby", "on"));

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private DynamicConfig() {}

  static String json(PostgresSpec spec) {
    try {
      return JSON.writeValueAsString(tree(spec));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts and numbers is always JSON", e);
    }
  }

  private static Map<String, Object> tree(PostgresSpec spec) {
    var patroni = spec.patroni();
    var tree = new TreeMap<String, Object>();
    tree.put("ttl", Math.max(SHORTEST_TTL, patroni.ttlSeconds()));
    tree.put("loop_wait", patroni.loopWaitSeconds());
    tree.put("retry_timeout", patroni.retryTimeoutSeconds());
    tree.put("maximum_lag_on_failover", patroni.maximumLagOnFailoverBytes());
    tree.put("failsafe_mode", patroni.failsafeMode());
    tree.put("check_timeline", true);
    tree.put("primary_start_timeout", PRIMARY_START_SECONDS);
    tree.putAll(synchronous(spec.synchronous()));
    tree.put("postgresql", server(spec));
    return tree;
  }

  private static Map<String, Object> synchronous(SynchronousSpec synchronous) {
    if (synchronous.mode() == SynchronousMode.DISABLED) {
      return Map.of("synchronous_mode", false);
    }
    return Map.of(
        "synchronous_mode",
        "quorum",
        "synchronous_mode_strict",
        synchronous.mode() == SynchronousMode.STRICT,
        "synchronous_node_count",
        synchronous.instances());
  }

  private static Map<String, Object> server(PostgresSpec spec) {
    var parameters = new TreeMap<>(DEFAULTS);
    parameters.putAll(spec.parameters());
    parameters.putAll(FIXED);
    return Map.of(
        "use_slots", true,
        "use_pg_rewind", true,
        "remove_data_directory_on_rewind_failure", true,
        "remove_data_directory_on_diverged_timelines", true,
        "pg_hba", HostRules.LINES,
        "parameters", parameters);
  }
}
