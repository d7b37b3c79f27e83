package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.FilerStore;
import io.generalbots.api.v1alpha1.cluster.SeaweedFsSpec;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.api.v1alpha1.shared.Storage;
import io.generalbots.operator.cluster.encryption.DriveEncryption;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster's SeaweedFS as it is wished and as it is.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  SeaweedFsSpec spec() {
    return cluster.getSpec().seaweedfs();
  }

  String name() {
    return cluster.getMetadata().getName();
  }

  Part part() {
    return Names.part(name());
  }

  Part part(Role role) {
    return role.part(name());
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate();
  }

  boolean retains() {
    return cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  boolean isEmbedded() {
    return spec().filers().store() == FilerStore.EMBEDDED;
  }

  /** Filers that are to share a database have none where the operator manages none. */
  boolean lacksDatabase() {
    return !isEmbedded() && cluster.getSpec().postgres().external() != null;
  }

  boolean encrypts() {
    return DriveEncryption.isOn(cluster);
  }

  /** How many pods of a role there should be while the cluster is awake. */
  int wished(Role role) {
    return switch (role) {
      case MASTER -> spec().masters();
      case VOLUME -> spec().volumes().replicas();
      case FILER -> spec().filers().replicas();
      case S3 -> spec().s3().replicas();
    };
  }

  Members members(Role role) {
    return Members.of(facts.all(Pod.class, part(role).selector()));
  }

  Optional<StatefulSet> set(Role role) {
    return facts.find(StatefulSet.class, part(role).name());
  }

  /** What a role's pods keep; gateways keep nothing, filers only their own store. */
  ServerVolumes volumes(Role role) {
    var claims = facts.all(PersistentVolumeClaim.class, part(role).selector());
    return ServerVolumes.of(storage(role), claims, facts);
  }

  Storage storage(Role role) {
    return switch (role) {
      case VOLUME -> spec().volumes().storage();
      case FILER -> spec().filers().storage();
      case MASTER, S3 -> Masters.STORAGE;
    };
  }

  /** The DNS name of a Service of this namespace, or of a pod before it. */
  String host(String service) {
    return "%s.%s.svc.%s"
        .formatted(service, cluster.getMetadata().getNamespace(), facts.settings().clusterDomain());
  }

  /** The address of one pod of a role. */
  String address(Role role, int ordinal) {
    var part = part(role);
    return "%s:%d".formatted(host(part.name(ordinal + "." + part.name())), role.port());
  }

  /** The addresses of all pods of a role, as SeaweedFS's options take them. */
  String addresses(Role role) {
    return IntStream.range(0, wished(role))
        .mapToObj(i -> address(role, i))
        .collect(Collectors.joining(","));
  }
}
