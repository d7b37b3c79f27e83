package io.generalbots.operator.cluster.botserver;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

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
    var situation = new Situation(cluster, facts);
    if (!isWanted(situation)) {
      var kept = new WorkVolume(situation).kept();
      return kept.isEmpty() ? new Plan.Absent() : new Plan.Apply(kept);
    }
    var open = gate.obstacle(situation).isEmpty();
    var wishes = new ArrayList<>(surroundings(situation));
    deployment(situation, open).ifPresent(wishes::add);
    wishes.addAll(new Defaults(situation).wishes(open));
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    return isWanted(situation)
        ? new BotServerHealth(situation, gate.obstacle(situation)).health()
        : Health.disabled();
  }

  /** How many bot servers there are, if there are to be any. */
  public static Optional<Integer> replicas(BotCluster cluster, Facts facts) {
    return Optional.of(new Situation(cluster, facts))
        .filter(BotServer::isWanted)
        .map(BotServerHealth::replicas);
  }

  /** The labels of their pods as text, if there are to be any. */
  public static Optional<String> selector(BotCluster cluster, Facts facts) {
    return Optional.of(new Situation(cluster, facts))
        .filter(BotServer::isWanted)
        .map(s -> new TreeMap<>(s.part().selector()))
        .map(BotServer::text);
  }

  /** The version that serves, if there are to be bot servers; of two, the former. */
  public static Optional<String> version(BotCluster cluster, Facts facts) {
    return new Situation(cluster, facts)
        .pods().stream()
            .filter(p -> new Instance(p).isReady())
            .min(Comparator.comparing(p -> String.valueOf(p.getMetadata().getCreationTimestamp())))
            .map(ServerPod::version);
  }

  /** Whether there are to be bot servers. */
  public static boolean isWanted(BotCluster cluster, Facts facts) {
    return isWanted(new Situation(cluster, facts));
  }

  private static boolean isWanted(Situation situation) {
    return situation.has(Names.COMPONENT);
  }

  private static String text(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(l -> l.getKey() + "=" + l.getValue())
        .collect(Collectors.joining(","));
  }

  /** What starts nothing, and may be there before anything else. */
  private static List<Wish> surroundings(Situation situation) {
    var part = situation.part();
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Managed(Access.serviceAccount(part)));
    wishes.add(new Wish.Managed(Scripts.configMap(part)));
    new Network(situation).objects().forEach(o -> wishes.add(new Wish.Managed(o)));
    wishes.addAll(new WorkVolume(situation).wishes());
    return wishes;
  }

  /** One that exists goes on as it is while something is in the way, unless it is to sleep. */
  private static Optional<Wish> deployment(Situation situation, boolean open) {
    var deployment = new ServerDeployment(situation);
    var exists = situation.deployment().isPresent();
    if (open || (exists && situation.hibernates())) {
      return Optional.of(deployment.wished());
    }
    return exists ? Optional.of(deployment.kept()) : Optional.empty();
  }
}
