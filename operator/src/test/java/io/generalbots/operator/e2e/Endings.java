package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;

/** In which order the pods of a namespace are told to end, and are gone. */
final class Endings implements AutoCloseable, ResourceEventHandler<Pod> {

  private static final String TOLD = " is told to end";
  private static final String GONE = " is gone";

  private final List<String> course = new ArrayList<>();
  private final SharedIndexInformer<Pod> pods;

  Endings(KubernetesClient client, String namespace) {
    this.pods = client.pods().inNamespace(namespace).inform(this);
  }

  /** Whether the last pod of one component was gone before any of the other was told to end. */
  synchronized boolean isEndedBefore(String first, String then) {
    var gone = course.lastIndexOf(first + GONE);
    var told = course.indexOf(then + TOLD);
    return gone >= 0 && told > gone;
  }

  @Override
  public void onAdd(Pod pod) {}

  @Override
  public synchronized void onUpdate(Pod former, Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null
        && former.getMetadata().getDeletionTimestamp() == null) {
      course.add(component(pod) + TOLD);
    }
  }

  @Override
  public synchronized void onDelete(Pod pod, boolean isFinalStateUnknown) {
    course.add(component(pod) + GONE);
  }

  private static String component(Pod pod) {
    return pod.getMetadata().getLabels().getOrDefault("generalbots.io/component", "");
  }

  @Override
  public void close() {
    pods.close();
  }

  @Override
  public synchronized String toString() {
    return course.toString();
  }
}
