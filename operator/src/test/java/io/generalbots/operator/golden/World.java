package io.generalbots.operator.golden;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.cluster.ClusterReferences;
import io.generalbots.operator.kernel.Entropy;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.reconcile.ClusterLoop;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What comes of the plans of a BotCluster, in memory; nothing runs in it by itself. */
public final class World {

  /** How the operator of these worlds was set up. */
  public static final Settings SETTINGS =
      new Settings(
          "generalbots-system",
          "cluster.local",
          Map.ofEntries(
              Map.entry("botserver", "generalbots/botserver:{version}"),
              Map.entry("postgres", "generalbots/postgres:17"),
              Map.entry("pooler", "generalbots/pgbouncer:1.24"),
              Map.entry("valkey", "generalbots/valkey:8.1"),
              Map.entry("gateway", "generalbots/caddy:2.11"),
              Map.entry("llm", "generalbots/llama:11434"),
              Map.entry("qdrant", "qdrant/qdrant:v1.18.3"),
              Map.entry("livekit", "generalbots/livekit:1.13"),
              Map.entry("gstreamer", "generalbots/gstreamer:1.26"),
              Map.entry("egress", "livekit/egress:v1.14.1"),
              Map.entry("vault", "generalbots/openbao:2.7"),
              Map.entry("seaweedfs", "generalbots/seaweedfs:4.48")));

  /** Certificates need one round for the authority and one for what it signs. */
  static final int ROUNDS = 5;

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final Surroundings EVERYTHING_INSTALLED =
      new Surroundings(List.of(), new ClusterReferences().allKinds());

  private final BotCluster cluster;
  private final Store store;
  private final Entropy entropy;
  private final Deeds deeds;
  private Surroundings surroundings = EVERYTHING_INSTALLED;

  World(BotCluster cluster) {
    this(cluster, new Store(), new Repeating(), Deeds.NONE);
  }

  World(BotCluster cluster, Store store, Entropy entropy, Deeds deeds) {
    this.cluster = cluster;
    this.store = store;
    this.entropy = entropy;
    this.deeds = deeds;
  }

  /** What happens beside the API server when a wish is fulfilled. */
  interface Deeds {

    /** Nothing does. */
    Deeds NONE =
        new Deeds() {
          @Override
          public void delete(HasMetadata object, Wish.Cascade cascade) {}

          @Override
          public void perform(Wish.External step) {}

          @Override
          public void written() {}
        };

    void delete(HasMetadata object, Wish.Cascade cascade);

    void perform(Wish.External step);

    /** After each change. */
    void written();
  }

  /** With these Secrets of users beside it. */
  World beside(List<Secret> secrets) {
    surroundings = new Surroundings(secrets, EVERYTHING_INSTALLED.kinds());
    return this;
  }

  /** Everything this case consists of, once the plans want nothing else. */
  public static List<HasMetadata> settled(Case given) {
    var world = new World(given.cluster());
    given.before().stream().filter(World::isOurs).forEach(world.store::put);
    world.beside(users(given));
    for (var round = 0; round < ROUNDS; round++) {
      world.round(Instant.EPOCH);
    }
    return world.objects();
  }

  private static List<Secret> users(Case given) {
    return given.before().stream().filter(o -> !isOurs(o)).map(Secret.class::cast).toList();
  }

  private static boolean isOurs(HasMetadata object) {
    return Objects.labels(object).containsKey(Labels.COMPONENT);
  }

  /** Every object, as somebody would have written it down. */
  List<HasMetadata> objects() {
    return store.all().stream().map(World::written).toList();
  }

  /** What the operator would know now. */
  Facts facts(Instant now) {
    return new Facts(now, entropy, store.all(), SETTINGS).in(surroundings);
  }

  /** Plans and applies once. */
  void round(Instant now) {
    var hand = new Hand(store, ClusterLoop.stamp(cluster), deeds);
    ClusterBlueprint.plan(cluster, facts(now)).forEach(hand::apply);
  }

  /** The same without what an API server adds. */
  static HasMetadata written(HasMetadata live) {
    var object = SERIALIZATION.clone(live);
    object.setMetadata(
        new ObjectMetaBuilder(object.getMetadata())
            .withUid(null)
            .withGeneration(null)
            .withResourceVersion(null)
            .build());
    return object;
  }
}
