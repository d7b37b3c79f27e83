package io.generalbots.operator.cluster.certificates;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import java.util.List;

/** Where the server certificates of a cluster come from. */
sealed interface Source
    permits OwnAuthority, ProvidedSecrets, CertManagerIssuer, PublicCertificate {

  /** What has to exist for this source to give certificates. */
  List<Wish> wishes(List<ServerCertificate> requests);

  /** The certificate for this request, or why there is none. */
  Answer answer(ServerCertificate request);

  /** The source that a spec asks for. */
  static Source of(BotCluster cluster, Facts facts) {
    var spec = cluster.getSpec().certificates();
    if (spec.issuerRef() != null) {
      return new CertManagerIssuer(cluster, facts, spec.issuerRef(), "spec.certificates.issuerRef");
    } else if (spec.caSecretName() != null) {
      return ProvidedSecrets.of(facts, spec.caSecretName(), spec.serverSecretName());
    }
    return OwnAuthority.of(cluster, facts);
  }
}
