package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Services;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for a provider of language models that can be cut off and comes back at its address.
 *
 * @param client where it runs
 * @param namespace its namespace
 */
record ModelProvider(KubernetesClient client, String namespace) {

  private static final String NAME = "provider";
  private static final Map<String, String> LABELS = Map.of("app", NAME);
  private static final int PORT = 8080;

  String url() {
    return "http://%s.%s.svc:%d".formatted(NAME, namespace, PORT);
  }

  /** The Service, which stays, and the pod. */
  void start() {
    var meta = new ObjectMetaBuilder().withName(NAME).build();
    var service = Services.clusterIp(meta, LABELS, Services.port("http", PORT));
    client.resource(service).inNamespace(namespace).serverSideApply();
    client.resource(pod()).inNamespace(namespace).create();
    client.pods().inNamespace(namespace).withName(NAME).waitUntilReady(90, TimeUnit.SECONDS);
  }

  /** Ends it as a lost node would, and all that is under way. */
  void cut() {
    var pod = client.pods().inNamespace(namespace).withName(NAME);
    pod.withGracePeriod(0).delete();
    pod.waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
  }

  void remove() {
    client.services().inNamespace(namespace).withName(NAME).delete();
    client.pods().inNamespace(namespace).withName(NAME).withGracePeriod(0).delete();
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withLabels(LABELS)
        .endMetadata()
        .withNewSpec()
        .withTerminationGracePeriodSeconds(1L)
        .withSecurityContext(Security.pod())
        .addNewContainer()
        .withName("model")
        .withImage("generalbots/tools:1")
        .withImagePullPolicy("IfNotPresent")
        .withCommand("python3", "-c", Resources.text("e2e/stand-in-model.py"), String.valueOf(PORT))
        .withReadinessProbe(Probes.every(Probes.http("/", PORT), 1, 2))
        .withResources(
            new ResourceRequirementsBuilder()
                .withRequests(Map.of("cpu", Quantity.parse("10m")))
                .withLimits(Map.of("memory", Quantity.parse("128Mi")))
                .build())
        .withSecurityContext(Security.container())
        .endContainer()
        .endSpec()
        .build();
  }
}
