package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known beyond an owner's own objects. Nothing of it is ever written.
 *
 * @param secrets the Secrets of users that the spec names, as far as they exist
 * @param kinds the kinds of other operators that are served
 * @param storageClasses those of the Kubernetes cluster; empty where the operator may not read them
 * @param readings what servers said when they were asked last
 */
public record Surroundings(
    List<Secret> secrets,
    Set<Kind> kinds,
    Optional<List<StorageClass>> storageClasses,
    Set<Reading> readings) {

  /** Nothing is named and nothing else is installed. */
  public static final Surroundings NONE = new Surroundings(List.of(), Set.of());

  public Surroundings {
    secrets = List.copyOf(secrets);
    kinds = Set.copyOf(kinds);
    storageClasses = storageClasses.map(List::copyOf);
    readings = Set.copyOf(readings);
  }

  /** Where nothing was read. */
  public Surroundings(
      List<Secret> secrets, Set<Kind> kinds, Optional<List<StorageClass>> storageClasses) {
    this(secrets, kinds, storageClasses, Set.of());
  }

  /** Without a right to read StorageClasses. */
  public Surroundings(List<Secret> secrets, Set<Kind> kinds) {
    this(secrets, kinds, Optional.empty());
  }

  /** Shows nothing of the Secrets: the text may be logged. */
  @Override
  public String toString() {
    return "Surroundings with %d secrets".formatted(secrets.size());
  }

  /** A user's Secret that the spec names, if it exists. */
  public Optional<Secret> secret(String name) {
    return secrets.stream().filter(s -> name.equals(s.getMetadata().getName())).findFirst();
  }

  /** What was read last of this type, if anything was. */
  public <R extends Reading> Optional<R> reading(Class<R> type) {
    return readings.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Whether this kind of another operator is served. */
  public boolean serves(Kind kind) {
    return kinds.contains(kind);
  }
}
