package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Map;
import java.util.Optional;

/**
 * The servers, as a Deployment: one that is to stop goes on with its rooms for as long as they last
 * while another one takes its place at once, which a StatefulSet would not have it do.
 *
 * @param situation the cluster
 * @param configuration what the servers run by
 */
record ServerDeployment(Situation situation, Configuration configuration) {

  /** Services need a moment to learn of a new pod before an old one may leave. */
  private static final int SETTLE_SECONDS = 3;

  Deployment wished() {
    var part = situation.part();
    DeploymentSpec spec =
        new DeploymentSpecBuilder()
            .withReplicas(situation.wished())
            .withSelector(new LabelSelector(null, part.selector()))
            .withStrategy(strategy())
            .withMinReadySeconds(SETTLE_SECONDS)
            .withRevisionHistoryLimit(2)
            .withTemplate(template())
            .build();
    return new DeploymentBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  /** Whether all servers that take clients run by the files as they are now. */
  boolean isEverywhere() {
    return situation.deployment().filter(this::isEverywhere).isPresent();
  }

  private boolean isEverywhere(Deployment live) {
    var status = Optional.ofNullable(live.getStatus());
    var wished = situation.wished();
    return configuration.digest().equals(digest(live))
        && java.util.Objects.equals(live.getSpec().getReplicas(), wished)
        && status
            .filter(s -> live.getMetadata().getGeneration().equals(s.getObservedGeneration()))
            .filter(s -> count(s.getReplicas()) == wished)
            .filter(s -> count(s.getUpdatedReplicas()) == wished)
            .filter(s -> count(s.getAvailableReplicas()) == wished)
            .isPresent();
  }

  private static String digest(Deployment live) {
    var meta = live.getSpec().getTemplate().getMetadata();
    var annotations = Optional.ofNullable(meta.getAnnotations()).orElse(Map.of());
    return annotations.getOrDefault(Names.DIGEST, "");
  }

  static int count(Integer number) {
    return number == null ? 0 : number;
  }

  /** On the node's own network a second server finds its ports taken until the first is gone. */
  private DeploymentStrategy strategy() {
    var surge = situation.spec().hostNetwork() ? 0 : 1;
    return new DeploymentStrategy(
        new RollingUpdateDeployment(new IntOrString(surge), new IntOrString(1 - surge)),
        "RollingUpdate");
  }

  private PodTemplateSpec template() {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(situation.part().labels())
        .addToAnnotations(Names.DIGEST, configuration.digest())
        .endMetadata()
        .withSpec(new ServerPod(situation, configuration.bus()).spec())
        .build();
  }
}
