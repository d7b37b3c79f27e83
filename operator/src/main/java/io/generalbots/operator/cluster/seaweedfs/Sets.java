package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import io.generalbots.operator.cluster.servers.Revision;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The StatefulSets of masters, volume servers and filers, and the volumes behind them. */
record Sets(Situation situation) {

  static final List<Role> ROLES = List.of(Role.MASTER, Role.VOLUME, Role.FILER);

  /** The set and its volumes as they should be; a set that cannot be changed is replaced. */
  List<Wish> wishes(Role role, int replicas) {
    var live = situation.set(role);
    var volumes = situation.volumes(role);
    var wishes = new ArrayList<>(volumes.growth());
    if (ServerVolumes.isBeingReplaced(live) || (live.isEmpty() && lacksLogin(role))) {
      return wishes;
    }
    wishes.add(
        live.filter(volumes::outgrow)
            .map(ServerVolumes::replacement)
            .orElseGet(() -> new Wish.Managed(set(role, replicas))));
    wishes.addAll(repairs(role));
    return wishes;
  }

  /** Filers are rolled when their login changes: they begin when it is known. */
  private boolean lacksLogin(Role role) {
    return role == Role.FILER
        && !situation.isEmbedded()
        && new Database(situation).revision().isEmpty();
  }

  /**
   * The revision pods of a role should run, once the set's controller has seen its latest version.
   */
  Optional<String> revision(Role role) {
    return situation
        .set(role)
        .filter(s -> s.getMetadata().getDeletionTimestamp() == null)
        .flatMap(Revision::of);
  }

  private List<Wish> repairs(Role role) {
    var members = situation.members(role);
    return revision(role).stream()
        .flatMap(r -> members.stuck(r).stream())
        .<Wish>map(
            server ->
                new Wish.Remove(
                    server.pod(),
                    Wish.Cascade.DEPENDENTS,
                    Decision.normal(
                        "Unsticking",
                        "replacing %s, which does not serve and runs an old revision"
                            .formatted(server.name()))))
        .toList();
  }

  private StatefulSet set(Role role, int replicas) {
    var part = situation.part(role);
    var spec =
        new StatefulSetSpecBuilder()
            .withServiceName(part.name())
            .withReplicas(replicas)
            .withPodManagementPolicy("Parallel")
            .withSelector(new LabelSelector(null, part.selector()))
            .withTemplate(new Pods(situation).template(role))
            .withVolumeClaimTemplates(claims(role))
            .withPersistentVolumeClaimRetentionPolicy(
                ServerVolumes.retention(situation.cluster().getSpec().reclaimPolicy()))
            .build();
    return new StatefulSetBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private List<PersistentVolumeClaim> claims(Role role) {
    if (role == Role.FILER && !situation.isEmbedded()) {
      return List.of();
    }
    var storage = situation.storage(role == Role.MASTER ? Role.VOLUME : role);
    var size = situation.volumes(role).templateSize(situation.set(role));
    var claim =
        Volumes.claim(
            situation.part(role), Names.DATA, size, Optional.ofNullable(storage.storageClass()));
    return List.of(claim);
  }
}
