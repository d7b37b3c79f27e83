package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authority that the operator makes for a cluster, in Secret {@code <cluster>-ca}.
 *
 * @param cluster whose it is
 * @param facts what is known
 * @param secret its Secret, once it exists
 * @param identity what the Secret holds, if it is readable
 */
record OwnAuthority(
    BotCluster cluster, Facts facts, Optional<Secret> secret, Optional<Identity> identity)
    implements Source {

  static final String KEY = "ca.key";

  private static final Duration LIFETIME = Duration.ofDays(3650);

  static OwnAuthority of(BotCluster cluster, Facts facts) {
    var secret = facts.find(Secret.class, name(cluster));
    var identity =
        secret.flatMap(
            s -> Identity.read(Secrets.text(s, CertificateKeys.AUTHORITY), Secrets.text(s, KEY)));
    return new OwnAuthority(cluster, facts, secret, identity);
  }

  /** One that is there but unreadable is left alone: only its user knows what it was. */
  @Override
  public List<Wish> wishes(List<ServerCertificate> requests) {
    return secret.isEmpty() ? List.of(create()) : identity.map(this::keep).stream().toList();
  }

  @Override
  public Answer answer(ServerCertificate request) {
    if (secret.isEmpty()) {
      return new Trouble(Reasons.ISSUING, "the certificate authority is being made");
    }
    return identity
        .<Answer>map(signer -> new Offer.Signed(request, authority(signer)))
        .orElseGet(
            () ->
                new Trouble(
                    Reasons.INCOMPLETE,
                    "Secret %s holds no authority that belongs together: restore its keys, or delete it to get a new authority"
                        .formatted(name(cluster))));
  }

  private static Authority authority(Identity signer) {
    return new Authority(signer, new Trust(List.of(signer.certificate())));
  }

  private Wish create() {
    var commonName = cluster.getMetadata().getName() + " certificate authority";
    return new Wish.Once(
        secret(Identity.authority(commonName, lifetime(), facts.entropy())), isRetained());
  }

  /** An authority near its end is prolonged with its key, so that what it signed stays valid. */
  private Wish keep(Identity current) {
    if (!current.validity().isDue(facts.now(), LIFETIME.dividedBy(3))) {
      return new Wish.Once(secret(current), isRetained());
    }
    return new Wish.Kept(secret(current.prolonged(lifetime(), facts.entropy())));
  }

  private Validity lifetime() {
    return Validity.starting(facts.now(), LIFETIME);
  }

  private Secret secret(Identity identity) {
    var part = new Part(cluster.getMetadata().getName(), Certificates.NAME);
    var data = Map.of(CertificateKeys.AUTHORITY, identity.certificatePem(), KEY, identity.keyPem());
    return Secrets.opaque(part.named(name(cluster)), data);
  }

  private static String name(BotCluster cluster) {
    return cluster.getMetadata().getName() + "-ca";
  }

  private boolean isRetained() {
    return cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }
}
