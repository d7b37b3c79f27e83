package io.generalbots.operator.golden;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.cluster.ClusterReferences;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.reconcile.ClusterLoop;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What comes of the plans of a BotCluster, in memory, before anything runs. */
public final class World {

  /** Certificates need one round for the authority and one for what it signs. */
  private static final int ROUNDS = 5;

  private static final Settings SETTINGS =
      new Settings(
          "generalbots-system",
          "cluster.local",
          Map.of(
              "postgres", "generalbots/postgres:17",
              "pooler", "generalbots/pgbouncer:1.24",
              "valkey", "generalbots/valkey:8.1"));

  private static final Surroundings EVERYTHING_INSTALLED =
      new Surroundings(List.of(), new ClusterReferences().allKinds());

  private final BotCluster cluster;
  private final SortedMap<String, HasMetadata> objects = new TreeMap<>();

  World(BotCluster cluster) {
    this.cluster = cluster;
  }

  /** Everything this case consists of, once the plans want nothing else. */
  public static List<HasMetadata> settled(Case given) {
    var world = new World(given.cluster());
    for (var round = 0; round < ROUNDS; round++) {
      world.round();
    }
    return world.objects();
  }

  List<HasMetadata> objects() {
    return List.copyOf(objects.values());
  }

  /** The plans over what there is now. */
  Map<String, Plan> plan() {
    return ClusterBlueprint.plan(
        cluster,
        new Facts(Instant.EPOCH, new Repeating(), objects(), SETTINGS).in(EVERYTHING_INSTALLED));
  }

  /** Plans and applies once. */
  void round() {
    plan().forEach(this::apply);
  }

  private void apply(String component, Plan plan) {
    if (plan instanceof Plan.Failed failed) {
      throw new IllegalStateException(component + " could not be planned", failed.cause());
    } else if (plan instanceof Plan.Apply apply) {
      apply.wishes().forEach(wish -> fulfil(component, wish));
    }
  }

  private void fulfil(String component, Wish wish) {
    if (wish instanceof Wish.Managed managed) {
      put(component, managed.object(), false);
    } else if (wish instanceof Wish.Kept kept) {
      put(component, kept.object(), true);
    } else if (wish instanceof Wish.Once once && !objects.containsKey(Objects.ref(once.object()))) {
      put(component, once.object(), once.retained());
    }
  }

  private void put(String component, HasMetadata object, boolean retained) {
    objects.put(Objects.ref(object), ClusterLoop.stamp(cluster).put(object, component, retained));
  }
}
