package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A BotCluster of which nothing but the gateway runs, as all else is said to be elsewhere; a Tenant
 * in another namespace with a Cell, which therefore runs all of it; and a pod beside the Tenant.
 *
 * @param client how they are reached
 * @param namespace where the BotCluster is
 */
record CellPods(KubernetesClient client, String namespace) implements AutoCloseable {

  private static final String CLUSTER =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: demo, namespace: %1$s}
      spec:
        domain: bots.example.com
        profile: Minimal
        reclaimPolicy: Delete
        qdrant: {enabled: false}
        directory: {mode: Disabled}
        tenants: {allowedNamespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: %2$s}}}}
        gateway: {replicas: 1, service: {type: ClusterIP}, tls: {mode: Disabled}, rateLimit: {enabled: false}}
        botserver: {enabled: false, image: "generalbots/botserver:double", workVolume: {size: 256Mi}, resources: %3$s, drainSeconds: 5}
        postgres: {instances: 1, pooler: {enabled: false}, external: {address: "postgres:5432", secretName: none}}
        valkey: {replicas: 1, persistence: {mode: Disabled}, external: {address: "valkey:6379", secretName: none}}
        livekit:
          enabled: true
          replicas: 1
          drainSeconds: 5
          resources: %3$s
          recording: {enabled: false}
          external: {address: "wss://meet.example.com", secretName: none}
        vault:
          mode: External
          replicas: 1
          storage: {size: 256Mi}
          external: {address: "https://vault.example.com", auth: {tokenSecretName: none}}
        seaweedfs:
          masters: 1
          volumes: {replicas: 1, replication: "000", resources: %3$s}
          filers: {replicas: 1, store: Embedded, storage: {size: 1Gi}, resources: %3$s}
          s3: {replicas: 1, resources: %3$s}
          external: {endpoint: "https://s3.example.com", secretName: none}
      """;

  private static final String TENANT =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: Tenant
      metadata: {name: acme, namespace: %1$s}
      spec:
        clusterRef: {name: demo, namespace: %2$s}
        isolation: Cell
        bots: [{name: acme}]
        hosts: [acme.example.org]
        limits: {databaseSize: 1Gi, cacheMemory: 64Mi, bucketSize: 1Gi}
        %3$s
      """;

  /** The Tenant's own side. */
  TenantPods team() {
    return new TenantPods(client, namespace + "-team");
  }

  void create() {
    new Stage(client, namespace).prepare();
    new Stage(client, team().namespace()).prepare();
    var yaml = CLUSTER.formatted(namespace, team().namespace(), Small.RESOURCES);
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** With this beside what it always has. */
  void createTenant(String more) {
    var yaml = TENANT.formatted(team().namespace(), namespace, more);
    client.resource(yaml).inNamespace(team().namespace()).create();
  }

  /** What the Tenant's host answers at the gateway, and after it the status. */
  String host(String path) {
    return team()
        .run(
            "curl -s --max-time 10 -w ' %%{http_code}' -H 'Host: acme.example.org' http://demo-gateway.%s%s"
                .formatted(namespace, path));
  }

  /** Waits until no pod of the Cell is left. */
  void awaitAsleep(Duration limit) {
    client
        .pods()
        .inNamespace(team().namespace())
        .withLabel("generalbots.io/cluster", "acme-cell")
        .waitUntilCondition(Objects::isNull, limit.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until the Cell and its pods are gone. */
  void awaitGone(Duration limit) {
    client
        .resources(BotCluster.class)
        .inNamespace(team().namespace())
        .withName("acme-cell")
        .waitUntilCondition(Objects::isNull, limit.toSeconds(), TimeUnit.SECONDS);
    awaitAsleep(limit);
  }

  /** The volumes of the Cell. */
  int volumes() {
    return client
        .persistentVolumeClaims()
        .inNamespace(team().namespace())
        .withLabel("generalbots.io/cluster", "acme-cell")
        .list()
        .getItems()
        .size();
  }

  @Override
  public void close() {
    team().close();
    new Stage(client, namespace).clear();
  }
}
