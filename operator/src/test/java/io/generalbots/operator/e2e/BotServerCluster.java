package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.generalbots.api.v1alpha1.BotCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A BotCluster of bot servers on small stores of its own, but for Qdrant, whose contract the test
 * serves. Its vault begins with an image that nobody has.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record BotServerCluster(KubernetesClient client, String namespace) {

  static final String NAME = "demo";
  private static final String READY = "BotserverReady";
  private static final Map<String, String> SERVERS =
      Map.of("generalbots.io/cluster", NAME, "generalbots.io/component", "botserver");

  private static final String YAML =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        domain: bots.example.com
        profile: Minimal
        reclaimPolicy: Delete
        gateway: {enabled: false}
        directory: {mode: Disabled}
        botserver:
          image: %3$s
          replicas: 2
          drainSeconds: 3
          workVolume: {size: 1Gi, storageClass: %2$s}
          resources: {requests: {cpu: 10m, memory: 64Mi}, limits: {memory: 512Mi}}
          environment: [{name: DRIVE_SCAN_INTERVAL, value: "2"}]
        images: {vault: "generalbots/openbao:none"}
        vault:
          mode: Managed
          replicas: 1
          storage: {size: 256Mi}
          resources: {requests: {cpu: 10m, memory: 64Mi}, limits: {memory: 256Mi}}
        seaweedfs:
          masters: 1
          volumes: {replicas: 1, replication: "000", storage: {size: 1Gi}}
          filers: {replicas: 1}
          s3: {replicas: 1}
        qdrant: {external: {address: "http://vectors.%2$s.svc:6333"}}
        postgres:
          instances: 2
          storage: {size: 1Gi}
          pooler: {instances: 1}
          resources: {requests: {cpu: 20m, memory: 128Mi}, limits: {memory: 512Mi}}
        valkey: {replicas: 1, memory: 64Mi, persistence: {size: 1Gi}}
      """;

  void create(String image) {
    client.resource(YAML.formatted(NAME, namespace, image)).inNamespace(namespace).create();
  }

  /** Puts an image in the place of the vault's that nobody has, or takes it away again. */
  void breakVault(boolean broken) {
    var image = broken ? "\"generalbots/openbao:none\"" : "null";
    patch("{\"images\": {\"vault\": %s}}".formatted(image));
  }

  /** Changes the spec by a JSON merge patch. */
  void patch(String spec) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  private Resource<BotCluster> resource() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }

  /** Waits until the operator says of the newest spec that so many are ready of as many. */
  void awaitReady(int servers) {
    await(
        c -> "Ready".equals(c.getReason()) && c.getMessage().startsWith(servers + " of " + servers),
        Duration.ofMinutes(6));
  }

  /** Waits until the operator gives this reason or message, and gives the condition. */
  Condition awaitTold(String text) {
    return await(
        c -> c.getReason().equals(text) || c.getMessage().contains(text), Duration.ofMinutes(4));
  }

  private Condition await(Predicate<Condition> wanted, Duration limit) {
    return new Told(resource()).await(READY, wanted, limit);
  }

  BotCluster get() {
    return resource().require();
  }

  Optional<Deployment> deployment() {
    return Optional.ofNullable(
        client.apps().deployments().inNamespace(namespace).withName(NAME + "-botserver").get());
  }

  /** Those that are not on their way out, oldest first. */
  List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabels(SERVERS).list().getItems().stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .sorted(Comparator.comparing(p -> p.getMetadata().getCreationTimestamp()))
        .toList();
  }

  /** How often the containers of each pod were started again, by the pod's uid. */
  Map<String, Integer> restarts() {
    return pods().stream()
        .collect(
            Collectors.toMap(
                p -> p.getMetadata().getUid(),
                p ->
                    p.getStatus().getContainerStatuses().stream()
                        .mapToInt(s -> s.getRestartCount())
                        .sum()));
  }

  /** Waits until all that run are others than these, and ready. */
  void awaitOthers(Map<String, Integer> former, int servers) {
    client
        .pods()
        .inNamespace(namespace)
        .withLabels(SERVERS)
        .informOnCondition(
            pods ->
                pods.size() == servers
                    && pods.stream().noneMatch(p -> former.containsKey(p.getMetadata().getUid()))
                    && pods.stream().allMatch(Readiness::isPodReady))
        .orTimeout(5, TimeUnit.MINUTES)
        .join();
  }

  /** A pod that is not among these. */
  Pod awaitNew(Map<String, Integer> former) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabels(SERVERS)
        .informOnCondition(
            pods -> pods.stream().anyMatch(p -> !former.containsKey(p.getMetadata().getUid())))
        .orTimeout(2, TimeUnit.MINUTES)
        .join()
        .stream()
        .filter(p -> !former.containsKey(p.getMetadata().getUid()))
        .findFirst()
        .orElseThrow();
  }

  /** When a pod was ready for the first time, if it still is. */
  static Instant readySince(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(c -> "Ready".equals(c.getType()))
        .map(c -> Instant.parse(c.getLastTransitionTime()))
        .findFirst()
        .orElseThrow();
  }
}
