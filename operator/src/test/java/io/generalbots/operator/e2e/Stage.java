package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Deletable;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Where a test plays: a namespace that is empty before and after. The namespace itself stays, since
 * the operator's rights in it belong to whoever installed the operator.
 *
 * @param client how it is reached
 * @param namespace its name
 */
public record Stage(KubernetesClient client, String namespace) {

  private static final String MANAGED = "generalbots.io/cluster";
  private static final long SECONDS = 120;
  private static final Map<String, String> RESTRICTED =
      Map.of("pod-security.kubernetes.io/enforce", "restricted");

  /** Makes the namespace and removes what an earlier run left in it. */
  public void prepare() {
    var meta = new NamespaceBuilder().withNewMetadata().withName(namespace);
    client.resource(meta.withLabels(RESTRICTED).endMetadata().build()).serverSideApply();
    clear();
  }

  /**
   * Removes policies and BotClusters, then their pods, then what they leave behind: all that holds
   * data.
   */
  public void clear() {
    client.resources(ShardPolicy.class).inNamespace(namespace).delete();
    var clusters = client.resources(BotCluster.class).inNamespace(namespace);
    clusters.delete();
    clusters.waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS);
    var pods = client.pods().inNamespace(namespace);
    // Nobody has to say good-bye to a test: a server whose rooms are not empty would for an hour.
    pods.withGracePeriod(1).delete();
    await(List.of(pods));
    remove(kept());
  }

  /** Waits until a pod is gone: it is no longer counted once it is told to end. */
  void awaitGone(String pod, Duration limit) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod)
        .waitUntilCondition(Objects::isNull, limit.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until nothing is there that could hold data or open it. */
  void awaitNothingKept() {
    await(kept());
  }

  private List<FilterWatchListDeletable<? extends HasMetadata, ?, ?>> kept() {
    return List.of(
        client.persistentVolumeClaims().inNamespace(namespace).withLabel(MANAGED),
        client.secrets().inNamespace(namespace).withLabel(MANAGED),
        client.configMaps().inNamespace(namespace).withLabel(MANAGED));
  }

  private static void remove(
      List<? extends FilterWatchListDeletable<? extends HasMetadata, ?, ?>> left) {
    left.forEach(Deletable::delete);
    await(left);
  }

  private static void await(
      List<? extends FilterWatchListDeletable<? extends HasMetadata, ?, ?>> left) {
    left.forEach(l -> l.waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS));
  }
}
