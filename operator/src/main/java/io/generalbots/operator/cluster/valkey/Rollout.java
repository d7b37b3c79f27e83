package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.cluster.servers.Revision;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Brings every server to what is wished: what does not serve anyway at once, then one at a time
 * while all are well, replicas from the highest number down and the primary last.
 *
 * @param servers the pods
 * @param replicas how many there should be
 * @param revision what they should run; unknown while the StatefulSet's controller is behind
 */
record Rollout(Servers servers, int replicas, Optional<String> revision) {

  static Rollout of(Situation situation) {
    return new Rollout(
        situation.servers(), situation.current(), situation.set().flatMap(Rollout::revision));
  }

  /** The sentinels restart by themselves, but for those that are stuck. */
  static Rollout ofSentinels(Situation situation) {
    return new Rollout(
        Servers.of(situation.sentinelPods(), Optional.empty()),
        Names.SENTINELS,
        situation.sentinelSet().flatMap(Rollout::revision));
  }

  /** The revision of a set, if its controller has seen its latest version. */
  static Optional<String> revision(StatefulSet set) {
    return Optional.of(set)
        .filter(s -> s.getMetadata().getDeletionTimestamp() == null)
        .flatMap(Revision::of);
  }

  /** The pods to restart now. */
  List<Wish> next() {
    var stuck = stuck();
    return stuck.isEmpty() ? orderly().map(List::of).orElse(List.of()) : stuck;
  }

  /**
   * Pods of an old revision that do not serve: a StatefulSet waits for them for ever, even when the
   * cause is long reverted.
   */
  List<Wish> stuck() {
    return outdated().stream()
        .filter(s -> !s.isReady() && !s.isTerminating())
        .<Wish>map(s -> remove(s, "Unsticking", "replacing %s, which runs an old revision: %s"))
        .toList();
  }

  List<Instance> outdated() {
    return revision.stream()
        .flatMap(wanted -> servers.all().stream().filter(s -> !s.runs(wanted)))
        .toList();
  }

  private Optional<Wish> orderly() {
    if (!servers.areReady(replicas) || servers.primary().isEmpty()) {
      return Optional.empty();
    }
    return outdated().stream()
        .max(
            Comparator.comparing((Instance s) -> !servers.isPrimary(s))
                .thenComparing(Instance::ordinal))
        .map(s -> remove(s, "Restarting", "restarting %s: it runs an old revision"));
  }

  private static Wish remove(Instance server, String reason, String message) {
    var told = message.formatted(server.name(), server.trouble().orElse(""));
    return new Wish.Remove(server.pod(), Wish.Cascade.DEPENDENTS, Decision.normal(reason, told));
  }
}
