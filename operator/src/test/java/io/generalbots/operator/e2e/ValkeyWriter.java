package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A pod that writes through the Service and then looks for every write that was acknowledged.
 *
 * @param client where it runs
 * @param pod the pod as created
 */
record ValkeyWriter(KubernetesClient client, Pod pod) {

  private static final String SECRET = "demo-valkey";
  private static final String STOP = "/tmp/stop";
  private static final String AT_MOST = "300";

  /** What a writer found; the longest gap between two writes began at that Unix time. */
  record Report(int written, int lost, double gap, double began, int connections) {}

  /** Starts a writer and waits until it writes. */
  static ValkeyWriter start(KubernetesClient client, String namespace, String name, boolean tls) {
    var writer = new ValkeyWriter(client, client.resource(pod(namespace, name, tls)).create());
    writer.await(Set.of("Running"), 60);
    writer.awaitFirstWrite();
    return writer;
  }

  /** Ends it and reads what it found. */
  Report report() {
    new Shell(client, pod.getMetadata().getNamespace())
        .run(pod.getMetadata().getName(), "touch " + STOP);
    var phase = await(Set.of("Succeeded", "Failed"), 120);
    var log = client.pods().resource(pod).getLog().strip();
    assertThat(phase).as(log).isEqualTo("Succeeded");
    var lines = log.lines().toList();
    var report = Serialization.unmarshal(lines.get(lines.size() - 1), Report.class);
    System.out.printf("%s: %s%n", pod.getMetadata().getName(), report);
    return report;
  }

  private void awaitFirstWrite() {
    try (var watch = client.pods().resource(pod).watchLog();
        var lines =
            new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
      var refused = lines.lines().takeWhile(l -> !"writing".equals(l)).limit(300).toList();
      assertThat(refused).as("connections refused").hasSizeLessThan(300);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String await(Set<String> phases, int seconds) {
    return client
        .pods()
        .resource(pod)
        .waitUntilCondition(
            p -> p != null && phases.contains(p.getStatus().getPhase()), seconds, TimeUnit.SECONDS)
        .getStatus()
        .getPhase();
  }

  private static Pod pod(String namespace, String name, boolean tls) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withSecurityContext(Security.pod())
        .withVolumes(Volumes.secret("secret", SECRET), Volumes.scratch("tmp", "16Mi"))
        .addNewContainer()
        .withName("writer")
        .withImage("generalbots/tools:1")
        .withImagePullPolicy("IfNotPresent")
        .withCommand("python3", "-c", Resources.text("e2e/valkey-writer.py"))
        .withArgs(AT_MOST, name, "--stop", STOP)
        .withEnv(environment(tls))
        .withResources(
            new ResourceRequirementsBuilder()
                .withLimits(Map.of("memory", Quantity.parse("128Mi")))
                .build())
        .withSecurityContext(Security.container())
        .withVolumeMounts(Volumes.readOnly("secret", "/secret"), Volumes.mount("tmp", "/tmp"))
        .endContainer()
        .endSpec()
        .build();
  }

  private static List<EnvVar> environment(boolean tls) {
    return List.of(
        key("HOST", "host"),
        key("PORT", tls ? "tls-port" : "port"),
        key("PASSWORD", "password"),
        new EnvVar("TLS", Boolean.toString(tls), null));
  }

  private static EnvVar key(String name, String key) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef(key, SECRET, false)
        .endValueFrom()
        .build();
  }
}
