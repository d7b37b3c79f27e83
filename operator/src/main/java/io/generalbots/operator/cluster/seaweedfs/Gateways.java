package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.generalbots.operator.kube.Part;

/** What keeps nothing, and is replaced by a new one that serves before an old one goes. */
final class Gateways {

  private Gateways() {}

  static Deployment of(Situation situation, int replicas) {
    var part = situation.part(Role.S3);
    return deployment(part, part.name(), new Pods(situation).template(Role.S3), replicas);
  }

  static Deployment deployment(Part part, String name, PodTemplateSpec template, int replicas) {
    var oneMore =
        new DeploymentStrategy(
            new RollingUpdateDeployment(new IntOrString(1), new IntOrString(0)), "RollingUpdate");
    var spec =
        new DeploymentSpecBuilder()
            .withReplicas(replicas)
            .withSelector(new LabelSelector(null, part.selector()))
            .withStrategy(oneMore)
            .withRevisionHistoryLimit(2)
            .withTemplate(template)
            .build();
    return new DeploymentBuilder().withMetadata(part.named(name)).withSpec(spec).build();
  }
}
