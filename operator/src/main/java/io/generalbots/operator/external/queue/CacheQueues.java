package io.generalbots.operator.external.queue;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.valkey.CacheEntrance;
import io.generalbots.operator.cluster.valkey.EdgeStore;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.tenant.CacheServers;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.operator.kube.Secrets;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * Streams in the cache of a BotCluster: at its primary, as the operator, or in the one elsewhere by
 * the login that the spec names. Whoever is primary after another counts the same.
 *
 * @param client reads where the cache is, and who is let in
 * @param vertx opens connections
 * @param clusterDomain the DNS suffix of services
 */
public record CacheQueues(KubernetesClient client, Vertx vertx, String clusterDomain)
    implements Queues {

  @Override
  public Depth depth(BotCluster cluster, List<String> names) {
    try {
      var isElsewhere = cluster.getSpec().valkey().external() != null;
      return (isElsewhere ? elsewhere(cluster) : here(cluster)).depth(names);
    } catch (Unfinished e) {
      throw new StepFailure(String.valueOf(e.getMessage()), e);
    } catch (KubernetesClientException e) {
      throw new StepFailure("the API server does not say where the cache is", e);
    }
  }

  private CacheDoor here(BotCluster cluster) {
    var servers = new CacheServers(client, vertx, clusterDomain);
    var meta = cluster.getMetadata();
    var operator = servers.operator(meta.getName(), meta.getNamespace());
    return new CacheDoor(
        servers.client(meta.getName(), meta.getNamespace()), Optional.of(operator));
  }

  private CacheDoor elsewhere(BotCluster cluster) {
    var name = EdgeStore.secret(cluster);
    var found = client.secrets().inNamespace(cluster.getMetadata().getNamespace()).withName(name);
    var secret =
        Optional.ofNullable(found.get())
            .orElseThrow(() -> new StepFailure("Secret %s is not there yet".formatted(name)));
    return elsewhere(new CacheEntrance(cluster), secret);
  }

  CacheDoor elsewhere(CacheEntrance entrance, Secret secret) {
    var authority = Optional.of(Secrets.text(secret, "ca.crt")).filter(pem -> !pem.isEmpty());
    var redis = CacheServers.client(vertx, entrance.address(), entrance.isSecured(), authority);
    return new CacheDoor(redis, login(secret));
  }

  /** Some ask nobody for a password. */
  private static Optional<Credential> login(Secret secret) {
    return Optional.of(Secrets.text(secret, "password"))
        .filter(password -> !password.isEmpty())
        .map(password -> new Credential(Secrets.text(secret, "username"), password));
  }
}
