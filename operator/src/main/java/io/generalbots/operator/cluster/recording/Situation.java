package io.generalbots.operator.cluster.recording;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.RecordingSpec;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Optional;

/**
 * A cluster's recorders as they are wished and as they are.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  private static final String COMPONENT = "livekit-egress";
  private static final String STORE = "s3-egress";

  Part part() {
    return new Part(cluster.getMetadata().getName(), COMPONENT);
  }

  RecordingSpec spec() {
    return cluster.getSpec().livekit().recording();
  }

  /** A LiveKit that runs elsewhere has recorders of its own. */
  boolean isWanted() {
    return Entrance.isOurs(cluster) && spec().enabled();
  }

  boolean hasStore() {
    return Features.isOn(cluster, "seaweedfs");
  }

  /** Whether the store is somebody else's. */
  boolean storesElsewhere() {
    return cluster.getSpec().seaweedfs().external() != null;
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate();
  }

  int wished() {
    return hibernates() ? 0 : spec().egressReplicas();
  }

  Entrance entrance() {
    return new Entrance(cluster, facts);
  }

  /** The bucket for recordings, once there is a login for it. */
  Optional<Store> store() {
    return facts.find(Secret.class, storeName()).map(Store::new).filter(Store::isWhole);
  }

  /** The name of the Secret with that login. */
  String storeName() {
    return new Part(cluster.getMetadata().getName(), STORE).name();
  }

  Optional<Deployment> deployment() {
    return facts.find(Deployment.class, part().name());
  }

  List<Instance> pods() {
    return facts.all(Pod.class, part().selector()).stream().map(Instance::new).toList();
  }
}
