package io.generalbots.operator.cluster.media;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.generalbots.operator.cluster.servers.DeploymentHealth;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kube.Labels;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the workers, a Deployment of its own: it has a number, and with it a folder in the bucket,
 * that no other one has, and it never runs twice.
 *
 * @param situation the workers
 * @param number which of them it is
 */
record Worker(Situation situation, int number) {

  Deployment deployment(Pipeline pipeline) {
    var spec =
        new DeploymentSpecBuilder()
            .withReplicas(situation.hibernates() ? 0 : 1)
            .withSelector(new LabelSelector(null, situation.part().selector(Names.role(number))))
            .withStrategy(new DeploymentStrategy(null, "Recreate"))
            .withRevisionHistoryLimit(2)
            .withTemplate(template(pipeline))
            .build();
    return new DeploymentBuilder()
        .withMetadata(situation.part().named(situation.name(number)))
        .withSpec(spec)
        .build();
  }

  private PodTemplateSpec template(Pipeline pipeline) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(situation.part().labels())
        .addToLabels(Labels.ROLE, Names.role(number))
        .endMetadata()
        .withSpec(new WorkerPod(situation, pipeline, number).spec())
        .build();
  }

  /** Whether it plays what its Deployment says now. */
  boolean isReady() {
    var live = situation.deployment(number);
    return DeploymentHealth.ready(live.filter(Worker::isSeen)) > 0;
  }

  /** Why it does not play, in GStreamer's or the object store's own words where there are any. */
  Optional<String> trouble() {
    if (isReady()) {
      return Optional.empty();
    }
    return Optional.of(
        situation.pods(number).stream()
            .filter(p -> !p.isTerminating())
            .findFirst()
            .flatMap(p -> lastWords(p).or(p::troubleOrEnd))
            .orElse("not started yet"));
  }

  /** Of what does not run well now: another container may have had its troubles long ago. */
  private static Optional<String> lastWords(Instance pod) {
    return Stream.ofNullable(pod.pod().getStatus())
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(container -> !Boolean.TRUE.equals(container.getReady()))
        .flatMap(c -> Stream.of(c.getState(), c.getLastState()))
        .flatMap(state -> Stream.ofNullable(state).map(ContainerState::getTerminated))
        .flatMap(end -> Stream.ofNullable(end).map(ContainerStateTerminated::getMessage))
        .flatMap(Stream::ofNullable)
        .map(String::strip)
        .filter(message -> !message.isEmpty())
        .findFirst();
  }

  private static boolean isSeen(Deployment live) {
    return live.getMetadata().getGeneration().equals(live.getStatus().getObservedGeneration());
  }
}
