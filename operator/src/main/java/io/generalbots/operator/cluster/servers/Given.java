package io.generalbots.operator.cluster.servers;

import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Secrets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What users say, in Secrets of their own, of a service that runs elsewhere.
 *
 * @param facts where the Secrets are
 * @param field of the spec that names them, for people
 */
public record Given(Facts facts, String field) {

  /** The key of a certificate to trust. */
  public static final String AUTHORITY = "ca.crt";

  /** The users' Secrets that the spec names for a service, if it names one. */
  public static Set<String> secrets(@Nullable ExternalService service) {
    return service == null
        ? Set.of()
        : Stream.of(service.secretName(), service.caSecretName())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
  }

  /** The text under a key of a Secret; none where there is no such Secret, key or text. */
  public Optional<String> value(@Nullable String secret, String key) {
    return Optional.ofNullable(secret)
        .flatMap(facts.surroundings()::secret)
        .map(s -> Secrets.text(s, key))
        .filter(text -> !text.isBlank());
  }

  /** What a user has to do before this key can be read. */
  public Optional<String> missing(String secret, String key) {
    return value(secret, key).isPresent()
        ? Optional.empty()
        : Optional.of(
            "Secret %s of %s has no key %s: create it in this namespace"
                .formatted(secret, field, key));
  }

  /** The same for an authority, which nobody has to name. */
  public Optional<String> missingAuthority(@Nullable String secret) {
    return Optional.ofNullable(secret).flatMap(s -> missing(s, AUTHORITY));
  }
}
