package io.generalbots.operator.cluster.media;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.GStreamerSpec;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A cluster's workers as they are wished and as they are.
 *
 * @param cluster what is wished
 * @param facts what is
 */
record Situation(BotCluster cluster, Facts facts) {

  GStreamerSpec spec() {
    return cluster.getSpec().media().gstreamer();
  }

  Part part() {
    return new Part(cluster.getMetadata().getName(), Names.COMPONENT);
  }

  boolean hibernates() {
    return cluster.getSpec().hibernate();
  }

  /** Whether there is somewhere to hand on what is written. */
  boolean hasStore() {
    return Features.isOn(cluster, "seaweedfs");
  }

  /** The gateways of a store that runs here. */
  Part store() {
    return new Part(part().cluster(), "s3");
  }

  /** Empty only when a definition older than this operator lets such a spec through. */
  String pipeline() {
    return Optional.ofNullable(spec().pipeline()).orElse("");
  }

  IntStream numbers() {
    return IntStream.range(0, spec().replicas());
  }

  String name(int number) {
    return part().name(Integer.toString(number));
  }

  Optional<Deployment> deployment(int number) {
    return facts.find(Deployment.class, name(number));
  }

  /** Whether any worker has been started before. */
  boolean hasBegun() {
    return numbers().anyMatch(n -> deployment(n).isPresent());
  }

  List<Instance> pods() {
    return facts.all(Pod.class, part().selector()).stream().map(Instance::new).toList();
  }

  List<Instance> pods(int number) {
    return facts.all(Pod.class, part().selector(Names.role(number))).stream()
        .map(Instance::new)
        .toList();
  }
}
