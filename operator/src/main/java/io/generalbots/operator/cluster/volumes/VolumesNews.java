package io.generalbots.operator.cluster.volumes;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.VolumeStatus;
import io.generalbots.operator.kernel.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is told of growing volumes as events: one for each step of the volumes of a component. */
public final class VolumesNews {

  private VolumesNews() {}

  /** What a status tells that the one before did not. */
  public static List<Decision> between(BotCluster before, BotClusterStatus now) {
    var former = Optional.ofNullable(before.getStatus()).map(BotClusterStatus::volumes);
    return now.volumes().isEmpty()
        ? List.of()
        : Disk.of(before).stream()
            .flatMap(disk -> grown(disk, former.orElse(List.of()), now.volumes()))
            .toList();
  }

  /** What a user has asked for is no news to anybody. */
  private static Stream<Decision> grown(
      Disk disk, List<VolumeStatus> former, List<VolumeStatus> now) {
    return now.stream()
        .filter(v -> disk.part().component().equals(v.component()))
        .filter(v -> Sizes.isLarger(v.size(), disk.storage().size()))
        .max(Comparator.comparingInt(VolumesNews::used))
        .stream()
        .flatMap(fullest -> grown(fullest, former));
  }

  private static Stream<Decision> grown(VolumeStatus now, List<VolumeStatus> former) {
    return former.stream()
        .filter(v -> v.name().equals(now.name()))
        .filter(v -> Sizes.isLarger(now.size(), v.size()))
        .map(v -> told(v, now));
  }

  private static Decision told(VolumeStatus before, VolumeStatus now) {
    return Decision.normal(
        "GrowingVolumes",
        "%s is %d%% full: volumes of %s grow from %s to %s"
            .formatted(now.name(), used(now), now.component(), before.size(), now.size()));
  }

  private static int used(VolumeStatus volume) {
    return Optional.ofNullable(volume.usedPercent()).orElse(0);
  }
}
