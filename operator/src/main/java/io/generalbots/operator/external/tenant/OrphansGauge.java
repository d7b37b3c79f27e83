package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.drive.Drive;
import io.generalbots.operator.external.qdrant.Qdrants;
import io.generalbots.operator.kernel.Gauge;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.operator.residents.TenantNames;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks in the stores of a BotCluster for what belongs to no Tenant. It removes nothing. */
public final class OrphansGauge implements Gauge<BotCluster> {

  private final KubernetesClient client;
  private final Provisioner provisioner;
  private final CacheServers caches;
  private final ObjectStores stores;
  private final Qdrants qdrants;
  private final Beside beside;

  /**
   * What is not of the stores that it looks into itself.
   *
   * @param vaults tells the namespaces of Tenants in the vault of a BotCluster
   * @param meter is told how many of everything there are
   */
  public record Beside(
      Function<BotCluster, List<String>> vaults, BiConsumer<BotCluster, Orphans> meter) {}

  /**
   * A gauge that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   * @param beside what else it needs
   */
  public OrphansGauge(KubernetesClient client, Vertx vertx, String clusterDomain, Beside beside) {
    this.client = client;
    this.provisioner = new Provisioner(client, vertx);
    this.caches = new CacheServers(client, vertx, clusterDomain);
    this.stores = new ObjectStores(client);
    this.qdrants = new Qdrants(client, vertx);
    this.beside = beside;
  }

  /** It asks the API server for Secrets: of who never had a Tenant nobody does. */
  @Override
  public boolean isFor(BotCluster owner) {
    return !owner.getSpec().hibernate()
        && Optional.ofNullable(owner.getStatus()).filter(OrphansGauge::hasTenants).isPresent();
  }

  private static boolean hasTenants(BotClusterStatus status) {
    return !status.retained().isEmpty()
        || Optional.ofNullable(status.tenants()).filter(t -> t.total() > 0).isPresent();
  }

  /** Tenants come and go meanwhile: whoever was there before or after is no orphan. */
  @Override
  public Optional<Reading> read(BotCluster owner) {
    try {
      var before = Known.of(client, owner);
      var found = found(owner);
      var known = Known.of(client, owner).and(before);
      var orphans =
          new Orphans(
              known.withoutDatabases(found.databases()),
              known.withoutUsers(found.users()),
              known.withoutBuckets(found.buckets()),
              known.withoutCollections(found.collections()),
              known.withoutNamespaces(found.namespaces()),
              found.unseen());
      beside.meter().accept(owner, orphans);
      return Optional.of(orphans);
    } catch (StepFailure | Unfinished | SdkException | KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private Orphans found(BotCluster owner) {
    var name = owner.getMetadata().getName();
    var namespace = owner.getMetadata().getNamespace();
    var spec = owner.getSpec();
    var database = spec.postgres() == null || spec.postgres().external() == null;
    var cache = spec.valkey() == null || spec.valkey().external() == null;
    var drive = spec.seaweedfs() == null || spec.seaweedfs().external() == null;
    var collections =
        Qdrants.areOf(owner) ? collections(name, namespace) : Optional.<List<String>>of(List.of());
    return new Orphans(
        database ? provisioner.owners(name, namespace) : List.of(),
        cache ? caches.tenants(name, namespace) : List.of(),
        drive
            ? stores.find(name, namespace).map(OrphansGauge::buckets).orElse(List.of())
            : List.of(),
        collections.orElse(List.of()),
        beside.vaults().apply(owner),
        collections.isPresent() ? List.of() : List.of("Qdrant"));
  }

  /** A Qdrant that nobody has got an image of keeps nobody from hearing of the other stores. */
  private Optional<List<String>> collections(String cluster, String namespace) {
    try (var qdrant = qdrants.open(cluster, namespace)) {
      return Optional.of(qdrant.names(TenantNames.VECTORS));
    } catch (StepFailure | Unfinished e) {
      return Optional.empty();
    }
  }

  private static List<String> buckets(Secret published) {
    try (var drive = Drive.open(published)) {
      return new Marks(drive).all();
    }
  }
}
