package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Pods of a namespace that try to connect, and one that listens.
 *
 * @param client how they are reached
 * @param namespace where they run
 */
record Connections(KubernetesClient client, String namespace) {

  /** The port on which a listener waits: none that anything here uses. */
  static final int LISTENER = 8888;

  /** Longer than a new pod takes to get into the rules of its node. */
  private static final long PATIENCE_SECONDS = 4;

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

  /** Whether a connection from the pod to that address succeeds, tried for some seconds. */
  boolean reaches(String pod, String address, int port) {
    var connect =
        "end=$((SECONDS + %d)); while ((SECONDS < end)); do timeout 1 bash -c '</dev/tcp/%s/%d' && exit 0; sleep 0.2; done; exit 9"
            .formatted(PATIENCE_SECONDS, address, port);
    var code = run(pod, "bash", "-c", connect);
    if (code != 0 && code != 9) {
      throw new AssertionError("the try in %s ended with %d".formatted(pod, code));
    }
    return code == 0;
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

  private int run(String pod, String... command) {
    var container = named(pod).getSpec().getContainers().get(0).getName();
    try (var exec =
        client.pods().inNamespace(namespace).withName(pod).inContainer(container).exec(command)) {
      return exec.exitCode().get(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError("cannot run in " + pod, e);
    }
  }
}
