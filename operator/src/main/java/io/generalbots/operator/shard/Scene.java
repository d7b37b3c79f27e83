package io.generalbots.operator.shard;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.api.v1alpha1.shard.Strategy;
import io.generalbots.api.v1alpha1.shard.TimeStrategy;
import io.generalbots.operator.cluster.Annotations;
import io.generalbots.operator.kernel.Objection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a ShardPolicy finds itself: its BotCluster, and the other policies on it.
 *
 * @param policy as it was read
 * @param cluster that it names, if there is one in its own namespace
 * @param others that name the same
 */
public record Scene(ShardPolicy policy, Optional<BotCluster> cluster, List<ShardPolicy> others) {

  private static final String DATABASE = "postgres";

  public Scene {
    others = List.copyOf(others);
  }

  /** The namespace in which a policy looks for its BotCluster. */
  public static String namespace(ShardPolicy policy) {
    return Optional.ofNullable(policy.getSpec().clusterRef().namespace())
        .orElse(policy.getMetadata().getNamespace());
  }

  /** What stands against all that it asks for. */
  Optional<Objection> objection() {
    return paused()
        .or(this::elsewhere)
        .or(this::missing)
        .or(this::external)
        .or(this::unserved)
        .or(this::taken)
        .or(this::asleep);
  }

  /** Whether its strategy can be brought about now. */
  public boolean isSet() {
    return objection().isEmpty();
  }

  /** Who leaves a BotCluster alone changes none of its tables either. */
  private Optional<Objection> paused() {
    var whose =
        Annotations.isPaused(policy)
            ? Optional.of("it")
            : cluster.filter(Annotations::isPaused).map(c -> "its BotCluster");
    return whose.map(
        w ->
            Objection.forNow(
                "Paused",
                "annotation %s holds %s: nothing is looked at or done"
                    .formatted(Annotations.PAUSED, w)));
  }

  /** Of another namespace not even whether a BotCluster is there is told. */
  private Optional<Objection> elsewhere() {
    var here = policy.getMetadata().getNamespace();
    return Optional.of(
            Objection.untilEdited(
                "NamespaceNotAdmitted",
                "a ShardPolicy is of a BotCluster in its own namespace: create it in %s"
                    .formatted(namespace(policy))))
        .filter(o -> !here.equals(namespace(policy)));
  }

  private Optional<Objection> missing() {
    return Optional.of(
            Objection.forNow(
                "ClusterNotFound",
                "there is no BotCluster %s in this namespace"
                    .formatted(policy.getSpec().clusterRef().name())))
        .filter(o -> cluster.isEmpty());
  }

  private Optional<Objection> external() {
    return cluster
        .filter(c -> c.getSpec().postgres() != null && c.getSpec().postgres().external() != null)
        .map(
            c ->
                Objection.untilEdited(
                    "ExternalDatabase",
                    "the PostgreSQL of BotCluster %s is somebody else's to change"
                        .formatted(c.getMetadata().getName())));
  }

  /** Honest until it is built. */
  private Optional<Objection> unserved() {
    var strategy = policy.getSpec().strategy();
    return Optional.of(
            Objection.untilEdited(
                "StrategyNotServed",
                "strategy %s is not served yet, and nothing is done: only Time is"
                    .formatted(words(strategy))))
        .filter(o -> strategy != Strategy.TIME);
  }

  private static String words(Strategy strategy) {
    return switch (strategy) {
      case TENANT -> "Tenant";
      case HASH -> "Hash";
      case TIME -> "Time";
      case GEO -> "Geo";
    };
  }

  /** Of two policies over one table the one has it that was there first. */
  private Optional<Objection> taken() {
    return others.stream()
        .filter(this::isBefore)
        .flatMap(other -> shared(other).map(table -> taken(table, other)))
        .findFirst();
  }

  private static Objection taken(String table, ShardPolicy other) {
    return Objection.untilEdited(
        "TableTaken",
        "table %s is partitioned by ShardPolicy %s: remove it from one of them"
            .formatted(table, other.getMetadata().getName()));
  }

  private Stream<String> shared(ShardPolicy other) {
    var ours = tables(policy).toList();
    return tables(other).filter(ours::contains);
  }

  private static Stream<String> tables(ShardPolicy policy) {
    return Optional.ofNullable(policy.getSpec().time()).map(TimeStrategy::tables).stream()
        .flatMap(tables -> tables.stream().map(t -> t.name()));
  }

  private boolean isBefore(ShardPolicy other) {
    return AGE.compare(other, policy) < 0;
  }

  private static final Comparator<HasMetadata> AGE =
      Comparator.<HasMetadata, String>comparing(
              o -> Optional.ofNullable(o.getMetadata().getCreationTimestamp()).orElse(""))
          .thenComparing(o -> Optional.ofNullable(o.getMetadata().getUid()).orElse(""));

  private Optional<Objection> asleep() {
    return cluster
        .filter(c -> !isServed(c))
        .map(
            c ->
                Objection.forNow(
                    "DatabaseNotReady",
                    "the PostgreSQL of BotCluster %s does not run"
                        .formatted(c.getMetadata().getName())));
  }

  private static boolean isServed(BotCluster cluster) {
    return Optional.ofNullable(cluster.getStatus()).stream()
        .flatMap(status -> status.components().stream())
        .filter(component -> DATABASE.equals(component.name()))
        .map(ComponentStatus::ready)
        .anyMatch(ready -> ready > 0);
  }
}
