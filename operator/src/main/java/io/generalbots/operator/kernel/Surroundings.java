package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known beyond an owner's own objects. Nothing of it is ever written.
 *
 * @param secrets the Secrets of users that the spec names, as far as they exist
 * @param kinds the kinds of other operators that are served
 */
public record Surroundings(List<Secret> secrets, Set<Kind> kinds) {

  /** Nothing is named and nothing else is installed. */
  public static final Surroundings NONE = new Surroundings(List.of(), Set.of());

  public Surroundings {
    secrets = List.copyOf(secrets);
    kinds = Set.copyOf(kinds);
  }

  /** A user's Secret that the spec names, if it exists. */
  public Optional<Secret> secret(String name) {
    return secrets.stream().filter(s -> name.equals(s.getMetadata().getName())).findFirst();
  }

  /** Whether this kind of another operator is served. */
  public boolean serves(Kind kind) {
    return kinds.contains(kind);
  }
}
