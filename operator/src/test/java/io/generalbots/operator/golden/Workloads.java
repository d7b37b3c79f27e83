package io.generalbots.operator.golden;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * What the controllers and the kubelet make of StatefulSets, Deployments and claims, a step at a
 * time. An image that is called bad cannot be pulled.
 *
 * @param store where they find them
 */
record Workloads(Store store) {

  static final String REVISION = "controller-revision-hash";
  static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

  private static final String BAD = "bad";
  private static final String GOING = "2026-01-01T00:00:00Z";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /** One step of everything. */
  void ripen() {
    store.all(Pod.class).stream().filter(Workloads::isGoing).forEach(store::remove);
    store.all(StatefulSet.class).stream().filter(Workloads::isGoing).forEach(store::remove);
    collect();
    store.all(Pod.class).stream().filter(p -> !isGoing(p)).forEach(this::start);
    store.all(StatefulSet.class).forEach(this::control);
    store.all(Deployment.class).forEach(this::report);
    store.all(PersistentVolumeClaim.class).forEach(this::provide);
  }

  /** Pods go slowly, sets under their pods too; everything else goes at once. */
  void delete(HasMetadata object, boolean orphan) {
    if (orphan) {
      pods((StatefulSet) object).forEach(p -> store.put(owned(p, List.of())));
    }
    if (object instanceof Pod || orphan) {
      var going = JSON.clone(object);
      going.getMetadata().setDeletionTimestamp(GOING);
      store.put(going);
    } else {
      store.remove(object);
    }
  }

  static boolean isGoing(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  static boolean isReady(Pod pod) {
    return !isGoing(pod)
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  static int ordinal(Pod pod) {
    return number(pod.getMetadata().getName());
  }

  private void collect() {
    var alive = store.all(StatefulSet.class).stream().map(s -> s.getMetadata().getUid()).toList();
    store.all(Pod.class).stream()
        .filter(p -> !isGoing(p))
        .filter(
            p ->
                p.getMetadata().getOwnerReferences().stream()
                    .anyMatch(r -> !alive.contains(r.getUid())))
        .forEach(p -> delete(p, false));
  }

  private void start(Pod pod) {
    var bad = pod.getSpec().getContainers().stream().anyMatch(c -> c.getImage().contains(BAD));
    var status = new PodBuilder(pod).editOrNewStatus();
    status.withConditions(List.of());
    status.addNewCondition().withType("Ready").withStatus(bad ? "False" : "True").endCondition();
    if (bad) {
      status.withContainerStatuses(List.of());
      status
          .addNewContainerStatus()
          .withName("main")
          .withNewState()
          .withNewWaiting("the image is bad", "ImagePullBackOff")
          .endState()
          .endContainerStatus();
    }
    store.put(status.endStatus().build());
  }

  private void control(StatefulSet set) {
    var replicas = set.getSpec().getReplicas();
    var revision = revision(set);
    IntStream.range(0, replicas).forEach(i -> ensure(set, i, revision));
    var pods = pods(set);
    pods.stream().filter(p -> ordinal(p) >= replicas).forEach(p -> delete(p, false));
    retire(set);
    if (set.getSpec().getUpdateStrategy() == null) {
      roll(pods, revision);
    }
    store.put(
        new StatefulSetBuilder(set)
            .withNewStatus()
            .withObservedGeneration(set.getMetadata().getGeneration())
            .withUpdateRevision(revision)
            .withReplicas(pods.size())
            .withReadyReplicas((int) pods.stream().filter(Workloads::isReady).count())
            .endStatus()
            .build());
  }

  /** Where the set says so, a volume goes once the pod has gone that it was scaled in with. */
  private void retire(StatefulSet set) {
    var policy = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
    if (policy == null || !"Delete".equals(policy.getWhenScaled())) {
      return;
    }
    for (var template : set.getSpec().getVolumeClaimTemplates()) {
      var prefix = "%s-%s-".formatted(name(template), name(set));
      store.all(PersistentVolumeClaim.class).stream()
          .filter(c -> name(c).startsWith(prefix))
          .filter(c -> number(name(c)) >= set.getSpec().getReplicas())
          .filter(c -> store.find(Pod.class, name(set) + "-" + number(name(c))).isEmpty())
          .forEach(store::remove);
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  /** A StatefulSet waits for a pod that does not get ready, even when the cause is reverted. */
  private void roll(List<Pod> pods, String revision) {
    if (pods.stream().allMatch(Workloads::isReady)) {
      pods.stream()
          .filter(p -> !revision.equals(p.getMetadata().getLabels().get(REVISION)))
          .max(Comparator.comparingInt(Workloads::ordinal))
          .ifPresent(p -> delete(p, false));
    }
  }

  private void ensure(StatefulSet set, int ordinal, String revision) {
    for (var template : set.getSpec().getVolumeClaimTemplates()) {
      var name = "%s-%s-%d".formatted(name(template), name(set), ordinal);
      if (store.find(PersistentVolumeClaim.class, name).isEmpty()) {
        var meta = new ObjectMetaBuilder(template.getMetadata()).withName(name);
        meta.withNamespace(set.getMetadata().getNamespace());
        store.put(
            new PersistentVolumeClaimBuilder(template)
                .withMetadata(meta.withOwnerReferences(List.of()).build())
                .build());
      }
    }
    var name = name(set) + "-" + ordinal;
    store
        .find(Pod.class, name)
        .ifPresentOrElse(pod -> adopt(set, pod), () -> store.put(pod(set, name, revision)));
  }

  private void adopt(StatefulSet set, Pod pod) {
    if (pod.getMetadata().getOwnerReferences().isEmpty()) {
      store.put(owned(pod, pod(set, "", "").getMetadata().getOwnerReferences()));
    }
  }

  private static Pod pod(StatefulSet set, String name, String revision) {
    var template = set.getSpec().getTemplate();
    var owner =
        new OwnerReferenceBuilder()
            .withApiVersion(set.getApiVersion())
            .withKind(set.getKind())
            .withName(name(set))
            .withUid(set.getMetadata().getUid())
            .withController(true);
    var meta =
        new ObjectMetaBuilder(template.getMetadata())
            .withName(name)
            .withNamespace(set.getMetadata().getNamespace())
            .addToLabels(REVISION, revision)
            .addToLabels(POD_NAME, name)
            .withOwnerReferences(owner.build())
            .build();
    return new PodBuilder()
        .withMetadata(meta)
        .withSpec(template.getSpec())
        .withNewStatus()
        .withPhase("Pending")
        .endStatus()
        .build();
  }

  private void report(Deployment deployment) {
    store.put(
        new DeploymentBuilder(deployment)
            .withNewStatus()
            .withObservedGeneration(deployment.getMetadata().getGeneration())
            .withReplicas(deployment.getSpec().getReplicas())
            .withUpdatedReplicas(deployment.getSpec().getReplicas())
            .withReadyReplicas(deployment.getSpec().getReplicas())
            .withAvailableReplicas(deployment.getSpec().getReplicas())
            .endStatus()
            .build());
  }

  private void provide(PersistentVolumeClaim claim) {
    store.put(
        new PersistentVolumeClaimBuilder(claim)
            .withNewStatus()
            .withCapacity(claim.getSpec().getResources().getRequests())
            .endStatus()
            .build());
  }

  private List<Pod> pods(StatefulSet set) {
    return store.all(Pod.class).stream()
        .filter(p -> !isGoing(p))
        .filter(
            p ->
                p.getMetadata().getOwnerReferences().stream()
                    .anyMatch(r -> r.getUid().equals(set.getMetadata().getUid())))
        .toList();
  }

  private static Pod owned(Pod pod, List<OwnerReference> owners) {
    ObjectMeta meta = new ObjectMetaBuilder(pod.getMetadata()).withOwnerReferences(owners).build();
    return new PodBuilder(pod).withMetadata(meta).build();
  }

  private static String revision(StatefulSet set) {
    var sum = new CRC32();
    sum.update(JSON.asJson(set.getSpec().getTemplate()).getBytes(StandardCharsets.UTF_8));
    return name(set) + "-" + Long.toHexString(sum.getValue());
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
