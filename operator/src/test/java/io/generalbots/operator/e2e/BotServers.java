package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Services;
import io.generalbots.operator.kube.Volumes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Pods that stand for bot servers: labelled as those are, behind the Service of their name, and no
 * more than an echo.
 *
 * @param client where they run
 * @param namespace their namespace
 */
record BotServers(KubernetesClient client, String namespace) {

  private static final Part PART = new Part("demo", "botserver");
  private static final int PORT = 8080;

  /** The Service, and a pod of each name. */
  void start(String... names) {
    var service = Services.clusterIp(PART.meta(), PART.selector(), Services.port("http", PORT));
    service.getMetadata().setLabels(Map.of());
    client.resource(service).inNamespace(namespace).serverSideApply();
    for (var name : names) {
      client.resource(pod(name)).inNamespace(namespace).create();
    }
    for (var name : names) {
      awaitReady(name);
    }
  }

  void awaitReady(String name) {
    client.pods().inNamespace(namespace).withName(name).waitUntilReady(90, TimeUnit.SECONDS);
  }

  /** Ends one as a lost node would: without a word to anybody. */
  void kill(String name) {
    var pod = client.pods().inNamespace(namespace).withName(name);
    pod.withGracePeriod(0).delete();
    pod.waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
  }

  /** Writes how far it is in its life, as the operator does. */
  void mark(String name, BotServerStage stage) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .edit(
            p ->
                new PodBuilder(p)
                    .editMetadata()
                    .addToLabels(Labels.STAGE, stage.word())
                    .endMetadata()
                    .build());
  }

  String address(String name) {
    var pod = client.pods().inNamespace(namespace).withName(name).require();
    return pod.getStatus().getPodIP() + ":" + PORT;
  }

  void remove() {
    client.services().inNamespace(namespace).withName(PART.name()).delete();
    client.pods().inNamespace(namespace).withLabels(PART.selector()).withGracePeriod(0).delete();
  }

  private static Pod pod(String name) {
    return new PodBuilder()
        .withMetadata(PART.named(name))
        .withNewSpec()
        .withTerminationGracePeriodSeconds(5L)
        .withSecurityContext(Security.pod())
        .withVolumes(Volumes.scratch("tmp", "16Mi"))
        .addNewContainer()
        .withName("echo")
        .withImage("generalbots/tools:1")
        .withImagePullPolicy("IfNotPresent")
        .withCommand("python3", "-c", Resources.text("gateway/backend.py"), name)
        .withReadinessProbe(Probes.every(Probes.http("/api/health", PORT), 1, 2))
        .withResources(
            new ResourceRequirementsBuilder()
                .withRequests(Map.of("cpu", Quantity.parse("10m")))
                .withLimits(Map.of("memory", Quantity.parse("128Mi")))
                .build())
        .withSecurityContext(Security.container())
        .withVolumeMounts(Volumes.mount("tmp", "/tmp"))
        .endContainer()
        .endSpec()
        .build();
  }
}
