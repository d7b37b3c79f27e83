package io.generalbots.operator.cluster.seaweedfs;

import java.util.List;

/**
 * How many pods of each role there are to be in this round. All begin at once, since each waits for
 * what it needs. They end one role after another: a filer without volume servers never ends, and
 * what a gateway has taken on is written down before those that write it go.
 *
 * @param situation the cluster
 */
record Order(Situation situation) {

  private static final List<Role> LAST_FIRST =
      List.of(Role.S3, Role.FILER, Role.VOLUME, Role.MASTER);

  int replicas(Role role, Drain drain) {
    if (situation.hibernates()) {
      return mayEnd(role) ? 0 : current(role);
    }
    return role == Role.VOLUME ? drain.replicas() : situation.wished(role);
  }

  /** Whether nobody is left who would miss it. */
  private boolean mayEnd(Role role) {
    return LAST_FIRST.subList(0, LAST_FIRST.indexOf(role)).stream()
        .allMatch(before -> situation.members(before).isEmpty());
  }

  private int current(Role role) {
    return situation.set(role).map(s -> s.getSpec().getReplicas()).orElse(0);
  }
}
