package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A BotCluster of nothing but a gateway.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record GatewayCluster(KubernetesClient client, String namespace) implements AutoCloseable {

  static final String DOMAIN = "bots.example.com";

  private static final String NAME = "demo";
  private static final int REVISION = 12;
  private static final Part PART = new Part(NAME, "gateway");

  /** Stores that nothing of a gateway needs. */
  private static final String NOWHERE =
      stores("{external: {address: \"valkey:6379\", secretName: none}}");

  private static final String GATEWAY =
      """
      gateway:
        service: {type: ClusterIP}
        rateLimit: %s
        resources: {requests: {cpu: 20m, memory: 32Mi}}
      """
          .indent(2);

  /** Of two pods, where nothing was before, with these bot servers behind them, for any load. */
  void create(String... botServers) {
    createOf(NOWHERE + GATEWAY.formatted("{enabled: false}"), botServers);
  }

  /** The same with these limits, which are kept in this Valkey. */
  void create(String valkey, String limits, String[] botServers) {
    createOf(stores(valkey) + GATEWAY.formatted(limits), botServers);
  }

  private static String stores(String valkey) {
    return """
        qdrant: {enabled: false}
          postgres:
            external: {address: "postgres:5432", secretName: none}
            pooler: {enabled: false}
          valkey: %s
        """
        .formatted(valkey);
  }

  /** Of these blocks, indented by two. */
  void createOf(String blocks, String... botServers) {
    stage().prepare();
    botServers().start(botServers);
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: %s
          profile: Minimal
          seaweedfs: {enabled: false}
          botserver: {enabled: false}
          directory: {mode: Disabled}
          %s
        """
            .formatted(NAME, namespace, DOMAIN, blocks);
    client.resource(yaml).inNamespace(namespace).create();
    awaitReady(Duration.ofMinutes(3));
  }

  BotServers botServers() {
    return new BotServers(client, namespace);
  }

  /** Changes the spec by a JSON merge patch. */
  void patch(String spec) {
    cluster().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  void awaitReady(Duration limit) {
    awaitReady("Gateway", limit);
  }

  /** The same of another component. */
  void awaitReady(String component, Duration limit) {
    await(component + "Ready", c -> "True".equals(c.getStatus()), limit);
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

  /** Waits until a configuration with this line is made, and served by every pod. */
  void awaitServed(String line, Duration limit) {
    var text = awaitFile(PART.name(), "Caddyfile", t -> t.contains(line), limit);
    var revision = text.substring(text.indexOf("/healthz \"") + 10).substring(0, REVISION);
    awaitEach("[ \"$(curl -s 127.0.0.1:8081/healthz)\" = %s ]".formatted(revision), limit);
  }

  /** Waits until this address of a bot server is one that every pod knows, by a file in force. */
  void awaitKnown(String address, Duration limit) {
    awaitInForce(list -> list.contains(address), limit);
  }

  /** The same until no pod knows it any more. */
  void awaitForgotten(String address, Duration limit) {
    awaitInForce(list -> !list.contains(address), limit);
  }

  private void awaitInForce(Predicate<List<String>> wished, Duration limit) {
    var text =
        awaitFile(PART.name("servers"), "addresses", t -> wished.test(t.lines().toList()), limit);
    var revision = text.substring("# revision ".length()).substring(0, REVISION);
    awaitEach(
        "curl -s 127.0.0.1:8081/metrics | grep -q '^generalbots_edge_servers_info{.*\"%s\"} 1'"
            .formatted(revision),
        limit);
  }

  private String awaitFile(String map, String key, Predicate<String> wished, Duration limit) {
    var found =
        client
            .configMaps()
            .inNamespace(namespace)
            .withName(map)
            .waitUntilCondition(
                m -> m != null && wished.test(m.getData().getOrDefault(key, "")),
                limit.toSeconds(),
                TimeUnit.SECONDS);
    return found.getData().getOrDefault(key, "");
  }

  private void awaitEach(String condition, Duration limit) {
    var until = "until %s; do sleep 0.1; done".formatted(condition);
    pods().forEach(p -> shell().run(p.getMetadata().getName(), until, limit));
  }

  /** Those that are not on their way out. */
  List<Pod> pods() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabels(PART.selector())
        .list()
        .getItems()
        .stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** Deletes one as an eviction does, and waits until another has taken its place. */
  void replace(String pod) {
    client.pods().inNamespace(namespace).withName(pod).delete();
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod)
        .waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(PART.name())
        .waitUntilCondition(
            d -> d != null && Objects.equals(d.getStatus().getReadyReplicas(), 2),
            120,
            TimeUnit.SECONDS);
  }

  /** Every container of every pod, told apart from one that took its place. */
  Map<String, Integer> lives() {
    var lives = new TreeMap<String, Integer>();
    pods()
        .forEach(
            p ->
                p.getStatus()
                    .getContainerStatuses()
                    .forEach(
                        c ->
                            lives.put(
                                p.getMetadata().getUid() + " " + c.getName(),
                                c.getRestartCount())));
    return lives;
  }

  String secret(String name, String key) {
    return Secrets.text(client.secrets().inNamespace(namespace).withName(name).require(), key);
  }

  /** Writes a Secret as a user does. */
  void write(String name, Map<String, String> values) {
    var meta = new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
    client.resource(Secrets.opaque(meta, values)).createOr(r -> r.update());
  }

  Shell shell() {
    return new Shell(client, namespace);
  }

  @Override
  public void close() {
    botServers().remove();
    stage().clear();
  }

  private Stage stage() {
    return new Stage(client, namespace);
  }

  private Resource<BotCluster> cluster() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }
}
