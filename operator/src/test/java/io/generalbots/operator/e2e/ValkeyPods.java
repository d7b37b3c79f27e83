package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The pods of the Valkey of a BotCluster, and the Service in front of them.
 *
 * @param client where they run
 * @param namespace their namespace
 */
record ValkeyPods(KubernetesClient client, String namespace) {

  private static final String SERVICE = "demo-valkey";
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
  private static final String COMPONENT = "generalbots.io/component";

  /** How many sentinels hold a replica for down. */
  private static final String HELD_DOWN =
      """
      . /scripts/common.sh
      for i in 0 1 2; do
        sentinel "$(sentinel_host "$i")" REPLICAS "$monitored" | grep -m1 -A8 '^%s\\.' | grep s_down
      done | wc -l
      """;

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
    return client.pods().inNamespace(namespace).withLabel(COMPONENT, "valkey").list().getItems();
  }

  /** The uid of each pod, by its name: another one is another pod. */
  Map<String, String> uids() {
    return servers().stream()
        .collect(Collectors.toMap(p -> p.getMetadata().getName(), p -> p.getMetadata().getUid()));
  }

  /** Waits until no server runs. */
  void awaitNone(Duration limit) {
    until(() -> servers().isEmpty(), limit);
  }

  /** Deletes a pod and its volume, as if its node had burnt. */
  void lose(String pod) {
    client.persistentVolumeClaims().inNamespace(namespace).withName("data-" + pod).delete();
    replace(pod);
  }

  /** Kills a pod and waits until another one runs in its place. */
  void replace(String pod) {
    var former = uids();
    kill(pod);
    until(
        () -> {
          var now = uids();
          return now.containsKey(pod) && !Objects.equals(now.get(pod), former.get(pod));
        },
        ofMinutes(1));
    awaitRunning();
  }

  /** Until then a command may still reach a container that is being killed. */
  private void awaitRunning() {
    until(
        () -> servers().stream().allMatch(p -> "Running".equals(p.getStatus().getPhase())),
        ofMinutes(1));
  }

  /** How large the volumes are, each size once. */
  Set<String> volumeSizes() {
    return client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withLabel(COMPONENT, "valkey")
        .list()
        .getItems()
        .stream()
        .map(c -> String.valueOf(c.getStatus().getCapacity().get("storage")))
        .collect(Collectors.toSet());
  }

  /** What clients of the primary can reach. */
  List<Integer> servicePorts() {
    var service = client.services().inNamespace(namespace).withName(SERVICE).get();
    return service.getSpec().getPorts().stream().map(ServicePort::getPort).toList();
  }

  int sentinels() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(COMPONENT, "valkey-sentinel")
        .list()
        .getItems()
        .size();
  }

  /** Waits until the first server keeps its data in this way and no other. */
  void awaitMode(String mode, Duration limit) {
    var files = "cd /data; ls -d appendonlydir dump.rdb 2>/dev/null; true";
    var wished = "AppendOnly".equals(mode) ? "appendonlydir" : "dump.rdb";
    until(() -> tryShell(SERVICE + "-0", files).equals(wished), limit);
  }

  /** Deletes a pod without a chance to say good-bye. */
  void kill(String pod) {
    client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
  }

  /** Stops the server of a pod where it is: it answers nobody, and knows nothing of it. */
  void freeze(String pod) {
    shell(pod, "pkill -STOP -x valkey-server");
  }

  void thaw(String pod) {
    shell(pod, "pkill -CONT -x valkey-server");
  }

  void delete(String pod) {
    client.pods().inNamespace(namespace).withName(pod).delete();
  }

  /** Replaces every server and sentinel at once, without a chance to say good-bye. */
  void killEverything() {
    var former = uids();
    client
        .pods()
        .inNamespace(namespace)
        .withLabel("generalbots.io/cluster", "demo")
        .withGracePeriod(0)
        .delete();
    until(
        () -> {
          var now = uids();
          return now.keySet().equals(former.keySet())
              && Collections.disjoint(now.values(), former.values());
        },
        ofMinutes(1));
    awaitRunning();
  }

  /** Makes a server primary: the only one that can take over when the primary is deleted. */
  void makePrimary(String wished, Duration limit) {
    var primary = primary();
    if (wished.equals(primary)) {
      return;
    }
    var others =
        uids().keySet().stream().filter(n -> !n.equals(wished) && !n.equals(primary)).toList();
    others.forEach(other -> freezeForAll(primary, other, limit));
    delete(primary);
    until(() -> wished.equals(primary()), limit);
    others.forEach(this::thaw);
    until(() -> servers().size() == 3 && servers().stream().allMatch(Readiness::isPodReady), limit);
  }

  /** Freezes a replica and waits until no sentinel would promote it. */
  private void freezeForAll(String primary, String replica, Duration limit) {
    freeze(replica);
    until(() -> tryShell(primary, HELD_DOWN.formatted(replica)).equals("3"), limit);
  }

  /** Waits until a write through the Service is acknowledged by the elected primary. */
  void awaitWritable(Duration limit) {
    until(() -> tryShell(primary(), PROBE_WRITE).equals("OK"), limit);
  }

  /** Waits until a server has everything that its primary has. */
  void awaitFollowing(String pod, Duration limit) {
    until(
        () -> {
          var told = tryShell(pod, ". /scripts/common.sh; here INFO replication");
          return told.contains("role:slave") && told.contains("master_link_status:up");
        },
        limit);
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

  /** Runs a Valkey command on the server of a pod, as its operator. */
  String command(String pod, String command) {
    return shell(pod, ". /scripts/common.sh; here " + command);
  }

  String shell(String pod, String command) {
    return new Shell(client, namespace).run(pod, command);
  }

  private String tryShell(String pod, String command) {
    return new Shell(client, namespace).attempt(pod, command);
  }
}
