package io.generalbots.operator.cluster.llm;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.servers.Companions;
import io.generalbots.operator.cluster.servers.DeploymentHealth;
import io.generalbots.operator.cluster.servers.Given;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Deployments;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A language model of the cluster's own, served by llama.cpp: gateways ask it while the provider
 * does not answer. Its file comes from the user: nothing is fetched.
 */
public final class Llm implements Component<BotCluster> {

  static final String NAME = "llm";

  private static final String GATEWAY = "gateway";

  private static final DeploymentHealth.Words WORDS =
      new DeploymentHealth.Words("model servers", "NoModelReady", "ModelsMissing");

  @Override
  public String name() {
    return NAME;
  }

  /** The Secrets of the user's that a provider needs. */
  public static Set<String> secrets(BotCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().llm().caSecretName())
        .map(Set::of)
        .orElse(Set.of());
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    var model = new LocalModel(cluster);
    if (!model.isWished()) {
      return new Plan.Absent();
    }
    return obstacle(model)
        .<Plan>map(o -> new Plan.Hold(o.message()))
        .orElseGet(() -> plan(model, facts));
  }

  /** Whatever it lacks, bot servers go on: what they ask is the provider's to answer first. */
  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var model = new LocalModel(cluster);
    return untrusted(cluster, facts).orElseGet(() -> health(model, facts));
  }

  private static Health health(LocalModel model, Facts facts) {
    if (!model.isWished()) {
      return Health.disabled();
    }
    return obstacle(model)
        .filter(o -> !model.cluster().getSpec().hibernate())
        .orElseGet(() -> servers(model, facts).health(WORDS));
  }

  private static Optional<Health> untrusted(BotCluster cluster, Facts facts) {
    return new Given(facts, "spec.llm.caSecretName")
        .missingAuthority(cluster.getSpec().llm().caSecretName())
        .map(why -> Health.degraded("SecretUnusable", why));
  }

  private static Optional<Health> obstacle(LocalModel model) {
    if (!Features.isOn(model.cluster(), GATEWAY)) {
      return Optional.of(
          Health.degraded(
              "GatewayDisabled",
              "bot servers come to the model through gateways: set gateway.enabled to true, or"
                  + " fallback.llm.enabled to false"));
    }
    return model.hasFile()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "ModelMissing",
                "the model's file is the user's to give: write fallback.llm.file with image or"
                    + " claimName, or set fallback.llm.enabled to false"));
  }

  private static Plan plan(LocalModel model, Facts facts) {
    var part = model.part();
    var image = Image.of(model.cluster(), NAME, facts.settings());
    var pod = new ModelPod(model, image).spec();
    return Plan.apply(
        new Wish.Managed(Access.serviceAccount(part)),
        new Wish.Managed(policy(part)),
        new Wish.Managed(
            Services.clusterIp(
                part.meta(), part.selector(), Services.port("http", LocalModel.PORT))),
        new Wish.Managed(Budgets.oneAtATime(part.meta(), part.selector())),
        new Wish.Managed(Deployments.surging(part, pod, wished(model))));
  }

  /** It calls nobody, and nobody but gateways calls it: it asks for no key. */
  private static NetworkPolicy policy(Part part) {
    var gateways = Policies.pods(new Part(part.cluster(), GATEWAY).selector());
    return Policies.closed(part, List.of(Policies.from(gateways, LocalModel.PORT)), List.of());
  }

  private static Companions servers(LocalModel model, Facts facts) {
    var part = model.part();
    var pods = facts.all(Pod.class, part.selector()).stream().map(Instance::new).toList();
    return new Companions(facts.find(Deployment.class, part.name()), pods, wished(model));
  }

  private static int wished(LocalModel model) {
    return model.cluster().getSpec().hibernate() ? 0 : 1;
  }
}
