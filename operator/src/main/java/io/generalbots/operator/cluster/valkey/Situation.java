package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.ValkeyPersistenceMode;
import io.generalbots.api.v1alpha1.cluster.ValkeySpec;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Optional;

/**
 * A cluster's Valkey as it is wished and as it is.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  Part part() {
    return Names.servers(cluster.getMetadata().getName());
  }

  Part sentinels() {
    return Names.sentinels(cluster.getMetadata().getName());
  }

  String namespace() {
    return cluster.getMetadata().getNamespace();
  }

  ValkeySpec spec() {
    return cluster.getSpec().valkey();
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate();
  }

  boolean retains() {
    return cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  boolean persists() {
    return spec().persistence().mode() != ValkeyPersistenceMode.DISABLED;
  }

  /** The DNS name of a Service of this namespace. */
  String host(String service) {
    return service + "." + namespace() + ".svc." + facts.settings().clusterDomain();
  }

  /** The StatefulSet of the servers, be it on its way out or not. */
  Optional<StatefulSet> set() {
    return facts.find(StatefulSet.class, part().name());
  }

  Servers servers() {
    return Servers.of(facts.all(Pod.class, part().selector()), primaryName());
  }

  /** The StatefulSet of the sentinels. */
  Optional<StatefulSet> sentinelSet() {
    return facts.find(StatefulSet.class, sentinels().name());
  }

  /** One server needs nobody to elect it; on the way down to one, they stay until the end. */
  boolean needsSentinels() {
    return Math.max(spec().replicas(), Math.max(current(), servers().span())) > 1;
  }

  List<Pod> sentinelPods() {
    return facts.all(Pod.class, sentinels().selector());
  }

  ServerVolumes volumes() {
    var claims = facts.all(PersistentVolumeClaim.class, part().selector());
    return new ServerVolumes(spec().persistence().size(), claims);
  }

  /** Whether the StatefulSet of the servers is being replaced: nothing can be said to it. */
  boolean isBeingReplaced() {
    return ServerVolumes.isBeingReplaced(set());
  }

  /** The pod the Service leads to. */
  Optional<String> primaryName() {
    return service()
        .flatMap(s -> Optional.ofNullable(s.getSpec().getSelector()))
        .flatMap(selector -> Optional.ofNullable(selector.get(Names.POD_NAME)));
  }

  /** Whether the agents beside the sentinels have taken the Service over at least once. */
  boolean isLedByAgents() {
    return service().filter(s -> Objects.annotations(s).containsKey(Names.EPOCH)).isPresent();
  }

  /** The number of servers the StatefulSet is asked for now. */
  int current() {
    return set().map(s -> s.getSpec().getReplicas()).orElseGet(() -> spec().replicas());
  }

  /** How many servers there should be in the end. */
  int wished() {
    return hibernates() ? 0 : spec().replicas();
  }

  private Optional<Service> service() {
    return facts.find(Service.class, part().name());
  }
}
