package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.api.v1alpha1.tenant.StoreState;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Gauge;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.residents.TenantNames;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Tells each Tenant how much it has in the stores, from one measure for all of a BotCluster. */
public final class UsageGauge implements Gauge<Tenant> {

  /** Who waits for room looks so many times as often. */
  private static final int IMPATIENCE = 5;

  private final KubernetesClient client;
  private final Scales scales;
  private final Duration period;
  private final Map<String, Measure> measures = new ConcurrentHashMap<>();

  /** By the uid of Tenants of which anything is known: whether it is too much. */
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  /**
   * A gauge that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   * @param period from one reading of a Tenant to the next
   */
  public UsageGauge(KubernetesClient client, Vertx vertx, String clusterDomain, Duration period) {
    this.client = client;
    this.scales = new Scales(client, vertx, clusterDomain);
    this.period = period;
  }

  /**
   * Who has no place yet has nothing in it, and waits for its BotCluster without asking; a Cell is
   * nobody else's to fill.
   */
  @Override
  public boolean isFor(Tenant owner) {
    return Optional.ofNullable(owner.getStatus())
        .filter(status -> owner.getSpec().isolation() != Isolation.CELL)
        .filter(status -> isHeld(status) || hasAnything(status))
        .isPresent();
  }

  /** Tenants come at times of their own, so that what one measured serves the others. */
  @Override
  public Optional<Reading> read(Tenant owner) {
    var whole = measured(owner);
    var sizes = shard(owner).map(s -> whole.with(measured(owner, s).databases())).orElse(whole);
    return Optional.of(sizes).filter(Sizes::isKnown).map(all -> usage(owner, all));
  }

  private Sizes measured(Tenant owner) {
    return measured(
        owner,
        place(owner),
        former -> cluster(owner).map(cluster -> scales.measure(cluster).or(former)).orElse(former));
  }

  private Sizes measured(Tenant owner, String shard) {
    return measured(
        owner,
        namespace(owner) + "/" + shard,
        former -> scales.measure(shard, namespace(owner)).or(former));
  }

  private Sizes measured(Tenant owner, String place, UnaryOperator<Sizes> next) {
    return measures
        .computeIfAbsent(place, p -> new Measure())
        .within(again(owner).orElse(period).dividedBy(2), next);
  }

  /** The shard that its database is on, if that is not its BotCluster. */
  private static Optional<String> shard(Tenant owner) {
    return Optional.ofNullable(owner.getStatus())
        .map(TenantStatus::shard)
        .filter(shard -> !shard.equals(owner.getSpec().clusterRef().name()));
  }

  @Override
  public Optional<Duration> again(Tenant owner) {
    return Optional.of(period.dividedBy(IMPATIENCE)).filter(soon -> isImpatient(owner));
  }

  private boolean isImpatient(Tenant owner) {
    return known.getOrDefault(owner.getMetadata().getUid(), true)
        || Optional.ofNullable(owner.getStatus()).filter(UsageGauge::isHeld).isPresent();
  }

  private Usage usage(Tenant owner, Sizes sizes) {
    var buckets =
        owner.getSpec().bots().stream().map(bot -> TenantNames.bucket(bot.name())).toList();
    var usage = sizes.of(owner.getMetadata().getName(), buckets);
    known.put(owner.getMetadata().getUid(), usage.exceeds(owner.getSpec().limits()));
    return usage;
  }

  /** One that is not there now or sleeps has what it had before. Of no other is anything read. */
  private Optional<BotCluster> cluster(Tenant owner) {
    var name = owner.getSpec().clusterRef().name();
    try {
      return client
          .resources(BotCluster.class)
          .inNamespace(namespace(owner))
          .withField("metadata.name", name)
          .list()
          .getItems()
          .stream()
          .filter(cluster -> !cluster.getSpec().hibernate())
          .findFirst();
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private static String place(Tenant owner) {
    return namespace(owner) + "/" + owner.getSpec().clusterRef().name();
  }

  private static String namespace(Tenant owner) {
    return Optional.ofNullable(owner.getSpec().clusterRef().namespace())
        .orElse(owner.getMetadata().getNamespace());
  }

  private static boolean hasAnything(TenantStatus status) {
    return status.stores().stream().anyMatch(store -> store.state() == StoreState.READY);
  }

  /** Whether it was told that it has more than it may. */
  private static boolean isHeld(TenantStatus status) {
    return Conditions.isTrue(status.conditions(), "LimitExceeded");
  }
}
