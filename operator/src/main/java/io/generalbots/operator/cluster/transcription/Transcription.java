package io.generalbots.operator.cluster.transcription;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.cluster.servers.Companions;
import io.generalbots.operator.cluster.servers.DeploymentHealth;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Deployments;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agents that write down what is said in rooms: an image of the user's, and the way in. */
public final class Transcription implements Component<BotCluster> {

  private static final String NAME = "transcription";
  private static final String COMPONENT = "livekit-transcription";

  private static final DeploymentHealth.Words WORDS =
      new DeploymentHealth.Words("agents", "NoAgentReady", "AgentsMissing");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    if (!isWanted(cluster)) {
      return new Plan.Absent();
    }
    var entrance = new Entrance(cluster, facts);
    return obstacle(cluster, entrance)
        .<Plan>map(o -> new Plan.Hold(o.message()))
        .orElseGet(() -> plan(cluster, entrance));
  }

  /** Whatever agents lack, rooms go on. */
  @Override
  public Health health(BotCluster cluster, Facts facts) {
    if (!isWanted(cluster)) {
      return Health.disabled();
    }
    return obstacle(cluster, new Entrance(cluster, facts))
        .filter(o -> !cluster.getSpec().hibernate())
        .orElseGet(() -> agents(cluster, facts).health(WORDS));
  }

  private static boolean isWanted(BotCluster cluster) {
    return Entrance.isThere(cluster) && cluster.getSpec().livekit().transcription().enabled();
  }

  private static Optional<Health> obstacle(BotCluster cluster, Entrance entrance) {
    var unusable = new AgentPod(cluster).unusable();
    if (!unusable.isEmpty()) {
      return Optional.of(
          Health.degraded(
              "VariableUnusable",
              "livekit.transcription.environment has what cannot be the name of a variable: "
                  + String.join(", ", unusable)));
    }
    return entrance.revision().isPresent()
        ? Optional.empty()
        : Optional.of(
            Health.degraded("WaitingForLiveKit", "waits for the Secret " + entrance.name()));
  }

  private static Plan plan(BotCluster cluster, Entrance entrance) {
    var part = part(cluster);
    var pod = new AgentPod(cluster).spec(part, entrance);
    var annotations = Map.of(Entrance.DIGEST, entrance.revision().orElseThrow());
    return Plan.apply(
        new Wish.Managed(Access.serviceAccount(part)),
        new Wish.Managed(policy(part, entrance)),
        new Wish.Managed(Budgets.oneAtATime(part.meta(), part.selector())),
        new Wish.Managed(Deployments.surging(part, pod, wished(cluster), annotations)));
  }

  /** What else an agent calls, such as a service for speech, its user opens by another policy. */
  private static NetworkPolicy policy(Part part, Entrance entrance) {
    var out = new ArrayList<NetworkPolicyEgressRule>();
    out.add(Egress.dns());
    out.addAll(entrance.ways());
    return Policies.closed(part, List.of(), out);
  }

  private static Companions agents(BotCluster cluster, Facts facts) {
    var part = part(cluster);
    var pods = facts.all(Pod.class, part.selector()).stream().map(Instance::new).toList();
    return new Companions(facts.find(Deployment.class, part.name()), pods, wished(cluster));
  }

  private static Part part(BotCluster cluster) {
    return new Part(cluster.getMetadata().getName(), COMPONENT);
  }

  private static int wished(BotCluster cluster) {
    var spec = cluster.getSpec();
    return spec.hibernate() ? 0 : spec.livekit().transcription().replicas();
  }
}
