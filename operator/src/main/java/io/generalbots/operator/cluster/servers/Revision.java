package io.generalbots.operator.cluster.servers;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Optional;

/** What the pods of a StatefulSet should run. */
public final class Revision {

  private Revision() {}

  /** The revision, if the set's controller has seen its latest version. */
  public static Optional<String> of(StatefulSet set) {
    return Optional.ofNullable(set.getStatus())
        .filter(s -> set.getMetadata().getGeneration().equals(s.getObservedGeneration()))
        .flatMap(s -> Optional.ofNullable(s.getUpdateRevision()));
  }
}
