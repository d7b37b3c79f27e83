package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.generalbots.api.v1alpha1.cluster.BotServerInstance;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far each bot server is in its life: written on its pod, for people and for gateways. */
record Stages(Situation situation) {

  /** The marks of all pods, and on those that are to go, that they go first. */
  List<Wish> wishes() {
    var leaving = new Departures(situation).leaving();
    return situation.pods().stream().<Wish>map(pod -> mark(pod, leaving.contains(pod))).toList();
  }

  /** The same for the status. */
  List<BotServerInstance> told() {
    var leaving = new Departures(situation).leaving();
    return situation.pods().stream()
        .map(
            pod ->
                new BotServerInstance(
                    pod.getMetadata().getName(), stage(pod, leaving.contains(pod))))
        .toList();
  }

  private static Wish mark(Pod pod, boolean isLeaving) {
    var meta =
        new ObjectMetaBuilder()
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .addToLabels(Labels.STAGE, stage(pod, isLeaving).word())
            .addToAnnotations(isLeaving ? Departures.FIRST : Map.of())
            .build();
    return new Wish.Amend(new PodBuilder().withMetadata(meta).build());
  }

  private static BotServerStage stage(Pod pod, boolean isLeaving) {
    if (new Instance(pod).isTerminating()) {
      return answers(pod) ? BotServerStage.DRAINING : BotServerStage.STOPPING;
    } else if (isLeaving) {
      return BotServerStage.DRAINING;
    } else if (answers(pod)) {
      return BotServerStage.READY;
    } else if (isRunning(pod)) {
      return BotServerStage.STARTING;
    }
    return pod.getSpec().getNodeName() == null
        ? BotServerStage.CREATING
        : BotServerStage.CONFIGURING;
  }

  /** Whether the kubelet finds that it serves. It goes on asking while a pod drains. */
  private static boolean answers(Pod pod) {
    return status(pod).stream()
            .flatMap(s -> s.getConditions().stream())
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()))
        && isRunning(pod);
  }

  private static boolean isRunning(Pod pod) {
    return status(pod).stream()
        .flatMap(s -> s.getContainerStatuses().stream())
        .filter(c -> Names.COMPONENT.equals(c.getName()))
        .map(ContainerStatus::getState)
        .anyMatch(state -> Optional.ofNullable(state).map(ContainerState::getRunning).isPresent());
  }

  private static Optional<PodStatus> status(Pod pod) {
    return Optional.ofNullable(pod.getStatus());
  }
}
