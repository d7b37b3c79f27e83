package io.generalbots.operator.scale;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.util.stream.IntStream;

/**
 * Makes of workloads what controllers and servers make of them where there are none: pods that are
 * ready, and primaries. For an API server that is alone.
 *
 * @param client how it is reached
 * @param namespace where they are
 */
record Hothouse(KubernetesClient client, String namespace) {

  private static final String REVISION = "controller-revision-hash";
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
  private static final String LEADS =
      "{\"state\":\"running\",\"timeline\":1,\"xlog_location\":1000}";

  /** One step of everything. */
  void ripen() {
    account();
    client.apps().statefulSets().inNamespace(namespace).list().getItems().forEach(this::control);
    client.apps().deployments().inNamespace(namespace).list().getItems().forEach(this::report);
    lead();
  }

  /** Which a controller makes in every namespace. */
  private void account() {
    var meta = new ObjectMetaBuilder().withName("default").withNamespace(namespace).build();
    client.resource(new ServiceAccountBuilder().withMetadata(meta).build()).serverSideApply();
  }

  private void control(StatefulSet set) {
    var revision = "r" + Integer.toHexString(set.getSpec().getTemplate().hashCode());
    var replicas = set.getSpec().getReplicas();
    IntStream.range(0, replicas).forEach(i -> ensure(set, i, revision));
    var ripe =
        new StatefulSetBuilder(set)
            .withNewStatus()
            .withObservedGeneration(set.getMetadata().getGeneration())
            .withUpdateRevision(revision)
            .withCurrentRevision(revision)
            .withReplicas(replicas)
            .withReadyReplicas(replicas)
            .withUpdatedReplicas(replicas)
            .withCurrentReplicas(replicas)
            .withAvailableReplicas(replicas)
            .endStatus()
            .build();
    if (!ripe.getStatus().equals(set.getStatus())) {
      client.resource(ripe).updateStatus();
    }
  }

  private void ensure(StatefulSet set, int ordinal, String revision) {
    var name = set.getMetadata().getName() + "-" + ordinal;
    for (var template : set.getSpec().getVolumeClaimTemplates()) {
      claim(template, template.getMetadata().getName() + "-" + name);
    }
    var pods = client.pods().inNamespace(namespace).withName(name);
    var there = pods.get();
    if (there != null && !revision.equals(Objects.labels(there).get(REVISION))) {
      pods.withGracePeriod(0).delete();
      there = null;
    }
    if (there == null) {
      run(client.resource(pod(set, name, revision)).create(), ordinal);
    }
  }

  private void claim(io.fabric8.kubernetes.api.model.PersistentVolumeClaim template, String name) {
    var meta =
        new ObjectMetaBuilder(template.getMetadata())
            .withName(name)
            .withNamespace(namespace)
            .build();
    var claim = new PersistentVolumeClaimBuilder(template).withMetadata(meta).withStatus(null);
    if (client.persistentVolumeClaims().inNamespace(namespace).withName(name).get() == null) {
      var made = client.resource(claim.build()).create();
      client
          .resource(
              new PersistentVolumeClaimBuilder(made)
                  .withNewStatus()
                  .withPhase("Bound")
                  .withCapacity(made.getSpec().getResources().getRequests())
                  .endStatus()
                  .build())
          .updateStatus();
    }
  }

  private Pod pod(StatefulSet set, String name, String revision) {
    var template = set.getSpec().getTemplate();
    var meta =
        new ObjectMetaBuilder(template.getMetadata())
            .withName(name)
            .withNamespace(namespace)
            .addToLabels(REVISION, revision)
            .addToLabels(POD_NAME, name)
            .addNewOwnerReference()
            .withApiVersion(set.getApiVersion())
            .withKind(set.getKind())
            .withName(set.getMetadata().getName())
            .withUid(set.getMetadata().getUid())
            .withController(true)
            .endOwnerReference()
            .build();
    var pod = new PodBuilder().withMetadata(meta).withSpec(template.getSpec()).editSpec();
    for (var claim : set.getSpec().getVolumeClaimTemplates()) {
      var volume = claim.getMetadata().getName();
      pod.addNewVolume()
          .withName(volume)
          .withNewPersistentVolumeClaim(volume + "-" + name, false)
          .endVolume();
    }
    return pod.endSpec().build();
  }

  private void run(Pod pod, int ordinal) {
    var status =
        new PodStatusBuilder()
            .withPhase("Running")
            .withPodIP("127.1.0." + (ordinal + 1))
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .build();
    client.resource(new PodBuilder(pod).withStatus(status).build()).updateStatus();
  }

  private void report(Deployment deployment) {
    var replicas = deployment.getSpec().getReplicas();
    var ripe =
        new DeploymentBuilder(deployment)
            .withNewStatus()
            .withObservedGeneration(deployment.getMetadata().getGeneration())
            .withReplicas(replicas)
            .withUpdatedReplicas(replicas)
            .withReadyReplicas(replicas)
            .withAvailableReplicas(replicas)
            .endStatus()
            .build();
    if (!ripe.getStatus().equals(deployment.getStatus())) {
      client.resource(ripe).updateStatus();
    }
  }

  /** The first of each is the primary. */
  private void lead() {
    var primary = client.pods().inNamespace(namespace).withName("demo-postgres-0");
    if (primary.get() != null && !Objects.labels(primary.get()).containsKey(Labels.ROLE)) {
      primary.edit(
          p ->
              new PodBuilder(p)
                  .editMetadata()
                  .addToLabels(Labels.ROLE, "primary")
                  .addToAnnotations("status", LEADS)
                  .endMetadata()
                  .build());
    }
    annotate(ConfigMap.class, "demo-postgres-config", "initialize", "7711957004821065755");
    annotate(
        io.fabric8.kubernetes.api.model.Service.class,
        "demo-valkey",
        "generalbots.io/primary-epoch",
        "1");
    var service = client.services().inNamespace(namespace).withName("demo-valkey");
    if (service.get() != null) {
      service.patch("{\"spec\":{\"selector\":{\"%s\":\"demo-valkey-0\"}}}".formatted(POD_NAME));
    }
  }

  private <T extends HasMetadata> void annotate(
      Class<T> kind, String name, String key, String value) {
    var object = client.resources(kind).inNamespace(namespace).withName(name);
    if (object.get() != null) {
      object.patch("{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
    }
  }
}
