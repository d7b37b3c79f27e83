package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Two BotClusters: one that has stores, and one that is told of them as of somebody else's.
 *
 * @param client where they run
 * @param namespace their namespace
 */
record ExternalStores(KubernetesClient client, String namespace) {

  static final String HOST = "demo";
  static final String GUEST = "guest";

  private static final String STORES =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: demo, namespace: %1$s}
      spec:
        domain: bots.example.com
        reclaimPolicy: Delete
        %2$s
        postgres: {instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}
        valkey: {replicas: 1, memory: 64Mi, persistence: {mode: Disabled}}
        seaweedfs:
          masters: 1
          volumes: {replicas: 1, replication: "000", storage: {size: 1Gi}, resources: %3$s}
          filers: {replicas: 1, store: Embedded, storage: {size: 1Gi}, resources: %3$s}
          s3: {replicas: 1, resources: %3$s}
      """;

  private static final String NONE =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: guest, namespace: %1$s}
      spec:
        domain: guests.example.com
        profile: Minimal
        reclaimPolicy: Delete
        gateway: {enabled: false}
        directory: {mode: Disabled}
        qdrant: {enabled: false}
        autoscaling: {enabled: false}
        botserver:
          image: generalbots/botserver:double
          replicas: 1
          workVolume: {size: 1Gi}
          resources: {requests: {cpu: 10m, memory: 64Mi}, limits: {memory: 512Mi}}
        postgres:
          external: {address: "demo-pooler.%1$s.svc", secretName: their-database, caSecretName: their-ca}
        valkey:
          external: {address: "demo-valkey.%1$s.svc:6379", secretName: their-cache}
        seaweedfs:
          external: {endpoint: "http://demo-s3.%1$s.svc:8333", secretName: their-drive}
        vault:
          mode: External
          external:
            address: %2$s
            caSecretName: their-vault-ca
            auth: {tokenSecretName: their-vault}
      """;

  /** The one that has them, until they serve. */
  void createHost() {
    var small = "{requests: {cpu: 10m, memory: 48Mi}, limits: {memory: 512Mi}}";
    create(STORES.formatted(namespace, Specs.storesAnd("seaweedfs", "  "), small));
    await(HOST, "Ready", c -> "True".equals(c.getStatus()), Duration.ofMinutes(6));
  }

  /** The one that has none. */
  void createGuest(String vault) {
    create(NONE.formatted(namespace, vault));
  }

  private void create(String yaml) {
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** A Secret as a user would make it. */
  void give(String name, Map<String, String> values) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(values)
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  /** What the stores' own BotCluster publishes. */
  String published(String secret, String key) {
    return Secrets.text(
        client.secrets().inNamespace(namespace).withName(HOST + "-" + secret).require(), key);
  }

  /** Changes the guest's spec by a JSON merge patch. */
  void patchGuest(String spec) {
    cluster(GUEST).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  /** Waits until a condition of the newest spec is like that, and gives it. */
  Condition await(String name, String type, Predicate<Condition> wanted, Duration limit) {
    return new Told(cluster(name)).await(type, wanted, limit);
  }

  Resource<BotCluster> cluster(String name) {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(name);
  }
}
