package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.operator.cluster.servers.Instance;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The pods of one role.
 *
 * @param all every pod there is
 */
record Members(List<Instance> all) {

  Members {
    all = List.copyOf(all);
  }

  static Members of(List<Pod> pods) {
    return new Members(pods.stream().map(Instance::new).toList());
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int ready() {
    return (int) all.stream().filter(Instance::isReady).count();
  }

  /**
   * Pods of an old revision that do not serve: a StatefulSet waits for them for ever, even when the
   * cause is long reverted.
   */
  List<Instance> stuck(String revision) {
    return all.stream()
        .filter(p -> !p.runs(revision) && !p.isReady() && !p.isTerminating())
        .toList();
  }

  /** Whether all run what is wished now. */
  boolean run(String revision) {
    return all.stream().allMatch(p -> p.runs(revision));
  }

  /** What keeps pods from serving, each with its name; empty when all serve. */
  String troubles() {
    return all.stream()
        .flatMap(p -> p.trouble().map(why -> "; " + p.name() + ": " + why).stream())
        .collect(Collectors.joining());
  }
}
