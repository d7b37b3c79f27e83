package io.generalbots.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.ClusterReferences;
import io.generalbots.operator.cluster.postgres.PatroniHeartbeat;
import io.generalbots.operator.external.drive.Masters;
import io.generalbots.operator.external.drive.SlotsGauge;
import io.generalbots.operator.external.load.EdgeGauge;
import io.generalbots.operator.external.load.LoadGauge;
import io.generalbots.operator.external.partition.PartitionedTables;
import io.generalbots.operator.external.spread.Shards;
import io.generalbots.operator.external.tenant.OrphansGauge;
import io.generalbots.operator.external.tenant.UsageGauge;
import io.generalbots.operator.kernel.ApiServer;
import io.generalbots.operator.kernel.Applier;
import io.generalbots.operator.kernel.EventRecorder;
import io.generalbots.operator.kernel.Horizon;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Observer;
import io.generalbots.operator.kernel.Readings;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.SharedWatches;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.reconcile.ClusterLoop;
import io.generalbots.operator.reconcile.ShardPolicyLoop;
import io.generalbots.operator.reconcile.ShardPolicySight;
import io.generalbots.operator.reconcile.TenantLoop;
import io.generalbots.operator.reconcile.TenantSight;
import io.generalbots.operator.shard.PolicyReferences;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Makes the loop from what the platform gives. */
@ApplicationScoped
class Wiring {

  /** Of load, where no spec says anything else. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  /** Of gateways: half of the time for which a circuit is open at least, as it is by default. */
  private static final Duration EDGE = Duration.ofSeconds(15);

  /** Of all our objects, for BotClusters and Tenants alike. */
  private final SharedWatches watches =
      new SharedWatches(Labels.MANAGED_BY + "=" + Labels.OPERATOR);

  @Produces
  Settings settings(OperatorConfiguration configuration) {
    var apiServer =
        new ApiServer(
            configuration.apiServerPorts(), configuration.apiServerAddresses().orElse(List.of()));
    return new Settings(
        configuration.namespace(),
        configuration.clusterDomain(),
        configuration.images(),
        apiServer,
        configuration.mounting());
  }

  /**
   * Counts reconciles. The SDK's own producer hands out a silent one to whoever asks before the
   * registries are bound, and its controllers do.
   */
  @Produces
  @Singleton
  Metrics metrics(MeterRegistry registry) {
    return MicrometerMetricsV2.newBuilder(registry).build();
  }

  @Produces
  ClusterLoop clusterLoop(
      KubernetesClient client, Settings settings, Horizon<BotCluster> horizon, Applier applier) {
    var clock = Clock.systemUTC();
    return new ClusterLoop(
        new Observer(ClusterLoop.KINDS, clock, new SecureEntropy(), settings),
        applier,
        new EventRecorder(client, clock),
        informers(),
        horizon);
  }

  @Produces
  TenantLoop tenantLoop(
      KubernetesClient client, Settings settings, Applier applier, Readings<Tenant> readings) {
    var clock = Clock.systemUTC();
    return new TenantLoop(
        applier,
        new EventRecorder(client, clock),
        new TenantSight(clock, new SecureEntropy(), settings),
        new Informers(watches, Labels.TENANT, new PatroniHeartbeat()),
        readings);
  }

  @Produces
  ShardPolicyLoop shardPolicyLoop(
      KubernetesClient client, Applier applier, ShardPolicySight sight) {
    var events = new EventRecorder(client, Clock.systemUTC());
    return new ShardPolicyLoop(applier, events, sight, ofPolicies());
  }

  @Produces
  @Singleton
  ShardPolicySight shardPolicySight(
      KubernetesClient client,
      Vertx vertx,
      Settings settings,
      OperatorConfiguration configuration) {
    var tables = new PartitionedTables(client, vertx);
    var shards = new Shards(client, vertx);
    var horizon =
        new Horizon<>(
            ShardPolicy.class,
            new Horizon.Sights<>(
                new PolicyReferences(configuration.externalDns()),
                List.of(new Readings<>(List.of(), configuration.readings())),
                false),
            ofPolicies());
    return new ShardPolicySight(tables, shards, horizon, settings, configuration.readings());
  }

  /** What Tenants have in the stores they share. */
  @Produces
  @Singleton
  Readings<Tenant> usage(
      OperatorConfiguration configuration, Vertx vertx, KubernetesClient client) {
    var period = configuration.readings();
    var gauge = new UsageGauge(client, vertx, configuration.clusterDomain(), period);
    return new Readings<>(List.of(gauge), period);
  }

  @Produces
  @Singleton
  Horizon<BotCluster> horizon(
      OperatorConfiguration configuration,
      Vertx vertx,
      KubernetesClient client,
      MeterRegistry registry) {
    var domain = configuration.clusterDomain();
    var slots = new SlotsGauge(new Masters(vertx, domain));
    var beside =
        new OrphansGauge.Beside(new VaultSearch(client, vertx), new OrphansMeter(registry));
    var orphans = new OrphansGauge(client, vertx, domain, beside);
    var load = new LoadGauge(client, vertx, domain, Clock.systemUTC());
    return new Horizon<>(
        BotCluster.class,
        new Horizon.Sights<>(
            new ClusterReferences(),
            List.of(
                new Readings<>(List.of(slots, orphans), configuration.readings()),
                new Readings<>("load", List.of(load), LOOK),
                new Readings<>("edge", List.of(new EdgeGauge(vertx, domain)), EDGE),
                Kubelets.readings(client, vertx, configuration)),
            configuration.storageClasses()),
        informers());
  }

  /** Writes, and knows who does which step outside of the Kubernetes API. */
  @Produces
  @Singleton
  Applier applier(KubernetesClient client, Vertx vertx, OperatorConfiguration configuration) {
    return new Applier(client, Drivers.all(client, vertx, configuration.clusterDomain()));
  }

  private Informers ofPolicies() {
    return new Informers(watches, Labels.SHARD_POLICY, new PatroniHeartbeat());
  }

  private Informers informers() {
    return new Informers(watches, Labels.CLUSTER, new PatroniHeartbeat());
  }
}
