package io.generalbots.operator.cluster.recording;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.cluster.servers.Companions;
import io.generalbots.operator.cluster.servers.DeploymentHealth;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Deployments;
import java.util.Map;

/** Recording of rooms, by LiveKit's own recorder into a bucket of the object store. */
public final class Recording implements Component<BotCluster> {

  /** The name of this component. */
  public static final String NAME = "recording";

  private static final DeploymentHealth.Words WORDS =
      new DeploymentHealth.Words("recorders", "NoRecorderReady", "RecordersMissing");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    return isPossible(situation)
        ? Configuration.of(situation)
            .map(configuration -> plan(situation, configuration))
            .orElseGet(() -> new Plan.Hold(missing(situation).message()))
        : new Plan.Absent();
  }

  /** Whatever recorders lack, rooms go on: it is never the reason why a cluster does not serve. */
  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    if (!situation.isWanted()) {
      return Health.disabled();
    } else if (!situation.hasStore()) {
      return Health.stopped(
          "NoObjectStore",
          "nothing is recorded without an object store: switch on seaweedfs, or"
              + " livekit.recording.enabled off");
    } else if (!Entrance.hasBus(cluster)) {
      return Health.stopped(
          "NoRecorderBus",
          "nothing is recorded where Valkey is elsewhere: recorders are given orders by the"
              + " managed one");
    }
    return Configuration.of(situation).isPresent() || situation.hibernates()
        ? new Companions(situation.deployment(), situation.pods(), situation.wished()).health(WORDS)
        : missing(situation);
  }

  private static boolean isPossible(Situation situation) {
    return situation.isWanted() && situation.hasStore() && Entrance.hasBus(situation.cluster());
  }

  private static Health missing(Situation situation) {
    return Health.degraded(
        "WaitingForSecrets",
        "waits for the Secrets of LiveKit, of Valkey, and "
            + situation.storeName()
            + " of the bucket");
  }

  private static Plan plan(Situation situation, Configuration configuration) {
    var part = situation.part();
    var pod = new RecorderPod(situation, configuration).spec();
    var annotations = Map.of(Entrance.DIGEST, configuration.digest());
    return Plan.apply(
        new Wish.Managed(configuration.secret()),
        new Wish.Managed(Access.serviceAccount(part)),
        new Wish.Managed(new Network(situation, configuration.store()).policy()),
        new Wish.Managed(Budgets.oneAtATime(part.meta(), part.selector())),
        new Wish.Managed(Deployments.surging(part, pod, situation.wished(), annotations)));
  }
}
