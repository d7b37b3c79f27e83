package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

/**
 * How many servers to ask for now. Whoever has a volume has a vote: the first comes alone, the
 * others join it at once, and none goes again, since votes of servers that are gone would stop
 * those that stay.
 *
 * @param situation the servers
 */
record Scaling(Situation situation) {

  /** The number for the StatefulSet in this round. */
  int replicas() {
    if (situation.hibernates()) {
      return 0;
    }
    return situation.progress().isInitialised() ? Math.max(wished(), members()) : 1;
  }

  /** How many servers there should be by the spec. */
  int wished() {
    return situation.spec().replicas();
  }

  /** How many servers have a vote, or may have. */
  int members() {
    return situation.claims().stream().mapToInt(Scaling::ordinal).max().orElse(0) + 1;
  }

  /** How many have to be counted when they elect a leader: not those that have yet to join. */
  int voters() {
    var members = members();
    var noted = situation.progress().voters();
    return situation.ready() == members ? members : Math.min(noted, members);
  }

  private static int ordinal(PersistentVolumeClaim claim) {
    var name = claim.getMetadata().getName();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }
}
