package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.generalbots.operator.kube.Containers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Qdrant's settings, as its environment: the official image and one of a given binary need no file.
 *
 * @param situation the peers
 * @param secured what is encrypted
 */
record Configuration(Situation situation, Encryption secured) {

  List<EnvVar> variables() {
    var settings = new TreeMap<String, String>();
    settings.putAll(storage());
    settings.putAll(service());
    settings.putAll(cluster());
    if (secured.isAny()) {
      settings.putAll(certificates());
    }
    return Stream.concat(
            Stream.of(Containers.field("POD_NAME", "metadata.name"), apiKey()),
            settings.entrySet().stream().map(e -> new EnvVar(e.getKey(), e.getValue(), null)))
        .toList();
  }

  private Map<String, String> storage() {
    var spec = situation.spec();
    return Map.of(
        "QDRANT_INIT_FILE_PATH", "/data/.qdrant-initialized",
        "QDRANT__STORAGE__STORAGE_PATH", "/data/storage",
        "QDRANT__STORAGE__SNAPSHOTS_PATH", "/data/snapshots",
        "QDRANT__STORAGE__ON_DISK_PAYLOAD", spec.onDiskPayload().toString(),
        "QDRANT__STORAGE__COLLECTION__REPLICATION_FACTOR", spec.replicationFactor().toString());
  }

  /** No browser is let in, and no snapshot is fetched from wherever a client says. */
  private Map<String, String> service() {
    return Map.of(
        "QDRANT__TELEMETRY_DISABLED", "true",
        "QDRANT__SERVICE__HTTP_PORT", Integer.toString(Names.HTTP_PORT),
        "QDRANT__SERVICE__GRPC_PORT", Integer.toString(Names.GRPC_PORT),
        "QDRANT__SERVICE__ENABLE_CORS", "false",
        "QDRANT__SERVICE__ENABLE_SNAPSHOT_URL_RECOVERY", "false",
        "QDRANT__SERVICE__ENABLE_TLS", Boolean.toString(situation.servesTls()),
        "QDRANT__SERVICE__JWT_RBAC", Boolean.toString(acceptsTokens()));
  }

  /** Tokens are signed with the key: without one, everybody is let in anyway. */
  private boolean acceptsTokens() {
    return situation.apiKey().isPresent() && situation.spec().tenancy().accessTokens();
  }

  /** One peer is a cluster too: so it can become three and be one again. */
  private Map<String, String> cluster() {
    var part = situation.part();
    return Map.of(
        "NAME", part.name(),
        "DOMAIN", situation.host(part.name(Names.HEADLESS)),
        "SCHEME", secured.peers(),
        "P2P_PORT", Integer.toString(Names.P2P_PORT),
        "MESSAGE", "/dev/termination-log",
        "QDRANT__CLUSTER__ENABLED", "true",
        "QDRANT__CLUSTER__P2P__PORT", Integer.toString(Names.P2P_PORT),
        "QDRANT__CLUSTER__P2P__ENABLE_TLS", Boolean.toString(secured.betweenPeers()));
  }

  private static Map<String, String> certificates() {
    return Map.of(
        "QDRANT__TLS__CERT", "/tls/tls.crt",
        "QDRANT__TLS__KEY", "/tls/tls.key",
        "QDRANT__TLS__CA_CERT", "/tls/ca.crt",
        "QDRANT__TLS__CERT_TTL", "60");
  }

  /** Set once the user has put a key into the Secret. */
  private EnvVar apiKey() {
    return new EnvVarBuilder()
        .withName("QDRANT__SERVICE__API_KEY")
        .withNewValueFrom()
        .withNewSecretKeyRef(Names.API_KEY, situation.part().name(), true)
        .endValueFrom()
        .build();
  }
}
