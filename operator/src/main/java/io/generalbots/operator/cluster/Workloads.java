package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.stream.Stream;

/**
 * What runs of each component. A workload carries the name of the component that planned it; which
 * pods and volumes are its own, its selector says, whatever they are labelled.
 *
 * @param cluster the name of the BotCluster
 * @param facts what is
 */
record Workloads(String cluster, Facts facts) {

  /**
   * What keeps pods.
   *
   * @param replicas how many
   * @param selector which
   */
  private record Workload(int replicas, LabelSelector selector) {}

  /** Whether anything runs, or is to. */
  boolean areUp(String component) {
    return of(component).anyMatch(w -> w.replicas() > 0) || pods(component).findAny().isPresent();
  }

  /** Whether nothing is to run. */
  boolean areAsleep(String component) {
    return of(component).allMatch(w -> w.replicas() == 0);
  }

  Stream<Pod> pods(String component) {
    return owned(Pod.class, component);
  }

  Stream<PersistentVolumeClaim> claims(String component) {
    return owned(PersistentVolumeClaim.class, component);
  }

  /** Pods and volumes of one workload have its labels, from their templates. */
  private <T extends HasMetadata> Stream<T> owned(Class<T> kind, String component) {
    return of(component)
        .map(w -> w.selector().getMatchLabels())
        .distinct()
        .flatMap(labels -> facts.all(kind, labels).stream());
  }

  private Stream<Workload> of(String component) {
    var labels = new Part(cluster, component).selector();
    return Stream.concat(
        facts.all(Deployment.class, labels).stream()
            .map(d -> new Workload(d.getSpec().getReplicas(), d.getSpec().getSelector())),
        facts.all(StatefulSet.class, labels).stream()
            .map(s -> new Workload(s.getSpec().getReplicas(), s.getSpec().getSelector())));
  }
}
