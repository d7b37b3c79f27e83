package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.drive.BucketSizes;
import io.generalbots.operator.external.drive.Masters;
import io.generalbots.operator.external.qdrant.Qdrants;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures what everybody has in the stores of a BotCluster, each with one question or few. */
final class Scales {

  private final Provisioner provisioner;
  private final CacheScales caches;
  private final BucketSizes buckets;
  private final VectorScales vectors;

  Scales(KubernetesClient client, Vertx vertx, String clusterDomain) {
    this.provisioner = new Provisioner(client, vertx);
    this.caches = new CacheScales(new CacheServers(client, vertx, clusterDomain));
    this.buckets = new BucketSizes(new Masters(vertx, clusterDomain));
    this.vectors = new VectorScales(new Qdrants(client, vertx));
  }

  /** A store that does not answer keeps nobody from hearing of the others. */
  Sizes measure(BotCluster cluster) {
    var name = cluster.getMetadata().getName();
    var namespace = cluster.getMetadata().getNamespace();
    var spec = cluster.getSpec();
    return new Sizes(
        cluster.getMetadata().getUid(),
        asked(
            spec.postgres() == null || spec.postgres().external() == null,
            () -> Optional.of(provisioner.sizes(name, namespace))),
        asked(
            spec.valkey() == null || spec.valkey().external() == null,
            () -> caches.weigh(name, namespace)),
        asked(Masters.areOf(cluster), () -> Optional.of(buckets.of(cluster))),
        asked(Qdrants.areOf(cluster), () -> vectors.count(name, namespace)));
  }

  /** Databases on the server of a shard. */
  Sizes measure(String shard, String namespace) {
    return Sizes.UNKNOWN.with(asked(true, () -> Optional.of(provisioner.sizes(shard, namespace))));
  }

  private static Optional<Map<String, Long>> asked(
      boolean isOurs, Supplier<Optional<Map<String, Long>>> question) {
    try {
      return isOurs ? question.get() : Optional.empty();
    } catch (StepFailure | Unfinished | KubernetesClientException e) {
      // Others tell of a store that does not answer.
      return Optional.empty();
    }
  }
}
