package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import java.net.HttpURLConnection;
import java.util.Optional;

/** What is sent to the status subresource. */
final class Patches {

  private Patches() {}

  /** A BotCluster with nothing but its name and status. */
  static BotCluster status(BotCluster cluster, BotClusterStatus status) {
    return fresh(new BotCluster(), cluster, status);
  }

  /** The same of a Tenant. */
  static Tenant status(Tenant tenant, TenantStatus status) {
    return fresh(new Tenant(), tenant, status);
  }

  /** The same of a ShardPolicy. */
  static ShardPolicy status(ShardPolicy policy, ShardPolicyStatus status) {
    return fresh(new ShardPolicy(), policy, status);
  }

  /** A fresh object with nothing but its name and status, so that no edit of the spec is undone. */
  private static <S, R extends CustomResource<?, S>> R fresh(R patch, R read, S status) {
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(read.getMetadata().getName())
            .withNamespace(read.getMetadata().getNamespace())
            .build());
    patch.setStatus(status);
    return patch;
  }

  /** Whether a round failed for nothing but that its resource was deleted while it went on. */
  static boolean wasGone(BotCluster cluster, Exception failure) {
    return RoundFailure.causes(failure).stream()
        .takeWhile(cause -> !(cause instanceof RoundFailure))
        .filter(KubernetesClientException.class::isInstance)
        .map(KubernetesClientException.class::cast)
        .anyMatch(refused -> wasGone(cluster, refused));
  }

  private static boolean wasGone(BotCluster cluster, KubernetesClientException refused) {
    return refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        && Optional.ofNullable(refused.getStatus())
            .map(Status::getDetails)
            .filter(about -> cluster.getPlural().equals(about.getKind()))
            .filter(about -> cluster.getMetadata().getName().equals(about.getName()))
            .isPresent();
  }
}
