package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.cluster.servers.Revision;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The StatefulSet of the servers and the volumes behind it. */
record ServerSet(Situation situation) {

  /** The set and its volumes as they should be; a set that cannot be changed is replaced. */
  List<Wish> wishes() {
    var wishes = new ArrayList<>(situation.volumes().growth());
    if (situation.isBeingReplaced()) {
      return wishes;
    }
    wishes.add(
        situation
            .set()
            .filter(situation.volumes()::outgrow)
            .map(ServerVolumes::replacement)
            .orElseGet(() -> new Wish.Managed(set())));
    wishes.addAll(stuck());
    return wishes;
  }

  /** Pods that run something else than is wished. */
  List<Instance> outdated() {
    return revision().stream()
        .flatMap(wanted -> situation.servers().stream().filter(s -> !s.runs(wanted)))
        .toList();
  }

  /** A StatefulSet waits for ever for a pod that does not start, even if the cause is reverted. */
  private List<Wish> stuck() {
    return outdated().stream()
        .filter(s -> !s.isReady() && !s.isTerminating())
        .<Wish>map(
            s ->
                new Wish.Remove(
                    s.pod(),
                    Wish.Cascade.DEPENDENTS,
                    Decision.normal(
                        "Unsticking",
                        "replacing %s, which runs an old revision".formatted(s.name()))))
        .toList();
  }

  /** What pods should run, if the set's controller has seen its latest version. */
  private Optional<String> revision() {
    return situation
        .set()
        .filter(s -> s.getMetadata().getDeletionTimestamp() == null)
        .flatMap(Revision::of);
  }

  private StatefulSet set() {
    var part = situation.part();
    var spec =
        new StatefulSetSpecBuilder()
            .withServiceName(part.name(Names.HEADLESS))
            .withReplicas(new Scaling(situation).replicas())
            .withPodManagementPolicy("Parallel")
            .withSelector(new LabelSelector(null, part.selector()))
            .withTemplate(ServerPod.template(situation))
            .withVolumeClaimTemplates(claim())
            .withPersistentVolumeClaimRetentionPolicy(
                ServerVolumes.retention(situation.cluster().getSpec().reclaimPolicy()))
            .build();
    return new StatefulSetBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private PersistentVolumeClaim claim() {
    var storageClass = Optional.ofNullable(situation.spec().storage().storageClass());
    var size = situation.volumes().templateSize(situation.set());
    return Volumes.claim(situation.part(), Names.DATA, size, storageClass);
  }
}
