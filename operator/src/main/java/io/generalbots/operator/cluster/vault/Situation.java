package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.ServiceMode;
import io.generalbots.api.v1alpha1.cluster.VaultEngine;
import io.generalbots.api.v1alpha1.cluster.VaultSpec;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Optional;

/**
 * A cluster's vault as it is wished and as it is.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  Part part() {
    return new Part(cluster.getMetadata().getName(), Names.COMPONENT);
  }

  VaultSpec spec() {
    return cluster.getSpec().vault();
  }

  boolean isOn() {
    return isOn(cluster);
  }

  static boolean isOn(BotCluster cluster) {
    return Features.isOn(cluster, Names.COMPONENT);
  }

  boolean isExternal() {
    return spec().mode() == ServiceMode.EXTERNAL;
  }

  /** Whether it is a server that can open its data by itself, which Vault cannot. */
  boolean isServed() {
    return isExternal() || spec().engine() == VaultEngine.OPEN_BAO;
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate() && !isExternal();
  }

  boolean retains() {
    return cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  String namespace() {
    return cluster.getMetadata().getNamespace();
  }

  /** The DNS name of a server among its peers. */
  String host(String pod) {
    return "%s.%s.%s.svc.%s"
        .formatted(pod, part().name(Names.HEADLESS), namespace(), facts.settings().clusterDomain());
  }

  Optional<StatefulSet> set() {
    return facts.find(StatefulSet.class, part().name());
  }

  boolean isBeingReplaced() {
    return ServerVolumes.isBeingReplaced(set());
  }

  List<Instance> servers() {
    return facts.all(Pod.class, part().selector()).stream().map(Instance::new).toList();
  }

  long ready() {
    return servers().stream().filter(Instance::isReady).count();
  }

  ServerVolumes volumes() {
    return ServerVolumes.of(spec().storage(), claims(), facts);
  }

  /** The volumes that are not on their way out, by name. */
  List<PersistentVolumeClaim> claims() {
    return facts.all(PersistentVolumeClaim.class, part().selector()).stream()
        .filter(c -> c.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  Progress progress() {
    return Progress.of(secret(Names.PROGRESS));
  }

  /** One of the vault's own Secrets. */
  Optional<Secret> secret(String suffix) {
    return facts.find(Secret.class, part().name(suffix));
  }

  /** A key of one of the vault's own Secrets; empty until it exists. */
  String text(String suffix, String key) {
    return secret(suffix).map(s -> Secrets.text(s, key)).orElse("");
  }
}
