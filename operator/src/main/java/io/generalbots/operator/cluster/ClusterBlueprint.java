package io.generalbots.operator.cluster;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.operator.cluster.botserver.BotServer;
import io.generalbots.operator.cluster.certificates.Certificates;
import io.generalbots.operator.cluster.config.PublishedConfig;
import io.generalbots.operator.cluster.encryption.EncryptedVolumes;
import io.generalbots.operator.cluster.encryption.Encryption;
import io.generalbots.operator.cluster.gateway.Gateway;
import io.generalbots.operator.cluster.livekit.LiveKit;
import io.generalbots.operator.cluster.llm.Llm;
import io.generalbots.operator.cluster.media.GStreamer;
import io.generalbots.operator.cluster.placement.Placement;
import io.generalbots.operator.cluster.pooler.Pooler;
import io.generalbots.operator.cluster.postgres.Postgres;
import io.generalbots.operator.cluster.qdrant.Qdrant;
import io.generalbots.operator.cluster.recording.Recording;
import io.generalbots.operator.cluster.scaling.ScalingNews;
import io.generalbots.operator.cluster.seaweedfs.SeaweedFs;
import io.generalbots.operator.cluster.transcription.Transcription;
import io.generalbots.operator.cluster.valkey.Valkey;
import io.generalbots.operator.cluster.vault.Vault;
import io.generalbots.operator.cluster.volumes.VolumesNews;
import io.generalbots.operator.kernel.Blueprint;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a BotCluster is made of, in the order in which it is planned and told. Pure. */
public final class ClusterBlueprint {

  private static final Duration OVERDUE = Duration.ofMinutes(1);

  private static final Duration FOREIGN = Duration.ofSeconds(20);

  private static final Duration UNDERWAY = Duration.ofSeconds(2);

  private static final Blueprint<BotCluster> COMPONENTS = new Blueprint<>(components());

  private ClusterBlueprint() {}

  /** In the order in which they start: what the bot servers need comes before them. */
  private static List<Component<BotCluster>> components() {
    var drive = new SeaweedFs();
    var stores =
        List.<Component<BotCluster>>of(
            new Postgres(), new Pooler(), new Valkey(), new Vault(), drive);
    var all = new ArrayList<Component<BotCluster>>();
    all.add(new PublishedConfig());
    all.add(new Certificates());
    all.add(new Encryption());
    all.addAll(stores);
    all.add(new Qdrant());
    all.add(new LiveKit());
    all.add(new GStreamer(drive));
    all.add(new Recording());
    all.add(new Transcription());
    all.add(new BotServer(stores, Vault::doubt));
    all.add(new Llm());
    all.add(new Gateway());
    return all;
  }

  /** Whether anything acts by this field: {@code spec.valkey.memory}. */
  public static boolean serves(String path) {
    return Unserved.isServed(path, names());
  }

  /** The names of all components. */
  static Set<String> names() {
    return COMPONENTS.components().stream().map(Component::name).collect(Collectors.toSet());
  }

  /** One plan per component; none for a cluster that is paused or on its way out. */
  public static Map<String, Plan> plan(BotCluster cluster, Facts facts) {
    if (Annotations.isPaused(cluster) || cluster.getMetadata().getDeletionTimestamp() != null) {
      return Map.of();
    }
    var placement = new Placement(cluster, cluster);
    var plans = new LinkedHashMap<>(COMPONENTS.plan(Bedtime.of(cluster, facts)::seenBy, facts));
    var volumes = new EncryptedVolumes(cluster, facts);
    var files = new MountedFiles(facts);
    plans.replaceAll(
        (component, plan) -> files.mark(component, volumes.place(placement.place(plan))));
    plans.putAll(new Shredding(cluster, facts).plans());
    return plans;
  }

  /** The status, made from scratch. */
  public static BotClusterStatus status(BotCluster cluster, Facts facts, Outcome outcome) {
    var own = new LinkedHashMap<>(COMPONENTS.health(cluster, facts));
    own.replaceAll(Bedtime.of(cluster, facts)::told);
    var told = Fallbacks.of(cluster, new Causes(cluster, facts).beside(own), facts).told();
    var healths = outcome.beside(told);
    return ClusterStatus.of(cluster, facts, healths, outcome);
  }

  /** What a user should hear: what was done, and what turned. */
  public static List<Decision> news(BotCluster former, BotClusterStatus status, Outcome outcome) {
    return Stream.of(
            outcome.decisions(),
            Turns.between(former, status),
            ScalingNews.between(former, status),
            VolumesNews.between(former, status))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * When to look again without any event: for certificates, tokens and keys whose time ends, while
   * Postgres waits on time, while a step outside of Kubernetes needs more of it, when what a Tenant
   * left is to go, and whether what belongs to somebody else is gone, of which nobody would tell
   * us.
   */
  public static Optional<Duration> nextLook(BotCluster cluster, Facts facts, Outcome outcome) {
    return Stream.of(
            Optional.of(facts.now().plus(FOREIGN)).filter(at -> !outcome.refused().isEmpty()),
            Optional.of(facts.now().plus(UNDERWAY)).filter(at -> outcome.isUnderway()),
            Certificates.nextLook(cluster, facts).map(at -> ahead(at, facts.now())),
            new Shredding(cluster, facts).nextLook(),
            Postgres.nextLook(cluster, facts),
            LiveKit.nextLook(cluster, facts),
            Vault.nextLook(cluster, facts).map(at -> ahead(at, facts.now())))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .map(at -> Duration.between(facts.now(), at));
  }

  /** What should have happened already did not when it was due: no need to look all the time. */
  private static Instant ahead(Instant at, Instant now) {
    return at.isAfter(now) ? at : now.plus(OVERDUE);
  }
}
