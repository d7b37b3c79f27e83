package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.servers.DeploymentHealth;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Deployments;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The gateway: Caddy, the one way from outside to the bot servers, to LiveKit and to files. */
public final class Gateway implements Component<BotCluster> {

  private static final DeploymentHealth.Words WORDS =
      new DeploymentHealth.Words("gateways", "NoGatewayReady", "GatewaysMissing");

  /** The component's name. */
  public static final String NAME = "gateway";

  /** What its objects with the certificate end in. */
  public static final String CERTIFICATE = "server";

  /** Where its pods tell what they have counted. */
  public static final int METRICS_PORT = Ports.HEALTH;

  private static final String METRICS = "metrics";

  static final String COOKIE = "cookie";
  static final String COOKIE_KEY = "secret";

  private static final int SECRET_LENGTH = 32;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    if (!Features.isOn(cluster, NAME)) {
      return new Plan.Absent();
    }
    var part = part(cluster);
    var network = new Network(part, cluster, facts);
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Managed(Access.serviceAccount(part)));
    wishes.add(new Wish.Once(cookieSecret(part, facts), false));
    wishes.add(new Wish.Managed(configMap(part, cluster, facts)));
    wishes.add(new Wish.Managed(ServersFile.of(part.cluster(), facts).configMap(part)));
    wishes.addAll(doors(network, cluster, facts));
    wishes.add(new Wish.Managed(deployment(part, cluster, facts)));
    wishes.add(new Wish.Managed(network.service()));
    wishes.add(new Wish.Managed(network.metrics(METRICS)));
    wishes.add(new Wish.Managed(Budgets.oneAtATime(part.meta(), part.selector())));
    wishes.add(new Wish.Managed(network.policy()));
    return new Plan.Apply(wishes);
  }

  /** By which Tenants come to what cannot tell them apart, and bot servers to language models. */
  private static List<Wish> doors(Network network, BotCluster cluster, Facts facts) {
    var wishes = new ArrayList<Wish>();
    if (RoomKeys.areChecked(cluster)) {
      wishes.add(new Wish.Managed(new RoomKeys(cluster, facts).secret()));
      wishes.add(new Wish.Managed(network.rooms()));
    }
    if (VectorKeys.areChecked(cluster)) {
      wishes.add(new Wish.Managed(new VectorKeys(cluster, facts).secret()));
      wishes.add(new Wish.Managed(network.vectors()));
    }
    if (Models.areOffered(cluster)) {
      var models = new Models(cluster, facts);
      wishes.add(new Wish.Managed(models.secret()));
      wishes.add(new Wish.Managed(models.service()));
    }
    return wishes;
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    if (!Features.isOn(cluster, NAME)) {
      return Health.disabled();
    }
    var deployment = facts.find(Deployment.class, part(cluster).name());
    return DeploymentHealth.of(WORDS, deployment, replicas(cluster));
  }

  /** The name by which all pods are found that tell what they have counted. */
  public static String metricsHost(BotCluster cluster, String clusterDomain) {
    return "%s.%s.svc.%s"
        .formatted(
            part(cluster).name(METRICS), cluster.getMetadata().getNamespace(), clusterDomain);
  }

  private static Part part(BotCluster cluster) {
    return new Part(cluster.getMetadata().getName(), NAME);
  }

  private static int replicas(BotCluster cluster) {
    var spec = cluster.getSpec();
    return spec.hibernate() ? 0 : spec.gateway().replicas();
  }

  /** What the pods have beside their configuration. */
  private static Map<String, String> mounted(BotCluster cluster) {
    var part = part(cluster);
    var secrets = new TreeMap<>(new Limits(cluster).secrets());
    if (PublicHosts.needCertificate(cluster)) {
      secrets.put(GatewayPods.TLS, part.name(CERTIFICATE));
    }
    if (RoomKeys.areChecked(cluster)) {
      secrets.put(RoomKeys.NAME, part.name(RoomKeys.NAME));
    }
    if (VectorKeys.areChecked(cluster)) {
      secrets.put(VectorKeys.NAME, part.name(VectorKeys.NAME));
    }
    if (Models.areOffered(cluster)) {
      secrets.put(Models.NAME, part.name(Models.NAME));
    }
    return secrets;
  }

  /** Whoever knew it could choose the bot server that a session goes to. */
  private static Secret cookieSecret(Part part, Facts facts) {
    return Secrets.opaque(
        part.meta(COOKIE), Map.of(COOKIE_KEY, facts.entropy().password(SECRET_LENGTH)));
  }

  private static ConfigMap configMap(Part part, BotCluster cluster, Facts facts) {
    return new ConfigMapBuilder()
        .withMetadata(part.meta())
        .withData(
            Map.of(
                GatewayPods.CADDYFILE, Caddyfile.of(cluster, facts).text(),
                GatewayPods.SCRIPT, Resources.text("gateway/" + GatewayPods.SCRIPT)))
        .build();
  }

  private static Deployment deployment(Part part, BotCluster cluster, Facts facts) {
    var image = Image.of(cluster, NAME, facts.settings());
    var pods = new GatewayPods(part, image, mounted(cluster));
    var resources = Optional.ofNullable(cluster.getSpec().gateway().resources());
    return Deployments.surging(part, pods.pod(resources), replicas(cluster));
  }
}
