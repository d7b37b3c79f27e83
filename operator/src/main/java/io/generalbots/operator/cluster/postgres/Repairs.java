package io.generalbots.operator.cluster.postgres;

import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import java.util.List;

/**
 * Pods that will not get well by waiting: a StatefulSet never replaces a pod that was broken by its
 * template, and the kubelet waits up to five minutes before it tries a pod again whose
 * configuration has been mended meanwhile.
 */
final class Repairs {

  private Repairs() {}

  static List<Wish> of(Situation situation) {
    var since = situation.memory().since();
    return situation.members().members().stream()
        .filter(m -> !m.isReady() && !m.isTerminating())
        .filter(m -> isBrokenByTemplate(situation, m) || m.gaveUpBefore(since))
        .map(Repairs::replacement)
        .toList();
  }

  /** A primary that is busy is not broken: Patroni decides whether it stays the primary. */
  private static boolean isBrokenByTemplate(Situation situation, PostgresMember member) {
    return situation.isOutdated(member)
        && (!member.isPrimary() || member.waitsBecause().isPresent());
  }

  private static Wish replacement(PostgresMember member) {
    var why = member.waitsBecause().orElse("it was not ready");
    return new Wish.Remove(
        member.pod(),
        Wish.Cascade.DEPENDENTS,
        Decision.warning(
            "ReplacedBrokenPod",
            "replaced %s, which ran what is no longer wished (%s)".formatted(member.name(), why)));
  }
}
