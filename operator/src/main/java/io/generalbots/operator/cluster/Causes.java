package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of the spec keeps pods from running, told beside what a component says of itself: the image,
 * the place or the volume that cannot be had, and the field it is from. In one place, so that a
 * change which is stuck is told of whatever still runs.
 */
record Causes(BotCluster cluster, Facts facts) {

  /** What the field of a volume's class is below the one of its component, where it differs. */
  private static final Map<String, String> STORAGE =
      Map.of(
          "seaweedfs", "seaweedfs.volumes.storage.storageClass",
          "valkey", "valkey.persistence.storageClass",
          "botserver", "botserver.workVolume.storageClass");

  /** The blocks of those pods whose label is not the name of theirs. */
  private static final Map<String, String> BLOCKS =
      Map.of(
          "pooler", "postgres.pooler",
          "livekit-egress", "livekit.recording",
          "livekit-transcription", "livekit.transcription",
          "s3", "seaweedfs.s3",
          "seaweedfs-volume", "seaweedfs.volumes",
          "seaweedfs-filer", "seaweedfs.filers");

  /**
   * Something in the way.
   *
   * @param what what it is
   * @param field where to look in the spec
   */
  private record Cause(String reason, String what, String field) {

    /** The same sentence twice helps nobody. */
    String beside(String message) {
      return message + "; " + (message.contains(what) ? "" : what + ": ") + "see spec." + field;
    }
  }

  /** The healths, with what is in the way. */
  Map<String, Health> beside(Map<String, Health> healths) {
    var told = new LinkedHashMap<>(healths);
    told.replaceAll((name, health) -> find(name).map(c -> tell(health, c)).orElse(health));
    return told;
  }

  private static Health tell(Health health, Cause cause) {
    var message = cause.beside(health.message());
    return health.isSettled()
        ? Health.degraded(cause.reason(), message)
            .counting(health.instances().ready(), health.instances().desired())
        : new Health(health.state(), health.reason(), message, health.instances());
  }

  /** A pod whose volume cannot be had is not placed either: the volume comes first. */
  private Optional<Cause> find(String component) {
    var workloads = new Workloads(cluster.getMetadata().getName(), facts);
    return Stream.concat(
            workloads
                .claims(component)
                .filter(Causes::stays)
                .flatMap(c -> volume(component, c).stream()),
            workloads
                .pods(component)
                .filter(Causes::stays)
                .map(Instance::new)
                .flatMap(p -> Stream.concat(image(p).stream(), place(p).stream())))
        .findFirst();
  }

  private static boolean stays(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() == null;
  }

  private static String label(HasMetadata object) {
    return Objects.labels(object).getOrDefault(Labels.COMPONENT, "");
  }

  private Optional<Cause> image(Instance pod) {
    return pod.containersWithoutImage().stream()
        .findFirst()
        .map(ContainerStatus::getImage)
        .map(
            image ->
                new Cause(
                    "ImageUnavailable",
                    "%s: image %s cannot be pulled".formatted(pod.name(), image),
                    field(image)));
  }

  private String field(String image) {
    return facts.settings().images().keySet().stream()
        .sorted()
        .filter(c -> Image.of(cluster, c, facts.settings()).isNamed(image))
        .findFirst()
        .map(c -> "botserver".equals(c) ? "botserver.image" : "images." + c)
        .orElse("images");
  }

  private static Optional<Cause> place(Instance pod) {
    var block = BLOCKS.getOrDefault(label(pod.pod()), label(pod.pod()));
    return pod.unschedulable()
        .map(why -> new Cause("Unschedulable", pod.name() + ": " + why, fields(block, why)));
  }

  /** By what the scheduler says is missing; it names the nodes' troubles, not the pod's wishes. */
  private static String fields(String block, String why) {
    var fields = new ArrayList<String>();
    if (why.contains("Insufficient")) {
      fields.add(block + ".resources");
    }
    if (why.contains("affinity")) {
      fields.add("nodeSelector");
      fields.add("affinity");
    }
    if (why.contains("taint")) {
      fields.add("tolerations");
    }
    return fields.isEmpty() ? block : String.join(", spec.", fields);
  }

  private Optional<Cause> volume(String component, PersistentVolumeClaim claim) {
    var wished = Optional.ofNullable(claim.getSpec().getStorageClassName());
    var classes = facts.surroundings().storageClasses();
    return wished
        .filter(w -> isPending(claim))
        .filter(w -> classes.filter(all -> !isAmong(all, w)).isPresent())
        .map(
            w ->
                new Cause(
                    "StorageClassMissing",
                    "%s: StorageClass %s does not exist"
                        .formatted(claim.getMetadata().getName(), w),
                    STORAGE.getOrDefault(component, component + ".storage.storageClass")));
  }

  private static boolean isPending(PersistentVolumeClaim claim) {
    return claim.getStatus() == null || !"Bound".equals(claim.getStatus().getPhase());
  }

  private static boolean isAmong(List<? extends HasMetadata> all, String name) {
    return all.stream().anyMatch(c -> name.equals(c.getMetadata().getName()));
  }
}
