package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** LiveKit: rooms with voice and video. */
public final class LiveKit implements Component<BotCluster> {

  @Override
  public String name() {
    return Names.COMPONENT;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    if (!isWanted(cluster)) {
      return new Plan.Absent();
    }
    var situation = new Situation(cluster, facts);
    return External.of(cluster)
        .map(service -> new External(situation, service).plan())
        .or(() -> Obstacle.of(situation).map(o -> new Plan.Hold(o.message())))
        .orElseGet(() -> managed(situation));
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    if (!isWanted(cluster)) {
      return Health.disabled();
    }
    var situation = new Situation(cluster, facts);
    return External.of(cluster)
        .map(service -> new External(situation, service).health())
        .orElseGet(() -> LiveKitHealth.of(situation));
  }

  /** When this component has to look again, without any event: when a former key goes. */
  public static Optional<Instant> nextLook(BotCluster cluster, Facts facts) {
    return isWanted(cluster) && External.of(cluster).isEmpty()
        ? new Keys(new Situation(cluster, facts)).retirement().filter(facts.now()::isBefore)
        : Optional.empty();
  }

  /** The users' Secrets that the spec names. */
  public static Set<String> secrets(BotCluster cluster) {
    return Stream.of(
            External.of(cluster).map(ExternalService::secretName), Turn.secretName(cluster))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  static boolean isWanted(BotCluster cluster) {
    return Features.isOn(cluster, Names.COMPONENT) || External.of(cluster).isPresent();
  }

  private static Plan managed(Situation situation) {
    var part = situation.part();
    var keys = new Keys(situation);
    var configuration = new Configuration(situation, Bus.of(situation), keys.valid());
    var servers = new ServerDeployment(situation, configuration);
    var published = keys.published(servers.isEverywhere());
    var wishes = new ArrayList<>(keys.wishes());
    wishes.add(new Wish.Managed(Published.managed(situation, keys, published)));
    wishes.add(new Wish.Managed(configuration.secret()));
    wishes.add(new Wish.Managed(script(situation)));
    wishes.add(new Wish.Managed(Access.serviceAccount(part)));
    new Network(situation).objects().forEach(o -> wishes.add(new Wish.Managed(o)));
    wishes.add(new Wish.Managed(Budgets.oneAtATime(part.meta(), part.selector())));
    wishes.add(new Wish.Managed(servers.wished()));
    return new Plan.Apply(wishes);
  }

  private static ConfigMap script(Situation situation) {
    var text = Resources.text(Names.COMPONENT + "/" + ServerPod.SCRIPT);
    return new ConfigMapBuilder()
        .withMetadata(situation.part().meta())
        .withData(Map.of(ServerPod.SCRIPT, text))
        .build();
  }
}
