package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.golden.Specs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A BotCluster of nothing but LiveKit and its bus. */
final class LiveKitCluster implements AutoCloseable {

  private static final String NAME = "demo";
  private static final String LOGIN = "database-elsewhere";
  private static final String READY = "LivekitReady";
  private static final String METRICS = "curl -s http://127.0.0.1:6789/metrics";
  private static final Map<String, String> SERVERS =
      Map.of("generalbots.io/cluster", NAME, "generalbots.io/component", "livekit");

  private final KubernetesClient client;
  private final String namespace;
  private final Shell shell;

  LiveKitCluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.shell = new Shell(client, namespace);
  }

  /** With these fields of the block livekit, where nothing was before. */
  void create(String livekit) {
    create(livekit, Map.of());
  }

  /**
   * The same with these components beside it, by their names, each with the fields of its block.
   */
  void create(String livekit, Map<String, String> others) {
    stage().prepare();
    var names = List.copyOf(others.keySet());
    var blocks =
        others.entrySet().stream()
            .map(e -> "%s: %s".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining("\n  "));
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          %s
          reclaimPolicy: Delete
          postgres:
            external: {address: "postgres:5432", secretName: %s}
            pooler: {enabled: false}
          valkey: {replicas: 1, memory: 64Mi, persistence: {mode: Disabled}}
          livekit:
            enabled: true
            resources: {requests: {cpu: 20m, memory: 32Mi}, limits: {memory: 256Mi}}
            %s
        """
            .formatted(namespace, Specs.storesAnd(names, "  "), blocks, LOGIN, livekit);
    client.resource(login()).inNamespace(namespace).serverSideApply();
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Of a database that nobody asks for anything: LiveKit needs none. */
  private static Secret login() {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(LOGIN)
        .endMetadata()
        .withStringData(Map.of("username", "nobody", "password", "none"))
        .build();
  }

  /** Changes the spec by a JSON merge patch. */
  void patchSpec(String spec) {
    merge("{\"spec\": %s}".formatted(spec));
  }

  /** Changes the block livekit by a JSON merge patch. */
  void patch(String livekit) {
    merge("{\"spec\": {\"livekit\": %s}}".formatted(livekit));
  }

  void annotate(String key, String value) {
    merge("{\"metadata\": {\"annotations\": {\"%s\": %s}}}".formatted(key, value));
  }

  private void merge(String patch) {
    cluster().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Waits until so many servers run what is wished now, and nothing else is left to be done. */
  void awaitReady(int servers, Duration limit) {
    awaitCondition(
        "True", m -> m.startsWith("%d of %d servers".formatted(servers, servers)), limit);
  }

  /** Waits until LiveKit is not ready, and why. */
  void awaitTrouble(String why, Duration limit) {
    awaitCondition("False", m -> m.contains(why), limit);
  }

  private void awaitCondition(String status, Predicate<String> message, Duration limit) {
    await(READY, c -> status.equals(c.getStatus()) && message.test(c.getMessage()), limit);
  }

  /** Waits until the operator says this of the newest spec. */
  void await(String type, Predicate<Condition> wished, Duration limit) {
    new Told(cluster()).await(type, wished, limit);
  }

  /** What the operator says now. */
  Condition told(String type) {
    return new Told(cluster()).now(type);
  }

  /** A participant with the published key. */
  Participant join(String who, String room, int seconds) {
    return join(who, new Participant.Ticket(room, seconds, key(), secret()));
  }

  /** A participant with the published key, who comes in as this door says. */
  Participant join(String who, String room, int seconds, Participant.Door door) {
    return join(who, new Participant.Ticket(room, seconds, key(), secret(), door));
  }

  /** The way in for browsers. */
  Participant.Door gateway() {
    var service = client.services().inNamespace(namespace).withName("demo-gateway").require();
    return new Participant.Door(
        "wss://meet.bots.example.com", Optional.of(service.getSpec().getClusterIP()), true);
  }

  Participant join(String who, Participant.Ticket ticket) {
    return Participant.join(client, namespace, who, ticket);
  }

  String key() {
    return published("api-key");
  }

  String secret() {
    return published("api-secret");
  }

  /** Waits until clients are told another key. */
  void awaitKeyOtherThan(String former, Duration limit) {
    told()
        .waitUntilCondition(
            s -> s != null && !former.equals(text(s, "api-key")),
            limit.toSeconds(),
            TimeUnit.SECONDS);
  }

  /** The names of the Secrets that keep keys. */
  List<String> keys() {
    return names(client.secrets().inNamespace(namespace).withLabels(SERVERS).list().getItems());
  }

  /** Waits until the former keys are gone. */
  void awaitOneKey(Duration limit) {
    client
        .secrets()
        .inNamespace(namespace)
        .withLabels(SERVERS)
        .informOnCondition(secrets -> names(secrets).size() == 1)
        .orTimeout(limit.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static List<String> names(List<Secret> secrets) {
    return secrets.stream()
        .map(s -> s.getMetadata().getName())
        .filter(n -> n.startsWith("demo-livekit-key-"))
        .toList();
  }

  /** Those that take clients. */
  List<Pod> servers() {
    return client.pods().inNamespace(namespace).withLabels(SERVERS).list().getItems().stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** The one server with a room. */
  String host() {
    var hosts = hosts();
    assertThat(hosts).as("servers with a room").hasSize(1);
    return hosts.get(0);
  }

  /** The same, once the rooms that everybody left are closed; each may take 20 s. */
  String awaitHost(Duration limit) {
    var end = Instant.now().plus(limit);
    while (hosts().size() != 1) {
      assertThat(Instant.now()).as("servers with a room: %s", hosts()).isBefore(end);
    }
    return host();
  }

  private List<String> hosts() {
    return servers().stream()
        .map(p -> p.getMetadata().getName())
        .filter(p -> rooms(p) > 0)
        .toList();
  }

  /** The way in by this server and by no other. */
  Participant.Door doorOf(String server) {
    var pod = client.pods().inNamespace(namespace).withName(server).require();
    var url = "ws://%s:7880".formatted(pod.getStatus().getPodIP());
    return new Participant.Door(url, Optional.empty(), false);
  }

  /** Another server than this. */
  String other(String spared) {
    return servers().stream()
        .map(p -> p.getMetadata().getName())
        .filter(p -> !p.equals(spared))
        .findFirst()
        .orElseThrow();
  }

  /** How many rooms a server has. */
  int rooms(String pod) {
    var lines = shell.run(pod, METRICS + " | grep '^livekit_room_total' || true");
    return lines.isEmpty() ? 0 : (int) Double.parseDouble(lines.replaceAll("(?s).*[ \\t]", ""));
  }

  /** Has Kubernetes choose another one than this when it removes one. */
  void spare(String pod) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\":"
                + " {\"controller.kubernetes.io/pod-deletion-cost\": \"100\"}}}");
  }

  /** Waits for a server that takes clients and is not this one; gives its name. */
  String awaitServerOtherThan(String former, Duration limit) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabels(SERVERS)
        .informOnCondition(pods -> pods.stream().anyMatch(p -> takesClients(p, former)))
        .orTimeout(limit.toSeconds(), TimeUnit.SECONDS)
        .join()
        .stream()
        .filter(p -> takesClients(p, former))
        .map(p -> p.getMetadata().getName())
        .findFirst()
        .orElseThrow();
  }

  private static boolean takesClients(Pod pod, String former) {
    return !former.equals(pod.getMetadata().getName()) && new Instance(pod).isReady();
  }

  /** Waits until none of these is left that takes clients, and as many others do. */
  void awaitReplaced(List<Pod> former, Duration limit) {
    var names = former.stream().map(p -> p.getMetadata().getName()).toList();
    client
        .pods()
        .inNamespace(namespace)
        .withLabels(SERVERS)
        .informOnCondition(pods -> areReplaced(pods, names))
        .orTimeout(limit.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static boolean areReplaced(List<Pod> pods, List<String> former) {
    var serving =
        pods.stream().filter(p -> p.getMetadata().getDeletionTimestamp() == null).toList();
    return serving.size() == former.size()
        && serving.stream().noneMatch(p -> former.contains(p.getMetadata().getName()))
        && serving.stream().allMatch(Readiness::isPodReady);
  }

  void awaitGone(String pod, Duration limit) {
    stage().awaitGone(pod, limit);
  }

  private String published(String key) {
    return text(told().get(), key);
  }

  private Resource<Secret> told() {
    return client.secrets().inNamespace(namespace).withName("demo-livekit");
  }

  private static String text(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }

  private Resource<BotCluster> cluster() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }

  private Stage stage() {
    return new Stage(client, namespace);
  }

  @Override
  public void close() {
    stage().clear();
    client.secrets().inNamespace(namespace).withName(LOGIN).delete();
  }
}
