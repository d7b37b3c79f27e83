package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Resources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A pod of clients that write through the pooler, and then look for every acknowledged row.
 *
 * @param client where it runs
 * @param pod the pod as created
 */
record Writers(KubernetesClient client, Pod pod) {

  private static final Set<String> ENDS = Set.of("Succeeded", "Failed");

  private static final String WRITING = "/tmp/writing";
  private static final String STOP = "/tmp/stop";

  /** What they found. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Report(
      int acknowledged,
      int lost,
      int failed,
      Map<String, Integer> errors,
      @JsonProperty("longest_gap") double longestGap,
      @JsonProperty("longest_wait") double longestWait) {}

  /** Starts writers and waits until the first row is acknowledged. */
  static Writers start(KubernetesClient client, String namespace) {
    return start(client, namespace, "demo-app");
  }

  /** The same to the database that a Secret is for. */
  static Writers start(KubernetesClient client, String namespace, String secret) {
    var writers = new Writers(client, client.resource(pod(namespace, secret)).create());
    writers.awaitLog();
    return writers;
  }

  /** Ends them and reads what they found. */
  Report report() {
    new Shell(client, pod.getMetadata().getNamespace())
        .run(pod.getMetadata().getName(), "touch " + STOP);
    var phase = awaitEnd();
    var log = client.pods().resource(pod).getLog().strip();
    assertThat(phase).as(log).isEqualTo("Succeeded");
    var lines = log.lines().toList();
    var report = Serialization.unmarshal(lines.get(lines.size() - 1), Report.class);
    System.out.println(report);
    client.pods().resource(pod).delete();
    return report;
  }

  /** The script makes itself ready by a file, when it writes. */
  private void awaitLog() {
    client.pods().resource(pod).waitUntilReady(90, TimeUnit.SECONDS);
  }

  private String awaitEnd() {
    return client
        .pods()
        .resource(pod)
        .waitUntilCondition(
            p -> p != null && ENDS.contains(p.getStatus().getPhase()), 240, TimeUnit.SECONDS)
        .getStatus()
        .getPhase();
  }

  private static Pod pod(String namespace, String secret) {
    var pod = ClientPod.of(namespace, "writers-", secret);
    var container = pod.getSpec().getContainers().get(0);
    container.setCommand(List.of("python3", "-c", Resources.text("load/writer.py")));
    container.setArgs(
        List.of("--seconds", "240", "--every", "0.03", "--writing", WRITING, "--stop", STOP));
    container.setReadinessProbe(Probes.every(Probes.exec("test", "-e", WRITING), 1, 3));
    return pod;
  }
}
