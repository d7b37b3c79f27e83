package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotServerSpec;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Optional;

/**
 * A cluster's bot servers as they are wished and as they are.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  Part part() {
    return Names.part(cluster.getMetadata().getName());
  }

  BotServerSpec spec() {
    return cluster.getSpec().botserver();
  }

  boolean has(String component) {
    return Features.isOn(cluster, component);
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate();
  }

  boolean retains() {
    return cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  /** Whether PgBouncer keeps the servers' connections while the primary changes. */
  boolean isPooled() {
    var postgres = cluster.getSpec().postgres();
    return postgres.pooler().enabled() && postgres.external() == null;
  }

  Image image() {
    return Image.of(cluster, Names.COMPONENT, facts.settings());
  }

  /** How many there should be in the end. */
  int wished() {
    return hibernates() ? 0 : spec().replicas();
  }

  Optional<Deployment> deployment() {
    return facts.find(Deployment.class, part().name());
  }

  List<Pod> pods() {
    return facts.all(Pod.class, part().selector());
  }

  int ready() {
    return (int) pods().stream().filter(p -> new Instance(p).isReady()).count();
  }

  List<PersistentVolumeClaim> claims() {
    return facts.all(PersistentVolumeClaim.class, part().selector());
  }

  /** How bot servers reach the vault; there once it is seeded and unsealed for the first time. */
  Optional<Secret> vault() {
    return facts.find(Secret.class, Names.vaultSecret(part()));
  }

  /** What all replicas sign their tokens with. */
  Optional<Secret> signing() {
    return facts.find(Secret.class, Names.keysSecret(part()));
  }

  /** The DNS name of a Service of this namespace. */
  String host(String service) {
    var namespace = cluster.getMetadata().getNamespace();
    return service + "." + namespace + ".svc." + facts.settings().clusterDomain();
  }
}
