package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.QdrantSpec;
import io.generalbots.api.v1alpha1.cluster.QdrantTlsMode;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Optional;

/**
 * A cluster's Qdrant as it is wished and as it is.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  Part part() {
    return Names.part(cluster.getMetadata().getName());
  }

  QdrantSpec spec() {
    return cluster.getSpec().qdrant();
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate();
  }

  boolean retains() {
    return cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  boolean servesTls() {
    return spec().tls().mode() == QdrantTlsMode.REQUIRED;
  }

  /** The protocol of REST. */
  String scheme() {
    return servesTls() ? "https" : "http";
  }

  /** The DNS name of a Service of this namespace. */
  String host(String service) {
    return "%s.%s.svc.%s"
        .formatted(service, cluster.getMetadata().getNamespace(), facts.settings().clusterDomain());
  }

  /** The StatefulSet, be it on its way out or not. */
  Optional<StatefulSet> set() {
    return facts.find(StatefulSet.class, part().name());
  }

  /** Whether the StatefulSet is being replaced: nothing can be said to it. */
  boolean isBeingReplaced() {
    return ServerVolumes.isBeingReplaced(set());
  }

  /** The number of peers the StatefulSet is asked for now; none if there is no set. */
  int current() {
    return set().map(s -> s.getSpec().getReplicas()).orElse(0);
  }

  /** How many peers there should be in the end. */
  int wished() {
    return hibernates() ? 0 : spec().replicas();
  }

  /** The pods, by name. */
  List<Instance> pods() {
    return facts.all(Pod.class, part().selector()).stream().map(Instance::new).toList();
  }

  int ready() {
    return (int) pods().stream().filter(Instance::isReady).count();
  }

  List<PersistentVolumeClaim> claims() {
    return facts.all(PersistentVolumeClaim.class, part().selector());
  }

  ServerVolumes volumes() {
    return ServerVolumes.of(spec().storage(), claims(), facts);
  }

  /** The key clients have to show, if the user has set one. */
  Optional<String> apiKey() {
    return facts
        .find(Secret.class, part().name())
        .map(s -> Secrets.text(s, Names.API_KEY))
        .filter(key -> !key.isEmpty());
  }

  /** What the servers show and whom they trust, once it is issued. */
  Optional<Secret> certificate() {
    return facts.find(Secret.class, part().name(Names.SERVER_CERTIFICATE));
  }
}
