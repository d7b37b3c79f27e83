package io.generalbots.operator.shard.router;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.RouterSpec;
import io.generalbots.api.v1alpha1.shard.Strategy;
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
import io.generalbots.operator.kube.Services;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The routers of a policy. They go with it, and decide by what is published of it, which does not
 * need them; while its BotCluster sleeps they go on to send users to other regions.
 *
 * @param cluster whose images and places for pods they share
 */
public record Router(BotCluster cluster) implements Component<ShardPolicy> {

  private static final String NAME = "router";

  /** The image, and the field of the spec that names another one. */
  private static final String IMAGE = "edge";

  private static final DeploymentHealth.Words WORDS =
      new DeploymentHealth.Words("routers", "NoRouterReady", "RoutersMissing");

  private static final int LONGEST = 63;
  private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    if (!isOn(policy) || !canBeNamed(policy)) {
      return new Plan.Absent();
    }
    var part = part(policy);
    var namespace = policy.getMetadata().getNamespace();
    return new Plan.Apply(
        Stream.of(
                Access.serviceAccount(part),
                Access.role(part, Access.rule("configmaps", "list", "watch")),
                Access.roleBinding(part, namespace),
                policy(part, facts.settings()),
                deployment(policy, facts),
                Services.clusterIp(
                    part.meta(), part.selector(), Services.port("http", RouterPods.PORT)),
                Budgets.oneAtATime(part.meta(), part.selector()))
            .<Wish>map(Wish.Managed::new)
            .toList());
  }

  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    if (!isOn(policy)) {
      return Health.disabled();
    }
    if (!canBeNamed(policy)) {
      return Health.refused(
          "NameNotUsable",
          "no Service can be called %s: create it with a name of at most %d letters, digits and dashes that begins with a letter, or write router.enabled: false"
              .formatted(part(policy).name(), LONGEST - NAME.length() - 1));
    }
    var live = facts.find(Deployment.class, part(policy).name());
    return DeploymentHealth.of(WORDS, live, spec(policy).replicas());
  }

  /** Regions are of no use without somebody who chooses; who has a key can find its shard. */
  private static boolean isOn(ShardPolicy policy) {
    return Optional.ofNullable(spec(policy).enabled())
        .orElse(policy.getSpec().strategy() == Strategy.GEO);
  }

  /** A Service is a name in DNS, which fewer names are than those of policies. */
  private static boolean canBeNamed(ShardPolicy policy) {
    var name = part(policy).name();
    return name.length() <= LONGEST && LABEL.matcher(name).matches();
  }

  private Deployment deployment(ShardPolicy policy, Facts facts) {
    var image = Image.of(cluster, IMAGE, facts.settings());
    var pods = new RouterPods(part(policy), image, policy);
    return Deployments.surging(part(policy), pods.pod(), spec(policy).replicas());
  }

  /** It is asked by proxies, which are pods of its namespace, and asks the API server alone. */
  private static NetworkPolicy policy(Part part, Settings settings) {
    return Policies.closed(
        part,
        List.of(Policies.from(Policies.pods(Map.of()), RouterPods.PORT)),
        List.of(Egress.dns(), Egress.apiServer(settings.apiServer())));
  }

  private static Part part(ShardPolicy policy) {
    return Part.ofPolicy(policy.getMetadata().getName(), NAME);
  }

  private static RouterSpec spec(ShardPolicy policy) {
    return policy.getSpec().router();
  }
}
