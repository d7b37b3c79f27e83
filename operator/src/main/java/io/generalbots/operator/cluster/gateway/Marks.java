package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions of the files that the gateways mount, written on their pods while they run: the
 * kubelet looks after a pod's files at once when the pod changes, and otherwise within a minute or
 * two.
 */
final class Marks {

  private static final String FILES = "generalbots.io/files";

  private Marks() {}

  static List<Wish> of(Part part, Facts facts) {
    var files = files(part, facts);
    return facts.all(Pod.class, part.selector()).stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .map(pod -> mark(pod, files))
        .toList();
  }

  private static Wish mark(Pod pod, String files) {
    var meta =
        new ObjectMetaBuilder()
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .addToAnnotations(FILES, files)
            .build();
    return new Wish.Amend(new PodBuilder().withMetadata(meta).build());
  }

  private static String files(Part part, Facts facts) {
    return Stream.of(
            facts.find(ConfigMap.class, part.name()),
            facts.find(Secret.class, part.name(Gateway.CERTIFICATE)))
        .flatMap(o -> o.map(HasMetadata::getMetadata).stream())
        .map(m -> m.getResourceVersion() == null ? "" : m.getResourceVersion())
        .collect(Collectors.joining("."));
  }
}
