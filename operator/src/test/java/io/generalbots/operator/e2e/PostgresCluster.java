package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A BotCluster of nothing but Postgres and its pooler. What it leaves behind is removed, the
 * namespace is not: the operator's rights in it belong to whoever installed the operator.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record PostgresCluster(KubernetesClient client, String namespace) implements AutoCloseable {

  private static final String NAME = "demo";
  private static final String READY = "PostgresReady";
  private static final Map<String, String> OWN = Map.of("generalbots.io/cluster", NAME);
  private static final Map<String, String> SERVERS =
      Map.of("generalbots.io/cluster", NAME, "generalbots.io/component", "postgres");

  /** A namespace without anything of an earlier run. */
  void prepareNamespace() {
    stage().prepare();
  }

  /** Makes the BotCluster with this block postgres, as YAML in one line. */
  void create(String postgres) {
    create(postgres, "Retain");
  }

  void create(String postgres, String reclaimPolicy) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          reclaimPolicy: %s
          postgres: %s
          valkey: {external: {address: "valkey:6379"}}
        """
            .formatted(NAME, namespace, Specs.storesOnly("  "), reclaimPolicy, postgres);
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Changes the spec by a JSON merge patch. */
  void patch(String spec) {
    merge("{\"spec\":%s}".formatted(spec));
  }

  void annotate(String key, String value) {
    merge("{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  private void merge(String patch) {
    cluster().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Waits until the operator says of the newest spec that so many servers of as many are ready. */
  void awaitReady(int servers, Duration limit) {
    var message = "%1$d of %1$d servers".formatted(servers);
    await(
        c ->
            "True".equals(c.getStatus())
                && "Ready".equals(c.getReason())
                && c.getMessage().contains(message),
        limit);
  }

  /** Waits until the operator gives this reason or message for the state of Postgres. */
  void awaitTold(String text, Duration limit) {
    await(c -> c.getReason().equals(text) || c.getMessage().contains(text), limit);
  }

  private void await(Predicate<Condition> condition, Duration limit) {
    new Told(cluster()).await(READY, condition, limit);
  }

  /** Waits until this pod is primary. */
  void awaitPrimary(String pod, Duration limit) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod)
        .waitUntilCondition(
            p ->
                p != null
                    && "primary".equals(p.getMetadata().getLabels().get("generalbots.io/role")),
            limit.toSeconds(),
            TimeUnit.SECONDS);
  }

  String primary() {
    return withRole("primary").get(0);
  }

  List<String> withRole(String role) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabels(SERVERS)
        .withLabel("generalbots.io/role", role)
        .list()
        .getItems()
        .stream()
        .map(p -> p.getMetadata().getName())
        .sorted()
        .toList();
  }

  List<Pod> servers() {
    return client.pods().inNamespace(namespace).withLabels(SERVERS).list().getItems();
  }

  List<PersistentVolumeClaim> claims() {
    return client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withLabels(SERVERS)
        .list()
        .getItems();
  }

  Secret secret(String suffix) {
    return client.secrets().inNamespace(namespace).withName(NAME + suffix).get();
  }

  /** Takes away a server's volume and the server that holds on to it, and waits for both anew. */
  void loseVolume(String pod) {
    client.persistentVolumeClaims().inNamespace(namespace).withName("data-" + pod).delete();
    var lost = client.pods().inNamespace(namespace).withName(pod);
    var before = lost.get();
    lost.delete();
    awaitReplaced(before);
  }

  /** Deletes every server at once, without a chance to say good-bye, and waits for all anew. */
  void killEverything() {
    var before = servers();
    client.pods().inNamespace(namespace).withLabels(SERVERS).withGracePeriod(0).delete();
    before.forEach(this::awaitReplaced);
  }

  /** Waits until a server that was to end has ended and is ready again, in the same pod or not. */
  void awaitBack(Pod former) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(former.getMetadata().getName())
        .waitUntilCondition(
            p -> p != null && hasEnded(p, former) && Readiness.isPodReady(p), 3, TimeUnit.MINUTES);
  }

  private static boolean hasEnded(Pod pod, Pod former) {
    return isAnother(pod, former) || restarts(pod) > restarts(former);
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream().mapToInt(s -> s.getRestartCount()).sum();
  }

  private void awaitReplaced(Pod former) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(former.getMetadata().getName())
        .waitUntilCondition(
            p -> isAnother(p, former) && Readiness.isPodReady(p), 2, TimeUnit.MINUTES);
  }

  private static boolean isAnother(@Nullable Pod pod, Pod former) {
    return pod != null && !former.getMetadata().getUid().equals(pod.getMetadata().getUid());
  }

  /** Deletes the BotCluster and waits for the end of its last pod. */
  void delete() {
    cluster().delete();
    client
        .pods()
        .inNamespace(namespace)
        .withLabels(OWN)
        .waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
  }

  /** Runs a statement as the superuser in the application's database and gives what it printed. */
  String sql(String pod, String statement) {
    return sql(pod, "botserver", statement);
  }

  /** The same in another database. */
  String sql(String pod, String database, String statement) {
    return exec(pod, "psql", "-U", "postgres", "-d", database, "-Atqc", statement);
  }

  /** Runs a command in a pod and gives what it printed. */
  String exec(String pod, String... command) {
    var out = new ByteArrayOutputStream();
    try (var exec =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .writingOutput(out)
            .writingError(out)
            .exec(command)) {
      exec.exitCode().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("cannot run in " + pod + ": " + String.join(" ", command), e);
    }
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private Resource<BotCluster> cluster() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }

  /** Waits until nothing is there that could hold data or open it. */
  void awaitNothingLeft() {
    stage().awaitNothingKept();
  }

  private Stage stage() {
    return new Stage(client, namespace);
  }

  /** Removes the BotCluster and what it leaves behind by default, which is all that holds data. */
  @Override
  public void close() {
    stage().clear();
  }
}
