package io.generalbots.operator.cluster.certificates;

import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of the user, which are read and never written.
 *
 * @param facts what is known
 * @param authority the Secret with the authority
 * @param server the Secret with a server certificate; without it the authority signs
 */
record ProvidedSecrets(Facts facts, String authority, Optional<String> server) implements Source {

  static ProvidedSecrets of(Facts facts, String authority, @Nullable String server) {
    return new ProvidedSecrets(facts, authority, Optional.ofNullable(server));
  }

  @Override
  public List<Wish> wishes(List<ServerCertificate> requests) {
    return List.of();
  }

  @Override
  public Answer answer(ServerCertificate request) {
    try {
      var provided = secret(authority, "caSecretName");
      if (server.isEmpty()) {
        return new Offer.Signed(request, provided.authority(facts.now()));
      }
      var trust = provided.trust();
      return secret(server.get(), "serverSecretName").serving(request, trust, facts.now());
    } catch (Unusable e) {
      return e.trouble();
    }
  }

  private ForeignSecret secret(String name, String field) throws Unusable {
    return ForeignSecret.named(name, "spec.certificates." + field, facts);
  }
}
