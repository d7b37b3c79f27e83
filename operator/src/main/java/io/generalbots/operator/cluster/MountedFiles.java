package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes on every pod of a plan the versions of the files it mounts. The kubelet looks after a
 * pod's files at once when the pod changes, and otherwise within a minute or two: so a renewed
 * certificate or a changed password is there within seconds. In one place, so that no component
 * forgets it.
 */
record MountedFiles(Facts facts) {

  private static final String FILES = "generalbots.io/files";

  /** The same plan, which marks the pods of its component as well. */
  Plan mark(String component, Plan plan) {
    if (!(plan instanceof Plan.Apply apply)) {
      return plan;
    }
    var wishes = new ArrayList<Wish>(apply.wishes());
    pods(component).forEach(pod -> mark(pod, wishes));
    return new Plan.Apply(wishes);
  }

  /** A part of a component bears its name and more: sentinels are {@code valkey-sentinel}. */
  private List<Pod> pods(String component) {
    return facts.all(Pod.class).stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .filter(p -> (Objects.labels(p).get(Labels.COMPONENT) + "-").startsWith(component + "-"))
        .toList();
  }

  /** What a component writes on a pod itself goes with it: one manager applies all or nothing. */
  private void mark(Pod pod, List<Wish> wishes) {
    var versions = versions(pod);
    var written = wishes.stream().flatMap(w -> written(w, pod).stream()).toList();
    written.forEach(meta -> annotate(meta, versions));
    if (written.isEmpty()) {
      var meta =
          new ObjectMetaBuilder()
              .withName(pod.getMetadata().getName())
              .withUid(pod.getMetadata().getUid())
              .addToAnnotations(FILES, versions)
              .build();
      wishes.add(0, new Wish.Amend(new PodBuilder().withMetadata(meta).build()));
    }
  }

  private static Optional<HasMetadata> written(Wish wish, Pod pod) {
    return wish instanceof Wish.Amend amend && Objects.ref(amend.object()).equals(Objects.ref(pod))
        ? Optional.of(amend.object())
        : Optional.empty();
  }

  private static void annotate(HasMetadata object, String versions) {
    var annotations = new HashMap<>(Objects.annotations(object));
    annotations.put(FILES, versions);
    object.getMetadata().setAnnotations(annotations);
  }

  private String versions(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .flatMap(this::mounted)
        .map(o -> Optional.ofNullable(o.getMetadata().getResourceVersion()).orElse(""))
        .distinct()
        .collect(Collectors.joining("."));
  }

  private Stream<HasMetadata> mounted(Volume volume) {
    return Stream.concat(
        secrets(volume).flatMap(name -> facts.find(Secret.class, name).stream()),
        maps(volume).flatMap(name -> facts.find(ConfigMap.class, name).stream()));
  }

  private static Stream<String> secrets(Volume volume) {
    return Stream.concat(
        Stream.ofNullable(volume.getSecret()).map(SecretVolumeSource::getSecretName),
        sources(volume)
            .flatMap(s -> Stream.ofNullable(s.getSecret()))
            .map(SecretProjection::getName));
  }

  private static Stream<String> maps(Volume volume) {
    return Stream.concat(
        Stream.ofNullable(volume.getConfigMap()).map(ConfigMapVolumeSource::getName),
        sources(volume)
            .flatMap(s -> Stream.ofNullable(s.getConfigMap()))
            .map(ConfigMapProjection::getName));
  }

  private static Stream<VolumeProjection> sources(Volume volume) {
    return volume.getProjected() == null
        ? Stream.of()
        : volume.getProjected().getSources().stream();
  }
}
