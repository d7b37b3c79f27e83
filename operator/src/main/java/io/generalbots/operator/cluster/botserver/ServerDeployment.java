package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.generalbots.operator.kernel.Wish;

/** The Deployment of the bot servers. */
record ServerDeployment(Situation situation) {

  /** As the spec wishes it, with as many servers as may run now. */
  Wish wished() {
    var part = situation.part();
    DeploymentSpec spec =
        new DeploymentSpecBuilder()
            .withReplicas(new Departures(situation).replicas())
            .withSelector(new LabelSelector(null, part.selector()))
            .withStrategy(strategy())
            .withRevisionHistoryLimit(2)
            .withTemplate(new ServerPod(situation).template())
            .build();
    return new Wish.Managed(
        new DeploymentBuilder().withMetadata(part.meta()).withSpec(spec).build());
  }

  /** As it runs: named, so that it stays, and nothing is said of it. */
  Wish kept() {
    return new Wish.Once(
        new DeploymentBuilder().withMetadata(situation.part().meta()).build(), false);
  }

  /**
   * One more, and one at a time: a new version's first server migrates alone. A volume that only
   * one node can mount has to be left by the old server first.
   */
  private DeploymentStrategy strategy() {
    return new WorkVolume(situation).isShared()
        ? new DeploymentStrategy(
            new RollingUpdateDeployment(new IntOrString(1), new IntOrString(0)), "RollingUpdate")
        : new DeploymentStrategy(null, "Recreate");
  }
}
