package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Commands in pods.
 *
 * @param client where they run
 * @param namespace their namespace
 */
record Shell(KubernetesClient client, String namespace) {

  /** Runs a shell command in a pod and gives what it printed. */
  String run(String pod, String command) {
    return run(pod, command, Duration.ofMinutes(1));
  }

  /** The same for a command that takes its time. */
  String run(String pod, String command, Duration limit) {
    var out = new ByteArrayOutputStream();
    try (var exec =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .writingOutput(out)
            .writingError(out)
            .exec("bash", "-c", command)) {
      exec.exitCode().get(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("cannot run in " + pod + ": " + command, e);
    }
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  /** The same; nothing if it cannot run just now. */
  String attempt(String pod, String command) {
    try {
      return run(pod, command);
    } catch (AssertionError | KubernetesClientException e) {
      return "";
    }
  }
}
