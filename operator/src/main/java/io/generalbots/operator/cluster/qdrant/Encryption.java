package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.operator.kube.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * What is encrypted: what clients say as the spec has it, and what peers say to each other as it
 * was when their cluster was made. Peers know each other by addresses that name the protocol; a
 * cluster in which some speak one and some the other has no majority.
 *
 * @param situation the peers
 */
record Encryption(Situation situation) {

  /** How the peers reach each other. */
  static final String PEERS = "generalbots.io/peers";

  /** What the servers show; Qdrant reads it anew by itself for REST only. */
  private static final String CERTIFICATE = "generalbots.io/certificate";

  private static final String PLAIN = "http";
  private static final String SECURED = "https";

  /** Whether a certificate is needed at all. */
  boolean isAny() {
    return situation.servesTls() || betweenPeers();
  }

  /** Whether the peers speak TLS to each other. */
  boolean betweenPeers() {
    return SECURED.equals(peers());
  }

  /** The protocol of the peers' addresses. */
  String peers() {
    return situation
        .set()
        .flatMap(Encryption::former)
        .orElseGet(() -> situation.servesTls() ? SECURED : PLAIN);
  }

  /** What of this makes a pod another one. */
  Map<String, String> annotations() {
    var annotations = new TreeMap<>(Map.of(PEERS, peers()));
    if (isAny()) {
      annotations.put(CERTIFICATE, fingerprint());
    }
    return annotations;
  }

  private static Optional<String> former(StatefulSet set) {
    return Optional.ofNullable(set.getSpec().getTemplate())
        .flatMap(t -> Optional.ofNullable(t.getMetadata().getAnnotations()))
        .flatMap(a -> Optional.ofNullable(a.get(PEERS)));
  }

  private String fingerprint() {
    var sum = new CRC32();
    situation
        .certificate()
        .map(s -> Secrets.text(s, "tls.crt") + Secrets.text(s, Names.AUTHORITY))
        .ifPresent(pem -> sum.update(pem.getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(sum.getValue());
  }
}
