package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.Optional;

/** The Secret that holds a cluster's authority: {@code ca.crt} and {@code ca.key}. */
final class AuthoritySecret {

  static final String CERTIFICATE = "ca.crt";
  static final String KEY = "ca.key";

  private AuthoritySecret() {}

  static String name(BotCluster cluster) {
    return cluster.getMetadata().getName() + "-ca";
  }

  static Secret of(BotCluster cluster, Identity identity) {
    var part = new Part(cluster.getMetadata().getName(), Certificates.NAME);
    var data = Map.of(CERTIFICATE, identity.certificatePem(), KEY, identity.keyPem());
    return Secrets.opaque(part.named(name(cluster)), data);
  }

  static Optional<Identity> identity(Secret secret) {
    return Identity.parse(Secrets.text(secret, CERTIFICATE), Secrets.text(secret, KEY));
  }
}
