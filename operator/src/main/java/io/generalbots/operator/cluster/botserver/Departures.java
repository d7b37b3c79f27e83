package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.operator.cluster.scaling.Load;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which bot servers go when there are too many. They are marked first, by which gateways take them
 * out of their pool; only when the marks are there is the Deployment lowered, and Kubernetes
 * removes those that are marked. All that has to be remembered stands on the pods: an operator that
 * ends anywhere is followed by one that goes on from there. The waiting is the kubelet's: a pod
 * that is removed ends when nothing is open in it.
 */
record Departures(Situation situation) {

  /** By this a ReplicaSet removes a pod before others that serve as well. */
  static final Map<String, String> FIRST =
      Map.of("controller.kubernetes.io/pod-deletion-cost", "-2147483648");

  /** The number for the Deployment in this round. */
  int replicas() {
    var goal = goal();
    return goal == 0 || goal >= asked() || leaving().stream().allMatch(Departures::isMarked)
        ? goal
        : asked();
  }

  /** Those that are to go. Whoever is removed all at once needs no marks. */
  List<Pod> leaving() {
    return goal() == 0 ? List.of() : staying().stream().sorted(order()).limit(surplus()).toList();
  }

  /**
   * As many as are asked for too much; then, until they are gone, those that are marked. One that
   * is more than asked for without a mark is the next version's first.
   */
  private int surplus() {
    var marked = (int) staying().stream().filter(Departures::isMarked).count();
    return goal() < asked()
        ? asked() - goal()
        : Math.max(0, Math.min(marked, staying().size() - goal()));
  }

  private int goal() {
    return new Scaling(situation).replicas();
  }

  private int asked() {
    return situation.deployment().map(d -> d.getSpec().getReplicas()).orElse(0);
  }

  private List<Pod> staying() {
    return situation.pods().stream().filter(p -> !new Instance(p).isTerminating()).toList();
  }

  /** A ReplicaSet removes those that do not serve before any other, whatever is written on them. */
  private Comparator<Pod> order() {
    return Comparator.<Pod, Boolean>comparing(pod -> new Instance(pod).isReady())
        .thenComparing(pod -> !isMarked(pod))
        .thenComparing(this::open)
        .thenComparing(Departures::age, Comparator.reverseOrder())
        .thenComparing(pod -> pod.getMetadata().getName());
  }

  private long open(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .map(PodStatus::getPodIP)
        .flatMap(
            ip ->
                load()
                    .map(
                        load ->
                            load.open().getOrDefault(Address.ofPod(ip, Names.PORT).toString(), 0L)))
        .orElse(0L);
  }

  private Optional<Load> load() {
    return situation.facts().surroundings().reading(Load.class);
  }

  private static String age(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getCreationTimestamp()).orElse("");
  }

  private static boolean isMarked(Pod pod) {
    return BotServerStage.DRAINING.word().equals(Objects.labels(pod).get(Labels.STAGE))
        && Objects.annotations(pod).keySet().containsAll(FIRST.keySet());
  }
}
