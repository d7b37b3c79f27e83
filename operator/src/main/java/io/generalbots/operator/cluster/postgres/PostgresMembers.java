package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The servers of a cluster's Postgres, as the facts tell.
 *
 * @param members in the order of their numbers
 * @param desired how many there should be now
 */
public record PostgresMembers(List<PostgresMember> members, int desired) {

  public PostgresMembers {
    members = List.copyOf(members);
  }

  /** The members of this part of a cluster. */
  public static PostgresMembers of(Facts facts, Part part) {
    var members =
        facts.all(Pod.class, part.selector()).stream()
            .map(PostgresMember::of)
            .sorted(Comparator.comparingInt(PostgresMember::ordinal))
            .toList();
    var desired =
        facts
            .find(StatefulSet.class, part.name())
            .map(set -> set.getSpec().getReplicas())
            .orElse(0);
    return new PostgresMembers(members, desired);
  }

  /** The member that takes writes. */
  public Optional<PostgresMember> primary() {
    return members.stream()
        .filter(PostgresMember::isPrimary)
        .filter(m -> !m.isTerminating())
        .findFirst();
  }

  /** How many take connections. */
  public int ready() {
    return (int) members.stream().filter(PostgresMember::isReady).count();
  }

  /** Whether all that should be there are, and none is on its way in or out. */
  boolean isComplete() {
    return members.size() == desired && ready() == desired;
  }

  Optional<PostgresMember> named(String name) {
    return members.stream().filter(m -> name.equals(m.name())).findFirst();
  }

  /** One more than the highest number there is. */
  int span() {
    return members.isEmpty() ? 0 : members.get(members.size() - 1).ordinal() + 1;
  }

  List<PostgresMember> replicas() {
    return members.stream().filter(m -> !m.isPrimary()).toList();
  }
}
