package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.operator.cluster.servers.Instance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pods of the servers.
 *
 * @param all every pod there is, by number
 * @param primaryName the pod the Service leads to
 */
record Servers(List<Instance> all, Optional<String> primaryName) {

  Servers {
    all = List.copyOf(all);
  }

  static Servers of(List<Pod> pods, Optional<String> primaryName) {
    return new Servers(
        pods.stream()
            .map(Instance::new)
            .sorted(Comparator.comparingInt(Instance::ordinal))
            .toList(),
        primaryName);
  }

  Optional<Instance> primary() {
    return all.stream().filter(this::isPrimary).findFirst();
  }

  boolean isPrimary(Instance server) {
    return primaryName.filter(server.name()::equals).isPresent();
  }

  int ready() {
    return (int) all.stream().filter(Instance::isReady).count();
  }

  /** Whether exactly the first so many are there and all of them serve. */
  boolean areReady(int count) {
    return all.size() == count && ready() == count;
  }

  /** One more than the highest number among them. */
  int span() {
    return all.stream().mapToInt(s -> s.ordinal() + 1).max().orElse(0);
  }
}
