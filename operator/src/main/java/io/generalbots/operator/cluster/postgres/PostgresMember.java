package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.time.Instant;
import java.util.Optional;

/**
 * One server of a cluster's Postgres, as its pod tells.
 *
 * @param pod its pod
 * @param state what Patroni tells about it
 */
public record PostgresMember(Pod pod, MemberState state) {

  private static final String STATUS = "status";

  static PostgresMember of(Pod pod) {
    var status = Objects.annotations(pod).getOrDefault(STATUS, "");
    return new PostgresMember(pod, MemberState.parse(status));
  }

  /** The name of its pod, which Patroni calls it by. */
  public String name() {
    return instance().name();
  }

  /** Whether Patroni says that it is the one that takes writes. */
  public boolean isPrimary() {
    return hasRole(Names.PRIMARY);
  }

  /** Whether Patroni says that it follows the primary. */
  public boolean isReplica() {
    return hasRole(Names.REPLICA);
  }

  /** Whether it takes connections. */
  public boolean isReady() {
    return instance().isReady();
  }

  /** Whether its pod is on its way out. */
  public boolean isTerminating() {
    return instance().isTerminating();
  }

  /** Its number in the StatefulSet. */
  int ordinal() {
    return instance().ordinal();
  }

  boolean runs(String revision) {
    return instance().runs(revision);
  }

  /** Why a container does not run, in the kubelet's word: {@code ImagePullBackOff}. */
  Optional<String> waitsBecause() {
    return instance().waitsBecause();
  }

  /** Whether it last ended before that time and now waits for its next start. */
  boolean gaveUpBefore(Instant time) {
    return instance().gaveUpBefore(time);
  }

  private boolean hasRole(String role) {
    return role.equals(Objects.labels(pod).get(Labels.ROLE));
  }

  private Instance instance() {
    return new Instance(pod);
  }
}
