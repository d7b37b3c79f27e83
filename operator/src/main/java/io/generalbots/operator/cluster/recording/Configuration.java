package io.generalbots.operator.cluster.recording;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.cluster.livekit.Bus;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kube.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that every recorder runs by, all in one Secret. They are JSON, which is YAML too, so
 * that whatever a spec says stays a value.
 *
 * @param situation the cluster
 * @param key by which recorders come into rooms
 * @param bus by which they are given orders
 * @param store where recordings go
 */
record Configuration(Situation situation, Secret key, Bus bus, Store store) {

  static final String FOLDER = "/etc/livekit";
  static final String STORE_AUTHORITY = "store-ca.crt";
  static final int HEALTH = 9090;
  static final int METRICS = 6789;

  /** A longer recording ends there: it lies on the node until it is uploaded. */
  static final long LARGEST_GIBIBYTES = 8;

  private static final String SETTINGS = "egress.yaml";
  private static final int DIGEST_LENGTH = 16;
  private static final long GIBIBYTE = 1L << 30;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Once all is known that it is made of. */
  static Optional<Configuration> of(Situation situation) {
    var entrance = situation.entrance();
    return entrance
        .secret()
        .flatMap(
            key ->
                entrance
                    .bus()
                    .flatMap(
                        bus ->
                            situation
                                .store()
                                .map(store -> new Configuration(situation, key, bus, store))));
  }

  Secret secret() {
    return Secrets.opaque(situation.part().meta(), files());
  }

  /** What changes when the files do; among them are keys as random as ours. */
  String digest() {
    var text = new StringBuilder();
    files().forEach((name, content) -> text.append(name).append('\n').append(content).append('\n'));
    return Digest.sha256(text.toString()).substring(0, DIGEST_LENGTH);
  }

  private TreeMap<String, String> files() {
    var files = new TreeMap<>(bus.files());
    files.put(SETTINGS, MAPPER.valueToTree(settings()).toPrettyString() + "\n");
    store.authority().ifPresent(pem -> files.put(STORE_AUTHORITY, pem));
    return files;
  }

  private Map<String, Object> settings() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("api_key", Secrets.text(key, Entrance.API_KEY));
    settings.put("api_secret", Secrets.text(key, Entrance.API_SECRET));
    settings.put("ws_url", Secrets.text(key, Entrance.URI));
    // What is within the cluster has no TLS, and a browser that records would ask for it.
    settings.put("insecure", true);
    settings.put("redis", bus.settings(FOLDER + "/" + Bus.AUTHORITY_FILE));
    settings.put("health_port", HEALTH);
    settings.put("prometheus_port", METRICS);
    settings.put("logging", Map.of("json", true));
    settings.put("disallow_local_storage", true);
    settings.put("session_limits", Map.of("file_output_max_size", LARGEST_GIBIBYTES * GIBIBYTE));
    settings.put("storage", Map.of("s3", store.settings()));
    return settings;
  }

  @Override
  public String toString() {
    return "settings of recorders that write to " + store;
  }
}
