package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/**
 * How many servers to ask for now. Whoever has a volume has a vote: the first comes alone, the
 * others join it at once, and who is to go leaves its peers before its pod and its volume go, since
 * votes of servers that are gone would stop those that stay.
 *
 * @param situation the servers
 */
record Scaling(Situation situation) {

  /** The number for the StatefulSet in this round. */
  int replicas() {
    if (situation.hibernates()) {
      return 0;
    } else if (!situation.progress().isInitialised()) {
      return 1;
    }
    return leaving().isPresent() ? members() - 1 : Math.max(wished(), members());
  }

  /** How many servers there should be in the end. */
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

  /** The volume of the server that is to leave now: the last, while the others are all well. */
  Optional<PersistentVolumeClaim> leaving() {
    var last = members() - 1;
    var others = situation.servers().stream().filter(s -> s.ordinal() < last);
    var settled = others.filter(Server::isReady).count() == last;
    return isShrinking() && settled
        ? situation.claims().stream().filter(c -> ordinal(c) == last).findFirst()
        : Optional.empty();
  }

  private boolean isShrinking() {
    return !situation.hibernates()
        && situation.progress().isInitialised()
        && !situation.isBeingReplaced()
        && wished() < members();
  }

  private static int ordinal(PersistentVolumeClaim claim) {
    var name = claim.getMetadata().getName();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }
}
