package io.generalbots.operator.cluster.livekit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kube.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that every server runs by, all in one Secret. They are JSON, which is YAML too, so that
 * whatever a spec says stays a value. LiveKit knows no setting that is not in its documentation.
 *
 * @param situation the cluster
 * @param bus the bus, if there is one
 * @param keys those that are valid
 */
record Configuration(Situation situation, Optional<Bus> bus, List<KeyPair> keys) {

  static final String FOLDER = "/etc/livekit";

  private static final String SETTINGS = "livekit.yaml";
  private static final String KEYS = "keys.yaml";

  static final int DIGEST_LENGTH = 16;

  /** Private addresses: pods relay to each other, and the network policy keeps it at that. */
  private static final List<String> PEERS =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  Secret secret() {
    return Secrets.opaque(situation.part().meta(Names.CONFIG), files());
  }

  /**
   * What changes when the files do, or a certificate that is mounted beside them. Keys as random as
   * ours are among what is digested, so that it gives no password away.
   */
  String digest() {
    var text = new StringBuilder();
    files().forEach((name, content) -> text.append(name).append('\n').append(content).append('\n'));
    Turn.certificate(situation).ifPresent(text::append);
    return Digest.sha256(text.toString()).substring(0, DIGEST_LENGTH);
  }

  private TreeMap<String, String> files() {
    var files = new TreeMap<String, String>();
    files.put(SETTINGS, json(settings()));
    var pairs = new LinkedHashMap<String, String>();
    keys.forEach(pair -> pairs.put(pair.key(), pair.secret()));
    files.put(KEYS, json(pairs));
    bus.ifPresent(b -> files.putAll(b.files()));
    return files;
  }

  private Map<String, Object> settings() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("port", Names.PORT);
    settings.put("prometheus", Map.of("port", Names.METRICS));
    settings.put("key_file", FOLDER + "/" + KEYS);
    settings.put("logging", Map.of("json", true));
    settings.put("rtc", rtc());
    bus.ifPresent(b -> settings.put("redis", b.settings(FOLDER + "/" + Bus.AUTHORITY_FILE)));
    if (situation.spec().turn().enabled()) {
      settings.put("turn", turn());
    }
    return settings;
  }

  /** The address comes by the environment: it is the pod's, or its node's. */
  private static Map<String, Object> rtc() {
    var rtc = new LinkedHashMap<String, Object>();
    rtc.put("tcp_port", Names.TCP_MEDIA);
    rtc.put("udp_port", Names.UDP_MEDIA);
    rtc.put("use_external_ip", false);
    return rtc;
  }

  private Map<String, Object> turn() {
    var turn = new LinkedHashMap<String, Object>();
    turn.put("enabled", true);
    turn.put("domain", Turn.domain(situation.cluster()));
    turn.put("udp_port", situation.spec().turn().udpPort());
    turn.put("relay_range_start", Names.RELAY_FIRST);
    turn.put("relay_range_end", Names.RELAY_LAST);
    if (Turn.secretName(situation.cluster()).isPresent()) {
      turn.put("tls_port", situation.spec().turn().tlsPort());
      turn.put("cert_file", Turn.FOLDER + "/tls.crt");
      turn.put("key_file", Turn.FOLDER + "/tls.key");
    }
    turn.put("allow_restricted_peer_cidrs", PEERS);
    return turn;
  }

  private static String json(Object value) {
    return MAPPER.valueToTree(value).toPrettyString() + "\n";
  }
}
