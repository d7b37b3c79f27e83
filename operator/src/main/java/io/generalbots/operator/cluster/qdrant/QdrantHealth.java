package io.generalbots.operator.cluster.qdrant;

import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.cluster.servers.Revision;
import io.generalbots.operator.kernel.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How a cluster's Qdrant is: the first thing that is not as it should be, worst first. */
final class QdrantHealth {

  private static final List<Function<Situation, Optional<Health>>> CHECKS =
      List.of(
          QdrantHealth::hibernating,
          QdrantHealth::withoutImage,
          QdrantHealth::keptOut,
          QdrantHealth::incomplete,
          QdrantHealth::scaling,
          QdrantHealth::rollingOut,
          situation -> situation.volumes().health());

  private QdrantHealth() {}

  static Health of(Situation situation) {
    var health =
        CHECKS.stream()
            .flatMap(check -> check.apply(situation).stream())
            .findFirst()
            .orElseGet(() -> Health.ready(counted(situation)));
    return stoodInFor(situation, health).counting(situation.ready(), situation.wished());
  }

  /** Bot servers go on without, if the spec says so: what they lack is the vector search alone. */
  private static Health stoodInFor(Situation situation, Health health) {
    var declared = situation.cluster().getSpec().fallback().vectordb().enabled();
    return health.serves() || situation.hibernates() || !declared
        ? health
        : Health.degraded(
            health.reason(),
            health.message() + "; bot servers go on with keywords (spec.fallback)");
  }

  private static Optional<Health> hibernating(Situation situation) {
    return situation.hibernates()
        ? Optional.of(Hibernation.health(situation.pods().size()))
        : Optional.empty();
  }

  /** The words do not follow the kubelet's, who tells the try and the pause in turns. */
  private static Optional<Health> withoutImage(Situation situation) {
    var pods = named(situation, Instance::lacksImage);
    var image = Image.of(situation.cluster(), Names.COMPONENT, situation.facts().settings());
    var told = "the image %s cannot be pulled: %s".formatted(image.name(), pods);
    return pods.isEmpty() ? Optional.empty() : Optional.of(limited(situation, told));
  }

  private static Health limited(Situation situation, String told) {
    return situation.ready() == 0
        ? Health.waiting("ImageUnavailable", told)
        : Health.degraded("ImageUnavailable", told);
  }

  private static Optional<Health> keptOut(Situation situation) {
    var newcomers = new Course(situation).newcomers();
    return newcomers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "VolumeLost",
                "with a new volume, and not in the cluster yet: %s"
                    .formatted(named(situation, p -> newcomers.contains(p.ordinal())))));
  }

  private static Optional<Health> incomplete(Situation situation) {
    var current = situation.current();
    var told = counted(situation) + troubles(situation);
    if (situation.ready() == 0) {
      return Optional.of(Health.waiting("Creating", told));
    }
    return situation.ready() == current && situation.pods().size() == current
        ? Optional.empty()
        : Optional.of(Health.degraded("ServersNotReady", told));
  }

  private static Optional<Health> scaling(Situation situation) {
    return situation.current() == situation.wished()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "Scaling",
                "going from %d to %d servers".formatted(situation.current(), situation.wished())));
  }

  private static Optional<Health> rollingOut(Situation situation) {
    var revision = situation.set().flatMap(Revision::of);
    var pending = named(situation, p -> revision.filter(p::runs).isEmpty());
    return pending.isEmpty() && !situation.isBeingReplaced()
        ? Optional.empty()
        : Optional.of(Health.degraded("RollingOut", "still to be restarted: " + pending));
  }

  private static String counted(Situation situation) {
    return "%d of %d servers are ready".formatted(situation.ready(), situation.wished());
  }

  private static String troubles(Situation situation) {
    return situation.pods().stream()
        .flatMap(p -> p.trouble().map(why -> "; " + p.name() + ": " + why).stream())
        .collect(Collectors.joining());
  }

  private static String named(Situation situation, Predicate<Instance> which) {
    return situation.pods().stream()
        .filter(which)
        .map(Instance::name)
        .collect(Collectors.joining(", "));
  }
}
