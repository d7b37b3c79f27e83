package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Map;

/** Deployments of pods that keep nothing: a new one serves before an old one goes. */
public final class Deployments {

  /** Services need a moment to learn of a new pod before an old one may leave. */
  private static final int SETTLE_SECONDS = 3;

  private Deployments() {}

  /** So many of this pod. */
  public static Deployment surging(Part part, PodSpec pod, int replicas) {
    return surging(part, pod, replicas, Map.of());
  }

  /** The same; other annotations of the pods replace them. */
  public static Deployment surging(
      Part part, PodSpec pod, int replicas, Map<String, String> annotations) {
    DeploymentSpec spec =
        new DeploymentSpecBuilder()
            .withReplicas(replicas)
            .withSelector(new LabelSelector(null, part.selector()))
            .withStrategy(oneMore())
            .withMinReadySeconds(SETTLE_SECONDS)
            .withRevisionHistoryLimit(2)
            .withTemplate(template(part, pod, annotations))
            .build();
    return new DeploymentBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private static DeploymentStrategy oneMore() {
    return new DeploymentStrategy(
        new RollingUpdateDeployment(new IntOrString(1), new IntOrString(0)), "RollingUpdate");
  }

  private static PodTemplateSpec template(Part part, PodSpec pod, Map<String, String> annotations) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(part.labels())
        .withAnnotations(annotations)
        .endMetadata()
        .withSpec(pod)
        .build();
  }
}
