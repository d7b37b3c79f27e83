package io.generalbots.operator.external.kubelet;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.generalbots.operator.cluster.volumes.Fill;
import io.generalbots.operator.cluster.volumes.VolumesSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one kubelet said, as far as it is asked: of its own pods and their own claims, so that one
 * that lies does so about those alone.
 *
 * @param fills how full volumes are, by claim
 * @param silent claims that it should know, and tells nothing of
 * @param trouble why it said nothing
 */
record Look(Map<String, Fill> fills, List<String> silent, Optional<String> trouble) {

  /** What was seen before that says nothing of now; clocks may differ by some of it. */
  private static final Duration STALE = Duration.ofMinutes(10);

  /** A kubelet looks every minute or so: who runs for longer has been looked at. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  /** It did not say anything. */
  static Look failed(String trouble) {
    return new Look(Map.of(), List.of(), Optional.of(trouble));
  }

  /** What it says of these pods. */
  static Look of(List<Pod> pods, Summary summary, Instant now) {
    var fills = new HashMap<String, Fill>();
    for (var volume : summary.volumes()) {
      if (!volume.at().isBefore(now.minus(STALE)) && pods.stream().anyMatch(p -> has(p, volume))) {
        fills.put(volume.claim(), volume.fill());
      }
    }
    var silent =
        pods.stream()
            .filter(pod -> isSettled(pod, now))
            .flatMap(Look::claims)
            .filter(claim -> !fills.containsKey(claim))
            .toList();
    return new Look(fills, silent, Optional.empty());
  }

  /** All together. */
  static VolumesSeen sum(List<Look> looks) {
    var fills = new HashMap<String, Fill>();
    looks.forEach(look -> fills.putAll(look.fills()));
    return new VolumesSeen(
        fills,
        looks.stream().flatMap(look -> look.silent().stream()).toList(),
        looks.stream().flatMap(look -> look.trouble().stream()).toList());
  }

  private static boolean has(Pod pod, Summary.Volume volume) {
    return volume.pod().equals(pod.getMetadata().getName())
        && volume.namespace().equals(pod.getMetadata().getNamespace())
        && claims(pod).anyMatch(volume.claim()::equals);
  }

  private static Stream<String> claims(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .map(Volume::getPersistentVolumeClaim)
        .flatMap(Stream::ofNullable)
        .map(PersistentVolumeClaimVolumeSource::getClaimName);
  }

  private static boolean isSettled(Pod pod, Instant now) {
    return Optional.ofNullable(pod.getStatus().getStartTime())
        .filter(start -> Instant.parse(start).isBefore(now.minus(SETTLED)))
        .isPresent();
  }
}
