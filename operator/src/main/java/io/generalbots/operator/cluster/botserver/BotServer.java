package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotServerInstance;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bot servers. They start when all that they need is there, and stay when it goes. */
public final class BotServer implements Component<BotCluster> {

  private final Gate gate;

  /**
   * Bot servers that need these.
   *
   * @param stores in the order in which they start
   * @param doubt why the vault may not have every entry
   */
  public BotServer(
      List<Component<BotCluster>> stores, BiFunction<BotCluster, Facts, Optional<String>> doubt) {
    this.gate = new Gate(stores, doubt);
  }

  @Override
  public String name() {
    return Names.COMPONENT;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    if (!isWanted(cluster)) {
      return BotServers.none(part(cluster), facts, ClusterSite.retains(cluster));
    }
    var servers = servers(cluster, facts);
    var situation = servers.situation();
    var open = gate.obstacle(cluster, situation).isEmpty();
    var wishes = new ArrayList<>(servers.wishes(open));
    wishes.addAll(new Defaults(cluster, situation).wishes(open));
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    if (!isWanted(cluster)) {
      return Health.disabled();
    }
    var servers = servers(cluster, facts);
    return servers.health(gate.obstacle(cluster, servers.situation()));
  }

  /** How many bot servers there are, if there are to be any. */
  public static Optional<Integer> replicas(BotCluster cluster, Facts facts) {
    return Optional.of(cluster)
        .filter(BotServer::isWanted)
        .map(c -> BotServerHealth.replicas(servers(c, facts).situation()));
  }

  /** Each of them, and how far it is in its life. */
  public static List<BotServerInstance> instances(BotCluster cluster, Facts facts) {
    return isWanted(cluster) ? new Stages(servers(cluster, facts).situation()).told() : List.of();
  }

  /** What each of them asks for of a resource, or may have at most where it asks for nothing. */
  public static Optional<Quantity> request(BotCluster cluster, String resource) {
    var resources = ServerResources.of(cluster.getSpec().botserver());
    return Stream.of(resources.getRequests(), resources.getLimits())
        .flatMap(amounts -> Stream.ofNullable(amounts.get(resource)))
        .findFirst();
  }

  /** Whether a volume that one node alone can mount keeps them from becoming several. */
  public static boolean isBound(BotCluster cluster, Facts facts) {
    return isWanted(cluster) && new Scaling(servers(cluster, facts).situation()).isBound();
  }

  /** The labels of their pods as text, if there are to be any. */
  public static Optional<String> selector(BotCluster cluster) {
    return Optional.of(cluster)
        .filter(BotServer::isWanted)
        .map(c -> new TreeMap<>(part(c).selector()))
        .map(BotServer::text);
  }

  /** The version that serves, if there are to be bot servers; of two, the former. */
  public static Optional<String> version(BotCluster cluster, Facts facts) {
    return facts.all(Pod.class, part(cluster).selector()).stream()
        .filter(p -> new Instance(p).isReady())
        .min(Comparator.comparing(p -> String.valueOf(p.getMetadata().getCreationTimestamp())))
        .map(ServerPod::version);
  }

  /** Whether there are to be bot servers. */
  public static boolean isWanted(BotCluster cluster) {
    return Features.isOn(cluster, Names.COMPONENT);
  }

  private static BotServers servers(BotCluster cluster, Facts facts) {
    return new BotServers(new ClusterSite(cluster, facts).site(), facts);
  }

  private static Part part(BotCluster cluster) {
    return Names.part(cluster.getMetadata().getName());
  }

  private static String text(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(l -> l.getKey() + "=" + l.getValue())
        .collect(Collectors.joining(","));
  }
}
