package io.generalbots.operator.e2e;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A BotCluster of one small server of every store that can be had, and of what a test adds to them.
 *
 * @param client how it is reached
 * @param namespace where it runs
 * @param name its name
 */
record StoresCluster(KubernetesClient client, String namespace, String name)
    implements AutoCloseable {

  static final List<String> STORES =
      List.of("PostgresReady", "PoolerReady", "ValkeyReady", "VaultReady", "SeaweedfsReady");

  private static final String CLUSTER = "generalbots.io/cluster";
  private static final String COMPONENT = "generalbots.io/component";

  private static final String YAML =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: %s, namespace: %s}
      spec:
        domain: bots.example.com
        %s
        reclaimPolicy: Delete
        postgres: %s
        valkey: %s
        vault: %s
        seaweedfs: %s
        %s
      """;

  StoresCluster(KubernetesClient client, String namespace) {
    this(client, namespace, "demo");
  }

  /** Another one in the same namespace. */
  StoresCluster named(String other) {
    return new StoresCluster(client, namespace, other);
  }

  /** Of these blocks only, beside what is there. */
  void createOf(String... blocks) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          reclaimPolicy: Delete
          %s
          %s
        """
            .formatted(name, namespace, Specs.storesOnly("  "), String.join("\n  ", blocks));
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Deletes it and waits until its pods are gone. */
  void delete() {
    resource().delete();
    client
        .pods()
        .inNamespace(namespace)
        .withLabel(CLUSTER, name)
        .waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
  }

  /** Where nothing was before, with these components beside the stores: {@code gateway: {}}. */
  void create(String... beside) {
    stage().prepare();
    var components =
        Stream.concat(Stream.of("seaweedfs"), Stream.of(beside).map(b -> b.split(":", 2)[0]));
    var yaml =
        YAML.formatted(
            name,
            namespace,
            Specs.storesAnd(components.toList(), "  "),
            Small.POSTGRES,
            Small.VALKEY,
            Small.VAULT,
            Small.SEAWEEDFS,
            String.join("\n  ", beside));
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** With a gateway and rooms behind it, until all of it is ready. */
  void createWithAnEdge() {
    create(
        "gateway: {replicas: 1, service: {type: ClusterIP}, resources: %s}"
            .formatted(Small.RESOURCES),
        "livekit: {enabled: true, replicas: 1, recording: {enabled: false}, resources: %s}"
            .formatted(Small.RESOURCES));
    awaitTrue("Ready", Duration.ofMinutes(6));
  }

  /** Changes the spec by a merge patch, as YAML. */
  void patch(String spec) {
    try {
      var patch = new ObjectMapper(new YAMLFactory()).readTree("spec: " + spec);
      resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(spec, e);
    }
  }

  BotCluster get() {
    return resource().require();
  }

  /** Waits until a condition of the newest spec is like that, and gives it. */
  Condition await(String type, Predicate<Condition> wanted, Duration limit) {
    return new Told(resource()).await(type, wanted, limit);
  }

  Condition awaitTrue(String type, Duration limit) {
    return new Told(resource()).awaitTrue(type, limit);
  }

  /** Waits until every store is as wished. */
  void awaitStores(Duration limit) {
    var end = Instant.now().plus(limit);
    STORES.forEach(s -> awaitTrue(s, Duration.between(Instant.now(), end)));
  }

  /** Since when each store is as it is, but for these. */
  Map<String, String> since(String... without) {
    return since(get(), List.of(without));
  }

  private static Map<String, String> since(BotCluster cluster, List<String> without) {
    return cluster.getStatus().conditions().stream()
        .filter(c -> STORES.contains(c.getType()) && !without.contains(c.getType()))
        .collect(toMap(Condition::getType, c -> c.getStatus() + c.getLastTransitionTime()));
  }

  /**
   * The same once every store has been as wished for a while: what comes back may stumble once
   * more.
   */
  Map<String, String> settled(Duration quiet, String... without) {
    Map<String, String> all;
    do {
      awaitStores(Duration.ofMinutes(2));
      all = since();
    } while (isTold(all, quiet));
    return since(without);
  }

  /** Whether a store is told of differently from this, at any time within the limit. */
  boolean isTold(Map<String, String> before, Duration limit) {
    try {
      resource()
          .waitUntilCondition(
              c -> c != null && !since(c, List.of()).equals(before),
              limit.toSeconds(),
              TimeUnit.SECONDS);
      return true;
    } catch (KubernetesClientTimeoutException e) {
      return false;
    }
  }

  /** The first pod of a component. */
  Pod pod(String component) {
    return pods(component).get(0);
  }

  private List<Pod> pods(String component) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(CLUSTER, name)
        .withLabel(COMPONENT, component)
        .list()
        .getItems();
  }

  /**
   * Every container of every pod of the cluster, told apart from one that took its place.
   *
   * @param without components that do not count
   */
  Map<String, Integer> lives(String... without) {
    var left = List.of(without);
    var lives = new TreeMap<String, Integer>();
    client.pods().inNamespace(namespace).withLabel(CLUSTER, name).list().getItems().stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .filter(p -> !left.contains(p.getMetadata().getLabels().getOrDefault(COMPONENT, "")))
        .forEach(p -> lives.putAll(lives(p)));
    return lives;
  }

  private static Map<String, Integer> lives(Pod pod) {
    var name = pod.getMetadata().getName() + " " + pod.getMetadata().getUid() + " ";
    return pod.getStatus().getContainerStatuses().stream()
        .collect(toMap(c -> name + c.getName(), c -> c.getRestartCount()));
  }

  private Resource<BotCluster> resource() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(name);
  }

  private Stage stage() {
    return new Stage(client, namespace);
  }

  @Override
  public void close() {
    stage().clear();
  }
}
