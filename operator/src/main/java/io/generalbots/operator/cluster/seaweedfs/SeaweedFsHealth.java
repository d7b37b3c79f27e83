package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.operator.cluster.encryption.EncryptionKeys;
import io.generalbots.operator.cluster.servers.DeploymentHealth;
import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.external.drive.VolumeSlots;
import io.generalbots.operator.kernel.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a cluster's SeaweedFS is: the first thing that is not as it should be, worst first. */
final class SeaweedFsHealth {

  private static final List<Function<Situation, Optional<Health>>> CHECKS =
      List.of(
          SeaweedFsHealth::hibernating,
          SeaweedFsHealth::obstacle,
          SeaweedFsHealth::notServing,
          SeaweedFsHealth::incomplete,
          SeaweedFsHealth::scaling,
          SeaweedFsHealth::rollingOut,
          SeaweedFsHealth::growing,
          SeaweedFsHealth::slots);

  private SeaweedFsHealth() {}

  static Health of(Situation situation) {
    var health =
        CHECKS.stream()
            .flatMap(check -> check.apply(situation).stream())
            .findFirst()
            .orElseGet(() -> Health.ready(counted(situation)));
    return counting(health, situation);
  }

  /** Why nothing can be done. */
  static Optional<Health> obstacle(Situation situation) {
    if (situation.lacksDatabase()) {
      return waiting(
          "NoDatabase",
          "filers.store is Postgres, but postgres is external: write filers: {store: Embedded,"
              + " replicas: 1}");
    } else if (Keys.isLost(situation)) {
      return waiting(
          "KeyLost",
          "Secret %s is gone, and objects may be encrypted with its key: restore it"
              .formatted(EncryptionKeys.secretName(situation.name())));
    }
    return incompleteLogin(situation);
  }

  private static Optional<Health> incompleteLogin(Situation situation) {
    return new Credentials(situation)
        .trouble()
        .map(t -> Health.degraded("LoginIncomplete", t + ": what was there before stays in force"));
  }

  private static Optional<Health> waiting(String reason, String message) {
    return Optional.of(Health.waiting(reason, message));
  }

  private static Optional<Health> hibernating(Situation situation) {
    if (!situation.hibernates()) {
      return Optional.empty();
    }
    var left = Stream.of(Role.values()).mapToInt(r -> situation.members(r).all().size()).sum();
    return Optional.of(Hibernation.health(left));
  }

  /** Without any one of a role, or a majority of masters, there is no answer to a client. */
  private static Optional<Health> notServing(Situation situation) {
    var missing =
        Stream.of(Role.values()).filter(r -> ready(situation, r) < needed(situation, r)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Health.waiting(
                "NotServing", counted(situation) + troubles(situation, missing.stream())));
  }

  private static int needed(Situation situation, Role role) {
    return role == Role.MASTER ? situation.spec().masters() / 2 + 1 : 1;
  }

  private static Optional<Health> incomplete(Situation situation) {
    var missing =
        Stream.of(Role.values()).filter(r -> ready(situation, r) < situation.wished(r)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "PodsNotReady", counted(situation) + troubles(situation, missing.stream())));
  }

  private static Optional<Health> scaling(Situation situation) {
    return new Drain(situation).underway().map(told -> Health.degraded("Scaling", told));
  }

  private static Optional<Health> rollingOut(Situation situation) {
    var sets = new Sets(situation);
    var behind =
        Sets.ROLES.stream()
            .filter(role -> sets.revision(role).filter(situation.members(role)::run).isEmpty())
            .map(Role::command)
            .collect(Collectors.joining(", "));
    return behind.isEmpty()
        ? Optional.empty()
        : Optional.of(Health.degraded("RollingOut", "still to be restarted: " + behind));
  }

  private static Optional<Health> growing(Situation situation) {
    return Sets.ROLES.stream()
        .flatMap(role -> situation.volumes(role).health().stream())
        .findFirst();
  }

  /** A bucket without a volume of its own takes nothing; where few can be begun, all goes on. */
  private static Optional<Health> slots(Situation situation) {
    return situation
        .facts()
        .surroundings()
        .reading(VolumeSlots.class)
        .filter(VolumeSlots::areFew)
        .map(
            s ->
                s.areGone()
                    ? Health.degraded("VolumeSlotsGone", told(s))
                    : new Health(
                        Health.State.READY, "VolumeSlotsLow", told(s), Health.Instances.NONE));
  }

  private static String told(VolumeSlots slots) {
    return "%d of %d volumes can still be begun, and each bucket needs one of its own for each"
            .formatted(slots.free(), slots.all())
        + " copy: raise spec.seaweedfs.volumes.replicas";
  }

  private static int ready(Situation situation, Role role) {
    return role == Role.S3
        ? DeploymentHealth.ready(
            situation.facts().find(Deployment.class, situation.part(role).name()))
        : situation.members(role).ready();
  }

  private static String counted(Situation situation) {
    return Stream.of(Role.values())
        .map(r -> "%d of %d %s".formatted(ready(situation, r), situation.wished(r), r.plural()))
        .collect(Collectors.joining(", ", "", " are ready"));
  }

  private static String troubles(Situation situation, Stream<Role> roles) {
    return roles.map(r -> situation.members(r).troubles()).collect(Collectors.joining());
  }

  /**
   * A role with a single pod is what counts: its loss is noticed, however many others there are.
   */
  private static Health counting(Health health, Situation situation) {
    if (situation.hibernates()) {
      return health.counting(0, 0);
    }
    var roles = List.of(Role.values());
    var single = roles.stream().filter(r -> situation.wished(r) == 1).toList();
    var counted = single.isEmpty() ? roles : single.subList(0, 1);
    return health.counting(
        counted.stream().mapToInt(r -> ready(situation, r)).sum(),
        counted.stream().mapToInt(situation::wished).sum());
  }
}
