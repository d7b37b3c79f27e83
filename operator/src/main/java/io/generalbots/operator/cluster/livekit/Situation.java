package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.LiveKitSpec;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Optional;

/**
 * A cluster's LiveKit as it is wished and as it is.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  Part part() {
    return new Part(cluster.getMetadata().getName(), Names.COMPONENT);
  }

  LiveKitSpec spec() {
    return cluster.getSpec().livekit();
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate();
  }

  /** The DNS name of a Service of this namespace. */
  String host(String service) {
    var namespace = cluster.getMetadata().getNamespace();
    return service + "." + namespace + ".svc." + facts.settings().clusterDomain();
  }

  /** How many servers can run: without a bus several would not know of each other's rooms. */
  int possible() {
    return Bus.isThere(cluster) ? spec().replicas() : 1;
  }

  /** How many servers there should be. */
  int wished() {
    return hibernates() ? 0 : possible();
  }

  Optional<Deployment> deployment() {
    return facts.find(Deployment.class, part().name());
  }

  List<Instance> pods() {
    return facts.all(Pod.class, part().selector()).stream().map(Instance::new).toList();
  }

  /** The Secret that tells clients the key. */
  Optional<Secret> told() {
    return facts.find(Secret.class, part().name());
  }
}
