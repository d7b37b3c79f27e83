package io.generalbots.operator.e2e;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Resources;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A pod of clients that write through the pooler, and then look for every acknowledged row.
 *
 * @param client where it runs
 * @param pod the pod as created
 */
record Writers(KubernetesClient client, Pod pod) {

  private static final String WRITING = "/tmp/writing";

  /** What they found. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Report(
      int acknowledged,
      int lost,
      int failed,
      Map<String, Integer> errors,
      @JsonProperty("longest_gap") double longestGap,
      @JsonProperty("longest_wait") double longestWait) {}

  /** Starts writers for so many seconds and waits until the first row is acknowledged. */
  static Writers start(KubernetesClient client, String namespace, int seconds) {
    var writers = new Writers(client, client.resource(pod(namespace, seconds)).create());
    writers.awaitLog();
    return writers;
  }

  /** Waits for their end and reads what they found. */
  Report report() {
    await("Succeeded", 240);
    var lines = client.pods().resource(pod).getLog().strip().lines().toList();
    var report = Serialization.unmarshal(lines.get(lines.size() - 1), Report.class);
    System.out.println(report);
    client.pods().resource(pod).delete();
    return report;
  }

  /** The script makes itself ready by a file, when it writes. */
  private void awaitLog() {
    client.pods().resource(pod).waitUntilReady(90, TimeUnit.SECONDS);
  }

  private void await(String phase, int seconds) {
    client
        .pods()
        .resource(pod)
        .waitUntilCondition(
            p -> p != null && phase.equals(p.getStatus().getPhase()), seconds, TimeUnit.SECONDS);
  }

  private static Pod pod(String namespace, int seconds) {
    var pod = ClientPod.of(namespace, "writers-");
    var container = pod.getSpec().getContainers().get(0);
    container.setCommand(List.of("python3", "-c", Resources.text("load/writer.py")));
    container.setArgs(
        List.of("--seconds", Integer.toString(seconds), "--every", "0.03", "--writing", WRITING));
    container.setReadinessProbe(Probes.every(Probes.exec("test", "-e", WRITING), 1, 3));
    return pod;
  }
}
