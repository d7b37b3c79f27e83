package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.external.qdrant.Tending;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many peers to ask for now, and what has to be done to the collections before anything else:
 * up at once, down one by one and only when the highest has given everything away.
 *
 * @param situation the peers
 */
record Course(Situation situation) {

  /** The number for the StatefulSet before any step is done. */
  int replicas() {
    var current = situation.current();
    if (situation.hibernates()) {
      return 0;
    } else if (current == 0) {
      return Math.max(situation.wished(), holding());
    }
    return isRetiring() ? current : Math.max(situation.wished(), current);
  }

  /**
   * What is to be done to the collections, if there is any reason to look at them: a peer is to go,
   * one has lost its volume, or spec or volumes are not those of the last time. Nothing is asked
   * for otherwise.
   */
  Optional<Tending> step() {
    var mayAct = !situation.hibernates() && !isRetiring() && replicas() == situation.current();
    return mayAct && isReason() && areInService() ? Optional.of(tending()) : Optional.empty();
  }

  /** The number for the StatefulSet once the step is done: that of the peers that stay. */
  int stay() {
    var current = situation.current();
    return situation.wished() < current && !situation.hibernates() ? current - 1 : replicas();
  }

  /** Whether a peer that has given everything away, or its volume, is still there. */
  boolean isRetiring() {
    var current = situation.current();
    return current > 0 && !situation.hibernates() && holding() > current;
  }

  /** The role of a pod: whether clients are led to it. */
  String role(Instance pod) {
    return pod.ordinal() < stay() || situation.hibernates() ? Names.PEER : Names.LEAVING;
  }

  /** Peers with a new volume that the cluster does not let in, since it remembers the old one. */
  Set<Integer> newcomers() {
    return situation.pods().stream()
        .filter(p -> !p.isReady() && p.lastWords().filter(Names.NEWCOMER::equals).isPresent())
        .map(Instance::ordinal)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isReason() {
    return stay() < situation.current()
        || !newcomers().isEmpty()
        || !Tended.now(situation).equals(Tended.last(situation));
  }

  /** Those who stay serve, or wait to be let in; one that goes has no clients any more. */
  private boolean areInService() {
    var waiting = newcomers();
    var pods = situation.pods();
    var staying = pods.stream().filter(p -> p.ordinal() < stay()).toList();
    return staying.size() == stay()
        && staying.stream().allMatch(p -> p.isReady() || waiting.contains(p.ordinal()))
        && pods.stream().allMatch(p -> role(p).equals(Objects.labels(p.pod()).get(Labels.ROLE)));
  }

  private Tending tending() {
    var spec = situation.spec();
    return new Tending(
        situation.part().cluster(),
        new Tending.Site(situation.scheme(), Names.HTTP_PORT),
        new Tending.Peers(stay(), newcomers()),
        new Tending.Collections(spec.replicationFactor(), spec.textIndexes()));
  }

  /** One more than the highest number of a pod or a volume. */
  private int holding() {
    return Stream.<HasMetadata>concat(
            situation.claims().stream(), situation.pods().stream().<HasMetadata>map(Instance::pod))
        .mapToInt(o -> ordinal(o.getMetadata().getName()) + 1)
        .max()
        .orElse(0);
  }

  /** The number at the end of the name of a pod or of its volume. */
  static int ordinal(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }
}
