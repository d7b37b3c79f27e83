package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A BotCluster of an object store, and the PostgreSQL that knows its names.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record SeaweedCluster(KubernetesClient client, String namespace) implements AutoCloseable {

  private static final String NAME = "demo";
  private static final String READY = "SeaweedfsReady";
  private static final String NODES = "[.Topology.DataCenters[]?.Racks[]?.DataNodes[]?] | length";
  private static final String COMPONENT = "generalbots.io/component";

  /** As the default is, with small volumes and requests. */
  void create() {
    create(
        """
        {volumes: {storage: {size: 1Gi}, resources: %1$s}, filers: {resources: %1$s},\
         s3: {resources: %1$s}}"""
            .formatted(Small.RESOURCES));
  }

  /** With this block, as YAML in one line. */
  void create(String seaweedfs) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          postgres: %s
          valkey: {external: {address: "valkey:6379"}}
          seaweedfs: %s
        """
            .formatted(
                NAME, namespace, Specs.storesAnd("seaweedfs", "  "), Small.POSTGRES, seaweedfs);
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Changes the block seaweedfs of the spec by a JSON merge patch. */
  void patch(String seaweedfs) {
    patchSpec("{\"seaweedfs\": %s}".formatted(seaweedfs));
  }

  /** Changes the spec by a JSON merge patch. */
  void patchSpec(String spec) {
    cluster().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  /** Deletes the BotCluster and waits until its pods are gone; what it retains stays. */
  void delete() {
    cluster().delete();
    cluster().waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    var pods = client.pods().inNamespace(namespace).withLabel("generalbots.io/cluster", NAME);
    pods.waitUntilCondition(Objects::isNull, 180, TimeUnit.SECONDS);
  }

  /** Waits until the operator says of the newest spec that all is as wished. */
  void awaitReady(Duration limit) {
    new Told(cluster()).awaitTrue(READY, limit);
  }

  /** Waits until what is said of the newest spec is like that, and gives it. */
  Condition await(Predicate<Condition> wanted, Duration limit) {
    return new Told(cluster()).await(READY, wanted, limit);
  }

  /** Waits until no pod of a component is left. */
  void awaitNone(String component, Duration limit) {
    client
        .pods()
        .inNamespace(namespace)
        .withLabel(COMPONENT, component)
        .waitUntilCondition(Objects::isNull, limit.toSeconds(), TimeUnit.SECONDS);
  }

  /** How large the volumes of a component are by now. */
  List<String> capacities(String component) {
    return client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withLabel(COMPONENT, component)
        .list()
        .getItems()
        .stream()
        .map(c -> String.valueOf(c.getStatus().getCapacity().get("storage")))
        .toList();
  }

  /** Kills a pod without a chance to say good-bye, and waits until another one serves for it. */
  void replace(Pod victim, Duration limit) throws Exception {
    var component = victim.getMetadata().getLabels().getOrDefault(COMPONENT, "");
    var count = pods(component).size();
    var uid = victim.getMetadata().getUid();
    client.resource(victim).withGracePeriod(0).delete();
    client
        .pods()
        .inNamespace(namespace)
        .withLabel(COMPONENT, component)
        .informOnCondition(
            now ->
                now.stream().noneMatch(p -> uid.equals(p.getMetadata().getUid()))
                    && now.stream().filter(Readiness::isPodReady).count() == count)
        .get(limit.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Waits until the leading master knows every volume server again: with one of them missing, the
   * loss of another pod would be a second one. Nothing tells when it does.
   */
  void awaitWhole(Duration limit) {
    var servers = pods("seaweedfs-volume").size();
    var count = "curl -s http://demo-seaweedfs-master:9333/dir/status | jq '%s'".formatted(NODES);
    var end = Instant.now().plus(limit);
    while (!Integer.toString(servers)
        .equals(new Shell(client, namespace).attempt("demo-seaweedfs-volume-1", count))) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the masters did not find all servers within " + limit);
      }
    }
  }

  /** Waits until a pod is gone: it is no longer counted once it is told to end. */
  void awaitGone(String pod, Duration limit) {
    stage().awaitGone(pod, limit);
  }

  List<Pod> pods(String component) {
    return client.pods().inNamespace(namespace).withLabel(COMPONENT, component).list().getItems();
  }

  /** The uid of each pod, by its name: another one is another pod. */
  Map<String, String> uids(String component) {
    return pods(component).stream()
        .collect(Collectors.toMap(p -> p.getMetadata().getName(), p -> p.getMetadata().getUid()));
  }

  /** Writes the password that is to hold from now on. */
  void setPassword(String password) {
    client
        .secrets()
        .inNamespace(namespace)
        .withName(NAME + "-s3")
        .edit(
            s -> {
              s.setStringData(Map.of("password", password));
              return s;
            });
  }

  /** How many volume servers hold this text in the files of their disks. */
  long serversThatHold(String text) {
    var shell = new Shell(client, namespace);
    var search = "grep -rqa -e '%s' /data && echo found || echo nothing".formatted(text);
    return pods("seaweedfs-volume").stream()
        .map(p -> shell.run(p.getMetadata().getName(), search))
        .peek(
            answer -> {
              if (!answer.equals("found") && !answer.equals("nothing")) {
                throw new AssertionError("the search did not work: " + answer);
              }
            })
        .filter("found"::equals)
        .count();
  }

  Stage stage() {
    return new Stage(client, namespace);
  }

  @Override
  public void close() {
    stage().clear();
  }

  private Resource<BotCluster> cluster() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }
}
