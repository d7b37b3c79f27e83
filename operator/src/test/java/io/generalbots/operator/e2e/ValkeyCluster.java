package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A BotCluster of nothing but Valkey in a namespace of its own. */
final class ValkeyCluster implements AutoCloseable {

  static final String NAME = "demo";
  private static final String READY = "ValkeyReady";
  private static final String PROBE_WRITE = ". /scripts/common.sh; here SET probe 1";

  private final KubernetesClient client;
  private final String namespace;

  ValkeyCluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  void create(int replicas) {
    var labels = new NamespaceBuilder().withNewMetadata().withName(namespace);
    client
        .resource(
            labels
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .serverSideApply();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          postgres:
            external: {address: "postgres:5432", secretName: none}
            pooler: {enabled: false}
          valkey: {replicas: %d, memory: 64Mi, persistence: {size: 1Gi}}
        """
            .formatted(NAME, namespace, replicas);
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Changes the block valkey of the spec by a JSON merge patch. */
  void patch(String valkey) {
    client
        .resources(BotCluster.class)
        .inNamespace(namespace)
        .withName(NAME)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"valkey\":%s}}".formatted(valkey));
  }

  /** Waits until the operator says of the newest spec that Valkey is ready. */
  void awaitReady(int servers, Duration limit) {
    client
        .resources(BotCluster.class)
        .inNamespace(namespace)
        .withName(NAME)
        .waitUntilCondition(
            c -> c != null && isReady(c, servers), limit.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until the operator says why Valkey is not ready. */
  void awaitTrouble(String part, Duration limit) {
    client
        .resources(BotCluster.class)
        .inNamespace(namespace)
        .withName(NAME)
        .waitUntilCondition(
            c ->
                c != null
                    && c.getStatus() != null
                    && c.getStatus().conditions().stream()
                        .anyMatch(x -> READY.equals(x.getType()) && x.getMessage().contains(part)),
            limit.toSeconds(),
            TimeUnit.SECONDS);
  }

  private static boolean isReady(BotCluster cluster, int servers) {
    var status = cluster.getStatus();
    return status != null
        && status.conditions().stream()
            .filter(c -> READY.equals(c.getType()) && "True".equals(c.getStatus()))
            .filter(
                c ->
                    Objects.equals(
                        c.getObservedGeneration(), cluster.getMetadata().getGeneration()))
            .anyMatch(c -> c.getMessage().startsWith(servers + " of " + servers));
  }

  String primary() {
    return client
        .services()
        .inNamespace(namespace)
        .withName(NAME + "-valkey")
        .get()
        .getSpec()
        .getSelector()
        .getOrDefault("statefulset.kubernetes.io/pod-name", "");
  }

  /** Waits until the Service leads to another pod than this. */
  String awaitPrimaryOtherThan(String former, Duration limit) {
    client
        .services()
        .inNamespace(namespace)
        .withName(NAME + "-valkey")
        .waitUntilCondition(
            s ->
                s != null
                    && !former.equals(
                        s.getSpec().getSelector().get("statefulset.kubernetes.io/pod-name")),
            limit.toSeconds(),
            TimeUnit.SECONDS);
    return primary();
  }

  List<Pod> servers() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("generalbots.io/component", "valkey")
        .list()
        .getItems();
  }

  /** Deletes a pod without a chance to say good-bye. */
  void kill(String pod) {
    client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
  }

  void delete(String pod) {
    client.pods().inNamespace(namespace).withName(pod).delete();
  }

  /** Deletes every server and sentinel at once, without a chance to say good-bye. */
  void killEverything() {
    client
        .pods()
        .inNamespace(namespace)
        .withLabel("generalbots.io/cluster", NAME)
        .withGracePeriod(0)
        .delete();
  }

  /** Makes a server primary: the only one that can take over when the primary is deleted. */
  void makePrimary(String wished, Duration limit) {
    var primary = primary();
    if (wished.equals(primary)) {
      return;
    }
    servers().stream()
        .map(p -> p.getMetadata().getName())
        .filter(name -> !name.equals(wished) && !name.equals(primary))
        .forEach(this::delete);
    until(() -> command(primary, "INFO replication").contains("connected_slaves:1"), limit);
    delete(primary);
    until(() -> wished.equals(primary()), limit);
    awaitReady(servers().size(), limit);
  }

  /** Waits until a write through the Service is acknowledged by the elected primary. */
  void awaitWritable(Duration limit) {
    until(() -> tryShell(primary(), PROBE_WRITE).equals("OK"), limit);
  }

  /** Waits until the primary knows the application by this password. */
  void awaitPassword(String password, Duration limit) {
    var ping = "REDISCLI_AUTH=%s valkey-cli -s /run/valkey/server.sock PING".formatted(password);
    until(() -> tryShell(primary(), ping).equals("PONG"), limit);
  }

  /** There is no event to wait for inside of a server: asks it again. */
  private static void until(BooleanSupplier condition, Duration limit) {
    var end = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("did not happen within " + limit);
      }
    }
  }

  private String tryShell(String pod, String command) {
    try {
      return shell(pod, command);
    } catch (AssertionError | KubernetesClientException e) {
      return "";
    }
  }

  /** Runs a Valkey command on the server of a pod, as its operator. */
  String command(String pod, String command) {
    return shell(pod, ". /scripts/common.sh; here " + command);
  }

  /** Runs a shell command in a pod and gives what it printed. */
  String shell(String pod, String command) {
    var out = new ByteArrayOutputStream();
    try (var exec =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .writingOutput(out)
            .writingError(out)
            .exec("bash", "-c", command)) {
      exec.exitCode().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("cannot run in " + pod + ": " + command, e);
    }
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  Secret secret() {
    return client.secrets().inNamespace(namespace).withName(NAME + "-valkey").get();
  }

  String published(String key) {
    return new String(
        Base64.getDecoder().decode(secret().getData().get(key)), StandardCharsets.UTF_8);
  }

  void setPassword(String password) {
    UnaryOperator<Secret> edit =
        s -> {
          s.setStringData(Map.of("password", password));
          return s;
        };
    client.secrets().inNamespace(namespace).withName(NAME + "-valkey").edit(edit);
  }

  /** Starts a pod that writes for so long. */
  ValkeyWriter write(String name, int seconds, boolean tls) {
    return ValkeyWriter.start(client, namespace, name, new ValkeyWriter.Load(seconds, tls));
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
  }
}
