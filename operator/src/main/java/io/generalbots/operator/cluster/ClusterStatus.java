package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.api.v1alpha1.cluster.RetainedTenant;
import io.generalbots.api.v1alpha1.cluster.TenantCount;
import io.generalbots.api.v1alpha1.cluster.VolumeStatus;
import io.generalbots.operator.cluster.botserver.BotServer;
import io.generalbots.operator.cluster.certificates.Certificates;
import io.generalbots.operator.cluster.encryption.EncryptedAtRest;
import io.generalbots.operator.cluster.gateway.CircuitOpen;
import io.generalbots.operator.cluster.scaling.Elastic;
import io.generalbots.operator.cluster.scaling.ScalingLimited;
import io.generalbots.operator.cluster.vault.Vault;
import io.generalbots.operator.cluster.volumes.VolumesLimited;
import io.generalbots.operator.cluster.volumes.VolumesReport;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.Residents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status of a BotCluster, made from scratch in every round. */
final class ClusterStatus {

  /** As many as the definition lets in. */
  private static final int MOST_RETAINED = 500;

  private ClusterStatus() {}

  /** What is to be said, given what was seen and what applying the plans came to. */
  static BotClusterStatus of(
      BotCluster cluster, Facts facts, Map<String, Health> healths, Outcome outcome) {
    var review = new Review(cluster, healths, outcome);
    var previous = Optional.ofNullable(cluster.getStatus());
    return told(cluster, facts)
        .observedGeneration(cluster.getMetadata().getGeneration())
        .phase(review.phase(previous.map(BotClusterStatus::phase)))
        .replicas(BotServer.replicas(cluster, facts).orElse(null))
        .selector(BotServer.selector(cluster).orElse(null))
        .version(version(cluster, facts).orElse(null))
        .primary(primary(cluster, facts).orElse(null))
        .components(components(healths))
        .tenants(tenants(facts))
        .retained(retained(facts))
        .effective(Effective.settings(cluster, healths, facts.settings()))
        .certificatesExpireAt(expiry(cluster, facts).orElse(null))
        .conditions(conditions(review, previous, facts))
        .build();
  }

  /** What is told anew only when there is news. */
  private static BotClusterStatusBuilder told(BotCluster cluster, Facts facts) {
    return new BotClusterStatusBuilder()
        .botservers(BotServer.instances(cluster, facts))
        .autoscaling(new Elastic(cluster, facts).status().orElse(null))
        .volumes(volumes(cluster, facts));
  }

  /** Nothing grows while the operator leaves a cluster alone. */
  private static List<VolumeStatus> volumes(BotCluster cluster, Facts facts) {
    return Annotations.isPaused(cluster)
        ? Optional.ofNullable(cluster.getStatus()).map(BotClusterStatus::volumes).orElse(List.of())
        : new VolumesReport(cluster, facts).volumes();
  }

  private static List<Condition> conditions(
      Review review, Optional<BotClusterStatus> previous, Facts facts) {
    var before = previous.map(BotClusterStatus::conditions).orElse(List.of());
    var all = new ArrayList<>(review.conditions());
    Vault.synced(review.cluster(), facts, review.outcome()).ifPresent(all::add);
    Sweep.condition(facts).ifPresent(all::add);
    ScalingLimited.condition(
            new Elastic(review.cluster(), facts).status(),
            BotServer.isBound(review.cluster(), facts))
        .ifPresent(all::add);
    CircuitOpen.of(review.cluster(), facts).ifPresent(all::add);
    VolumesLimited.of(review.cluster(), facts).ifPresent(all::add);
    all.add(Fallbacks.of(review.cluster(), review.healths(), facts).condition());
    all.add(EncryptedAtRest.condition(review.cluster(), facts));
    var generation = review.cluster().getMetadata().getGeneration();
    return Conditions.timed(all, before, generation, facts.now());
  }

  /** Of what users talk to, and of the database where they talk to that. */
  private static Optional<String> version(BotCluster cluster, Facts facts) {
    return BotServer.isWanted(cluster)
        ? BotServer.version(cluster, facts)
        : Optional.of(cluster.getSpec().postgres().version());
  }

  private static Optional<String> primary(BotCluster cluster, Facts facts) {
    var database = new Part(cluster.getMetadata().getName(), "postgres");
    return facts.all(Pod.class, database.selector("primary")).stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .map(p -> p.getMetadata().getName())
        .findFirst();
  }

  private static List<ComponentStatus> components(Map<String, Health> healths) {
    return healths.entrySet().stream()
        .filter(e -> !Health.Instances.NONE.equals(e.getValue().instances()))
        .map(e -> component(e.getKey(), e.getValue().instances()))
        .toList();
  }

  private static ComponentStatus component(String name, Health.Instances instances) {
    return new ComponentStatus(name, instances.ready(), instances.desired(), instances.summary());
  }

  private static TenantCount tenants(Facts facts) {
    var all = Residents.of(facts).size();
    var ready = Residents.ready(facts);
    return new TenantCount(ready, all, ready + "/" + all);
  }

  /** What Tenants left that are gone. */
  private static List<RetainedTenant> retained(Facts facts) {
    return Remains.of(facts).stream().limit(MOST_RETAINED).map(ClusterStatus::retained).toList();
  }

  private static RetainedTenant retained(Remains remains) {
    return new RetainedTenant(
        remains.registration().tenant(),
        remains.registration().namespace(),
        remains.since().toString(),
        remains.stores(),
        remains.shredAfter().map(Instant::toString).orElse(null));
  }

  private static Optional<String> expiry(BotCluster cluster, Facts facts) {
    return Certificates.expiry(cluster, facts)
        .map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
