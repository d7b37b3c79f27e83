package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.IssuerRef;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.kernel.Stamp;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * cert-manager: asked for each certificate by an object of its kind, it answers with a Secret.
 *
 * @param cluster whose certificates they are
 * @param facts what is known
 * @param issuer who signs
 * @param field where the spec says so
 */
record CertManagerIssuer(BotCluster cluster, Facts facts, IssuerRef issuer, String field)
    implements Source {

  static final Kind CERTIFICATE = new Kind("cert-manager.io/v1", "Certificate");

  private static final String SUFFIX = "-issued";

  @Override
  public List<Wish> wishes(List<ServerCertificate> requests) {
    var wishes = new ArrayList<Wish>();
    if (isThere()) {
      requests.forEach(r -> wishes.add(new Wish.Managed(CertManagerRequest.of(r, issuer))));
      requests.forEach(r -> issued(r).map(this::adopted).ifPresent(wishes::add));
    }
    return List.copyOf(wishes);
  }

  @Override
  public Answer answer(ServerCertificate request) {
    if (!isThere()) {
      return new Trouble(
          Reasons.CERT_MANAGER_MISSING,
          field
              + " needs cert-manager, whose kinds are not in this cluster: install it, or remove issuerRef");
    }
    try {
      var secret = issued(request).map(ForeignSecret::new).orElseThrow(() -> notIssued(request));
      return secret.serving(request, facts.now());
    } catch (Unusable e) {
      return e.trouble();
    }
  }

  /** Where cert-manager puts what it issues; servers get it from there once it is judged. */
  static String secretName(ServerCertificate request) {
    return request.secretName() + SUFFIX;
  }

  private boolean isThere() {
    return facts.surroundings().serves(CERTIFICATE);
  }

  private Optional<Secret> issued(ServerCertificate request) {
    return facts.find(Secret.class, secretName(request));
  }

  /** cert-manager leaves its Secrets behind; with an owner they go with the cluster. */
  private Wish adopted(Secret issued) {
    var stamp = Stamp.of(cluster, Map.of(), Labels.COMPONENT);
    var meta =
        new ObjectMetaBuilder()
            .withName(issued.getMetadata().getName())
            .withUid(issued.getMetadata().getUid())
            .withOwnerReferences(stamp.owner())
            .build();
    return new Wish.Amend(new SecretBuilder().withMetadata(meta).build());
  }

  private Unusable notIssued(ServerCertificate request) {
    var told =
        facts
            .find(GenericKubernetesResource.class, request.secretName())
            .flatMap(CertManagerRequest::message)
            .orElse("it has said nothing yet");
    return new Unusable(
        Reasons.NOT_ISSUED,
        "cert-manager has not issued Certificate %s by %s: %s"
            .formatted(request.secretName(), field, told));
  }
}
