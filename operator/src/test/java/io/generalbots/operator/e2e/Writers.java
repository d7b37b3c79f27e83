package io.generalbots.operator.e2e;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
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

  private static final String CLUSTER = "demo";
  private static final String TLS = "/tls";

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
    return new PodBuilder()
        .withNewMetadata()
        .withGenerateName("writers-")
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withSecurityContext(Security.pod())
        .withVolumes(authority(), Volumes.scratch("tmp", "16Mi"))
        .addNewContainer()
        .withName("writers")
        .withImage("generalbots/tools:1")
        .withCommand("python3", "-c", Resources.text("load/writer.py"))
        .withArgs(
            "--seconds", Integer.toString(seconds), "--every", "0.03", "--writing", "/tmp/writing")
        .withEnv(environment())
        .withNewReadinessProbe()
        .withNewExec()
        .withCommand("test", "-e", "/tmp/writing")
        .endExec()
        .withPeriodSeconds(1)
        .endReadinessProbe()
        .withResources(
            new ResourceRequirementsBuilder()
                .withLimits(Map.of("memory", Quantity.parse("128Mi")))
                .build())
        .withSecurityContext(Security.container())
        .withVolumeMounts(Volumes.readOnly("tls", TLS), Volumes.mount("tmp", "/tmp"))
        .endContainer()
        .endSpec()
        .build();
  }

  /** The certificate of the authority alone: a client needs no key. */
  private static Volume authority() {
    return new VolumeBuilder()
        .withName("tls")
        .withNewSecret()
        .withSecretName(CLUSTER + "-server")
        .addNewItem("ca.crt", null, "ca.crt")
        .endSecret()
        .build();
  }

  private static List<EnvVar> environment() {
    return List.of(
        key("PGHOST", "host"),
        key("PGUSER", "username"),
        key("PGPASSWORD", "password"),
        key("PGDATABASE", "dbname"),
        new EnvVar("PGSSLMODE", "verify-full", null),
        new EnvVar("PGSSLROOTCERT", TLS + "/ca.crt", null));
  }

  private static EnvVar key(String name, String key) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, CLUSTER + "-app", false)
        .endValueFrom()
        .build();
  }
}
