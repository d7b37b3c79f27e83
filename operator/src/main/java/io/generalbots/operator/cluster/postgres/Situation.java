package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.PostgresSpec;
import io.generalbots.operator.cluster.servers.Revision;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A cluster's Postgres as it is wished and as it is.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  /** How long Patroni takes to reload and look what came of it. */
  private static final Duration RELOAD = Duration.ofSeconds(4);

  Part part() {
    return Names.part(cluster.getMetadata().getName());
  }

  String namespace() {
    return cluster.getMetadata().getNamespace();
  }

  PostgresSpec spec() {
    return cluster.getSpec().postgres();
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate();
  }

  /** How many servers there should be in the end. */
  int wished() {
    return hibernates() ? 0 : spec().instances();
  }

  /** The StatefulSet, be it on its way out or not. */
  Optional<StatefulSet> set() {
    return facts.find(StatefulSet.class, part().name());
  }

  /** Whether the StatefulSet is being replaced: nothing can be said to it. */
  boolean isBeingReplaced() {
    return ServerVolumes.isBeingReplaced(set());
  }

  PostgresMembers members() {
    return PostgresMembers.of(facts, part());
  }

  ServerVolumes volumes() {
    var claims = facts.all(PersistentVolumeClaim.class, part().selector());
    return ServerVolumes.of(spec().storage(), claims, facts);
  }

  Candidates candidates() {
    return new Candidates(members(), spec().patroni().maximumLagOnFailoverBytes());
  }

  Memory memory() {
    return Memory.of(facts, part());
  }

  /**
   * By when every member has told what the last change of parameters means to it: Patroni tells
   * what it did in one round in the next one.
   */
  Instant toldAt() {
    var rounds = Duration.ofSeconds(2L * spec().patroni().loopWaitSeconds());
    return memory().since().plus(rounds).plus(RELOAD);
  }

  /** Whether what members say about parameters is about the present ones. */
  boolean haveAllTold() {
    return !facts.now().isBefore(toldAt());
  }

  /** The revision pods should run; unknown while the StatefulSet's controller has not caught up. */
  Optional<String> revision() {
    return set().flatMap(Revision::of);
  }

  /** Whether a member runs anything but what is wished now. */
  boolean isOutdated(PostgresMember member) {
    return revision().filter(wanted -> !member.runs(wanted)).isPresent();
  }
}
