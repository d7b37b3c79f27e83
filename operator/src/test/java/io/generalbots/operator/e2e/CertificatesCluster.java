package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A BotCluster of two servers of each kind, and the Secrets it takes certificates from and to.
 *
 * @param client how it is reached
 * @param namespace where it runs; made, and watched by the operator, before the test
 */
record CertificatesCluster(KubernetesClient client, String namespace) implements AutoCloseable {

  static final String CLUSTER = "generalbots.io/cluster";
  static final String NAME = "demo";

  void create() {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          reclaimPolicy: Delete
          postgres: {instances: 2, storage: {size: 1Gi}, pooler: {instances: 1}}
          valkey: {replicas: 2, memory: 64Mi, persistence: {size: 1Gi}}
        """
            .formatted(NAME, namespace, Specs.storesOnly("  "));
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Replaces the block certificates of the spec, as JSON; null for what the operator makes. */
  void certificates(String json) {
    var patch = PatchContext.of(PatchType.JSON);
    cluster()
        .patch(
            patch,
            "[{\"op\":\"add\",\"path\":\"/spec/certificates\",\"value\":%s}]".formatted(json));
  }

  void awaitReady(Duration limit) {
    await("Ready", c -> "True".equals(c.getStatus()), limit);
  }

  /** Waits until the operator says of the newest spec that certificates are as wished. */
  void awaitValid(Duration limit) {
    await("CertificatesValid", c -> "True".equals(c.getStatus()), limit);
  }

  /** Waits until the operator gives this reason for certificates that are not. */
  void awaitTold(String reason, Duration limit) {
    await("CertificatesValid", c -> reason.equals(c.getReason()), limit);
  }

  private void await(String type, Predicate<Condition> wished, Duration limit) {
    new Told(cluster()).await(type, wished, limit);
  }

  /** Waits until a Secret of the cluster is as wished. */
  Secret awaitSecret(String name, Predicate<Secret> wished, Duration limit) {
    return secrets(name)
        .waitUntilCondition(s -> s != null && wished.test(s), limit.toSeconds(), TimeUnit.SECONDS);
  }

  String read(String name, String key) {
    return Secrets.text(secrets(name).require(), key);
  }

  /** Writes a Secret as a user does. */
  void write(String name, Map<String, String> values) {
    var meta = new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
    client.resource(Secrets.opaque(meta, values)).createOr(r -> r.update());
  }

  private Resource<Secret> secrets(String name) {
    return client.secrets().inNamespace(namespace).withName(name);
  }

  /** Every container of every pod, told apart from one that took its place: no two are alike. */
  Map<String, List<String>> lives() {
    var lives = new TreeMap<String, List<String>>();
    pods().forEach(p -> lives.put(p.getMetadata().getName(), life(p)));
    return lives;
  }

  private static List<String> life(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(c -> pod.getMetadata().getUid() + " " + c.getName() + " " + c.getRestartCount())
        .sorted()
        .toList();
  }

  List<Pod> pods() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(CLUSTER, NAME)
        .withLabel("app.kubernetes.io/managed-by", "generalbots-operator")
        .list()
        .getItems();
  }

  /** Removes what the test made; the namespace stays, the operator's rights are in it. */
  @Override
  public void close() {
    cluster().delete();
    client
        .pods()
        .inNamespace(namespace)
        .withLabel(CLUSTER, NAME)
        .waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
    client.persistentVolumeClaims().inNamespace(namespace).withLabel(CLUSTER, NAME).delete();
    client.secrets().inNamespace(namespace).withLabel(CLUSTER, NAME).delete();
    client.configMaps().inNamespace(namespace).withLabel(CLUSTER, NAME).delete();
  }

  private Resource<BotCluster> cluster() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }
}
