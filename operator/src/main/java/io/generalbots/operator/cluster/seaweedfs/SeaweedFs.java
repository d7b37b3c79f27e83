package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The object store: SeaweedFS with an S3 gateway, or one that exists already. */
public final class SeaweedFs implements Component<BotCluster> {

  @Override
  public String name() {
    return Names.COMPONENT;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    if (!Features.isOn(cluster, Names.COMPONENT)) {
      return new Plan.Absent();
    }
    return external(cluster, facts)
        .map(ExternalStore::plan)
        .orElseGet(() -> plan(new Situation(cluster, facts)));
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    if (!Features.isOn(cluster, Names.COMPONENT)) {
      return Health.disabled();
    }
    return external(cluster, facts)
        .map(ExternalStore::health)
        .orElseGet(() -> SeaweedFsHealth.of(new Situation(cluster, facts)));
  }

  /** The users' Secrets that the spec names. */
  public static Set<String> secrets(BotCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().seaweedfs().external()).stream()
        .flatMap(e -> Stream.of(Optional.of(e.secretName()), Optional.ofNullable(e.caSecretName())))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** What tells the store that serves from one that has none of its data; none if ours does not. */
  public static Optional<String> identity(BotCluster cluster, Facts facts) {
    var situation = new Situation(cluster, facts);
    var isOurs = Features.isOn(cluster, Names.COMPONENT) && situation.spec().external() == null;
    return isOurs && isUp(SeaweedFsHealth.of(situation))
        ? facts.all(PersistentVolumeClaim.class, situation.part(Role.VOLUME).selector()).stream()
            .min(Comparator.comparing(claim -> claim.getMetadata().getName()))
            .map(claim -> claim.getMetadata().getUid())
        : Optional.empty();
  }

  private static boolean isUp(Health health) {
    return health.serves() && health.state() != Health.State.DISABLED;
  }

  private static Optional<ExternalStore> external(BotCluster cluster, Facts facts) {
    return Optional.ofNullable(cluster.getSpec().seaweedfs().external())
        .map(e -> new ExternalStore(cluster, e, facts));
  }

  private static Plan plan(Situation situation) {
    var obstacle = SeaweedFsHealth.obstacle(situation);
    if (obstacle.isPresent()) {
      return new Plan.Hold(obstacle.get().message());
    }
    var drain = new Drain(situation);
    var wishes = new ArrayList<Wish>();
    objects(situation, drain).forEach(o -> wishes.add(new Wish.Managed(o)));
    wishes.addAll(Keys.of(situation).wishes());
    wishes.addAll(new Credentials(situation).wishes());
    var order = new Order(situation);
    var sets = new Sets(situation);
    Sets.ROLES.forEach(role -> wishes.addAll(sets.wishes(role, order.replicas(role, drain))));
    wishes.add(new Wish.Managed(Gateways.of(situation, order.replicas(Role.S3, drain))));
    wishes.addAll(drain.revivals());
    return new Plan.Apply(wishes);
  }

  private static List<HasMetadata> objects(Situation situation, Drain drain) {
    var objects = new ArrayList<>(new Network(situation).objects());
    objects.add(Access.serviceAccount(situation.part()));
    objects.add(new Configuration(situation).map());
    objects.addAll(drain.objects());
    return objects;
  }
}
