package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The pods of the Valkey of a BotCluster, and the Service in front of them.
 *
 * @param client where they run
 * @param namespace their namespace
 */
record ValkeyPods(KubernetesClient client, String namespace) {

  private static final String SERVICE = "demo-valkey";
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
  private static final String PROBE_WRITE = ". /scripts/common.sh; here SET probe 1";

  String primary() {
    return client
        .services()
        .inNamespace(namespace)
        .withName(SERVICE)
        .get()
        .getSpec()
        .getSelector()
        .getOrDefault(POD_NAME, "");
  }

  /** Waits until the Service leads to another pod than this. */
  String awaitPrimaryOtherThan(String former, Duration limit) {
    client
        .services()
        .inNamespace(namespace)
        .withName(SERVICE)
        .waitUntilCondition(
            s -> s != null && !former.equals(s.getSpec().getSelector().get(POD_NAME)),
            limit.toSeconds(),
            TimeUnit.SECONDS);
    return primary();
  }

  private List<Pod> servers() {
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
        .withLabel("generalbots.io/cluster", "demo")
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
    until(() -> servers().size() == 3 && servers().stream().allMatch(Readiness::isPodReady), limit);
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
}
