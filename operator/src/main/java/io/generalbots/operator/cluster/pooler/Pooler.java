package io.generalbots.operator.cluster.pooler;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.servers.DeploymentHealth;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Deployments;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.kube.Services;
import io.generalbots.operator.residents.Residents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The connection pooler: one address that always leads to the primary of Postgres. */
public final class Pooler implements Component<BotCluster> {

  private static final DeploymentHealth.Words WORDS =
      new DeploymentHealth.Words("poolers", "NoPoolerReady", "PoolersMissing");

  /** The name of this component. */
  public static final String NAME = "pooler";

  /** The port of the service and of each pooler. */
  public static final int PORT = 5432;

  static final String PORT_NAME = "postgres";

  /** The user that may give orders on the console; unlike any role an application would have. */
  static final String ADMIN = "generalbots-operator";

  private static final int PASSWORD_LENGTH = 32;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    if (!isWanted(cluster)) {
      return new Plan.Absent();
    }
    var part = part(cluster);
    return Plan.apply(
        new Wish.Managed(Access.serviceAccount(part)),
        new Wish.Once(admin(part, facts), false),
        new Wish.Managed(
            PoolerConfig.configMap(
                part,
                cluster.getSpec().postgres().pooler(),
                Route.of(part.cluster(), Residents.of(facts)))),
        new Wish.Managed(deployment(part, cluster, facts.settings())),
        new Wish.Managed(
            Services.clusterIp(part.meta(), part.selector(), Services.port(PORT_NAME, PORT))),
        new Wish.Managed(Budgets.oneAtATime(part.meta(), part.selector())),
        new Wish.Managed(access(part, facts)));
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    if (!isWanted(cluster)) {
      return Health.disabled();
    }
    var deployment = facts.find(Deployment.class, part(cluster).name());
    return DeploymentHealth.of(WORDS, deployment, instances(cluster));
  }

  private static boolean isWanted(BotCluster cluster) {
    var postgres = cluster.getSpec().postgres();
    return postgres.pooler().enabled() && postgres.external() == null;
  }

  private static Part part(BotCluster cluster) {
    return new Part(cluster.getMetadata().getName(), NAME);
  }

  private static int instances(BotCluster cluster) {
    var spec = cluster.getSpec();
    return spec.hibernate() ? 0 : spec.postgres().pooler().instances();
  }

  private static Deployment deployment(Part part, BotCluster cluster, Settings settings) {
    var image = Image.of(cluster, NAME, settings);
    var pod = PoolerPods.pod(part, cluster.getSpec().postgres().pooler(), image);
    return Deployments.surging(part, pod, instances(cluster));
  }

  private static Secret admin(Part part, Facts facts) {
    return Secrets.basicAuth(
        part.meta("admin"),
        Map.of("username", ADMIN, "password", facts.entropy().password(PASSWORD_LENGTH)));
  }

  /** Pods of the namespace and of Tenants are clients; the operator gives orders on the console. */
  private static NetworkPolicy access(Part part, Facts facts) {
    var operator = Policies.operator(facts.settings());
    var servers = Policies.pods(PoolerConfig.servers(part.cluster()).selector());
    var in = new ArrayList<NetworkPolicyIngressRule>();
    in.add(Policies.from(Policies.pods(Map.of()), PORT));
    in.add(Policies.from(operator, PORT));
    Residents.pods(facts).forEach(pods -> in.add(Policies.from(pods, PORT)));
    return Policies.closed(part, in, List.of(Egress.dns(), Egress.to(servers, PORT)));
  }
}
