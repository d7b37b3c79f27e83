package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kube.Secrets;
import java.util.Optional;

/** The TURN server that is part of each LiveKit. */
final class Turn {

  static final String FOLDER = "/etc/turn";

  private Turn() {}

  static boolean isWished(BotCluster cluster) {
    return cluster.getSpec().livekit().turn().enabled();
  }

  static String domain(BotCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().livekit().turn().domain())
        .orElseGet(() -> "turn." + cluster.getSpec().domain());
  }

  /** The Secret with its certificate: its own, or the one that the gateway was given. */
  static Optional<String> secretName(BotCluster cluster) {
    var spec = cluster.getSpec();
    return isWished(cluster)
        ? Optional.ofNullable(spec.livekit().turn().tlsSecretName())
            .or(() -> Optional.ofNullable(spec.gateway().tls().secretName()))
        : Optional.empty();
  }

  /** The name of a Secret that is asked for and not there. */
  static Optional<String> missing(Situation situation) {
    return secretName(situation.cluster())
        .filter(name -> situation.facts().surroundings().secret(name).isEmpty());
  }

  /** The certificate; servers read it but once. */
  static Optional<String> certificate(Situation situation) {
    return secretName(situation.cluster())
        .flatMap(name -> situation.facts().surroundings().secret(name))
        .map(Turn::certificate);
  }

  private static String certificate(Secret secret) {
    return Secrets.text(secret, "tls.crt");
  }
}
