package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.api.v1alpha1.cluster.EvictionPolicy;
import io.generalbots.api.v1alpha1.cluster.ValkeyPersistenceMode;
import io.generalbots.api.v1alpha1.cluster.ValkeySpec;
import io.generalbots.api.v1alpha1.shared.TlsMode;
import io.generalbots.operator.kube.Resources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The files of the servers and sentinels that hold no secret. */
final class Configuration {

  static final List<String> SCRIPTS =
      List.of(
          "common.sh",
          "server.sh",
          "users.sh",
          "fence.sh",
          "handover.sh",
          "persistence.sh",
          "reload.sh",
          "probe.sh",
          "sentinel.sh",
          "agent.sh");

  private static final String TLS =
      """
      tls-cert-file /tls/tls.crt
      tls-key-file /tls/tls.key
      tls-ca-cert-file /tls/ca.crt
      tls-auth-clients no
      tls-replication yes
      protected-mode no
      """;

  private Configuration() {}

  /** The settings of the servers; the number of members may change while they run. */
  static ConfigMap settings(Situation situation, int members) {
    return new ConfigMapBuilder()
        .withMetadata(situation.part().meta())
        .withData(
            Map.of(
                "valkey.conf", server(situation.spec()),
                "sentinel.conf", sentinel(),
                "members", Integer.toString(members),
                "tenant.rules", TenantUsers.rules()))
        .build();
  }

  static ConfigMap scripts(Situation situation) {
    var files = new TreeMap<String, String>();
    SCRIPTS.forEach(s -> files.put(s, Resources.text(Names.COMPONENT + "/" + s)));
    return new ConfigMapBuilder()
        .withMetadata(situation.part().meta(Names.SCRIPTS))
        .withData(files)
        .build();
  }

  /** What the servers have to be restarted for when it changes. */
  static String revision(ValkeySpec spec) {
    return revision(server(spec));
  }

  /** What the sentinels have to be restarted for: they and their agents read it but once. */
  static String sentinelRevision() {
    return revision(
        Stream.of("common.sh", "sentinel.sh", "agent.sh")
            .map(s -> Resources.text(Names.COMPONENT + "/" + s))
            .collect(Collectors.joining("", sentinel(), "")));
  }

  private static String revision(String text) {
    var sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  static String server(ValkeySpec spec) {
    var lines = new ArrayList<>(listeners(spec.tls().mode()));
    lines.addAll(TLS.lines().toList());
    lines.add("dir /data");
    lines.add("aclfile /run/valkey/users.acl");
    lines.add("shutdown-timeout 5");
    lines.add("maxmemory-policy " + policy(spec.evictionPolicy()));
    lines.addAll(sizes(Memory.of(spec.memory())));
    lines.addAll(persistence(spec.persistence().mode()));
    return String.join("\n", lines) + "\n";
  }

  /** Servers and sentinels among themselves use TLS, whatever is opened to clients. */
  private static List<String> listeners(TlsMode mode) {
    return List.of(
        "bind * -::*",
        "port " + (mode == TlsMode.REQUIRED ? 0 : Names.PORT),
        "tls-port " + Names.TLS_PORT,
        "unixsocket /run/valkey/server.sock",
        "unixsocketperm 700");
  }

  private static List<String> sizes(Memory memory) {
    var buffer = memory.replicaBuffer();
    return List.of(
        "maxmemory " + memory.data(),
        "maxmemory-clients 10%",
        "repl-backlog-size " + memory.backlog(),
        // The few replicas there are do not wait for each other.
        "repl-diskless-sync-delay 0",
        "client-output-buffer-limit replica %d %d 60".formatted(buffer, buffer / 2));
  }

  private static List<String> persistence(ValkeyPersistenceMode mode) {
    return switch (mode) {
      case APPEND_ONLY -> List.of("appendonly yes", "appendfsync everysec", "save \"\"");
      case SNAPSHOT -> List.of("appendonly no", "save 3600 1 300 100 60 10000");
      case DISABLED -> List.of("appendonly no", "save \"\"");
    };
  }

  private static String sentinel() {
    return "port 0\ntls-port %d\n%sdir /run/sentinel\n".formatted(Names.SENTINEL_PORT, TLS)
        + "sentinel resolve-hostnames yes\nsentinel announce-hostnames yes\n";
  }

  private static String policy(EvictionPolicy policy) {
    return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
