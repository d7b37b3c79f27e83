package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Pods of a namespace that try to connect, and one that listens.
 *
 * @param client how they are reached
 * @param namespace where they run
 */
record Connections(KubernetesClient client, String namespace) {

  /** The port on which a listener waits: none that anything here uses. */
  static final int LISTENER = 8888;

  /** Longer than a new pod takes to get into the rules of a node that is busy: twelve seconds. */
  private static final String CONNECT =
      """
      for to; do
        (end=$((SECONDS + 12))
        while ((SECONDS < end)); do
          timeout 1 bash -c "</dev/tcp/$to" 2>/dev/null && echo "$to" && break
          sleep 0.2
        done) &
      done
      wait
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        automountServiceAccountToken: false
        terminationGracePeriodSeconds: 0
        securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
        containers:
        - name: listener
          image: generalbots/tools:1
          imagePullPolicy: IfNotPresent
          command: [python3, -m, http.server, "%3$d"]
          workingDir: /tmp
          readinessProbe: {tcpSocket: {port: %3$d}, periodSeconds: 1}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
      """;

  /** Starts a pod without any label of ours and waits until it listens. */
  void startListener(String name) {
    remove(name);
    client.resource(POD.formatted(name, namespace, LISTENER)).inNamespace(namespace).create();
    client.pods().inNamespace(namespace).withName(name).waitUntilReady(3, TimeUnit.MINUTES);
  }

  void remove(String name) {
    var pod = client.pods().inNamespace(namespace).withName(name);
    pod.delete();
    pod.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
  }

  /**
   * Those addresses to which a connection from the pod succeeds; all are tried for some seconds.
   */
  Set<String> reached(String pod, String... addresses) {
    var words = new ArrayList<>(List.of("bash", "-c", CONNECT, "connect"));
    words.addAll(List.of(addresses));
    return run(pod, words.toArray(String[]::new)).lines().collect(Collectors.toSet());
  }

  /** Whether a connection from the pod to that address succeeds, tried for some seconds. */
  boolean reaches(String pod, String address, int port) {
    return !reached(pod, at(address, port)).isEmpty();
  }

  static String at(String address, int port) {
    return address + "/" + port;
  }

  String address(String pod) {
    return named(pod).getStatus().getPodIP();
  }

  /** The address of the node itself. */
  String node() {
    return named("stranger").getStatus().getHostIP();
  }

  String pooler() {
    return address(poolerPod());
  }

  String poolerPod() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("generalbots.io/component", "pooler")
        .list()
        .getItems()
        .get(0)
        .getMetadata()
        .getName();
  }

  private Pod named(String pod) {
    return client.pods().inNamespace(namespace).withName(pod).require();
  }

  private String run(String pod, String... command) {
    var container = named(pod).getSpec().getContainers().get(0).getName();
    var out = new ByteArrayOutputStream();
    var there = client.pods().inNamespace(namespace).withName(pod).inContainer(container);
    try (var exec = there.writingOutput(out).exec(command)) {
      var code = exec.exitCode().get(1, TimeUnit.MINUTES);
      assertThat(code).as("the end of the tries in %s", pod).isZero();
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("cannot run in " + pod, e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
