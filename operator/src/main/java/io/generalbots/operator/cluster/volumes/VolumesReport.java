package io.generalbots.operator.cluster.volumes;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.VolumeStatus;
import io.generalbots.operator.kernel.Facts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is told of volumes that grow by themselves. How full one is is told anew when that means
 * something: otherwise each write to a disk would be one to the status.
 *
 * @param cluster whose they are
 * @param facts what is known
 */
public record VolumesReport(BotCluster cluster, Facts facts) {

  /** As many as the definition lets in. */
  private static final int MOST = 200;

  /** In percent: as far as it may move without a word. */
  private static final int LITTLE = 5;

  /** Each, by name. */
  public List<VolumeStatus> volumes() {
    return Disk.of(cluster).stream().flatMap(this::volumes).limit(MOST).toList();
  }

  private Stream<VolumeStatus> volumes(Disk disk) {
    var growth = disk.growth(facts);
    return growth.claims().stream().map(claim -> told(disk, growth, claim));
  }

  private VolumeStatus told(Disk disk, Growth growth, Claim claim) {
    var former = former(claim);
    var size = growth.size();
    var now = growth.fill(claim).map(Fill::percent);
    var isSame = former.filter(f -> !Sizes.isLarger(size, f.size())).isPresent();
    var told = former.flatMap(f -> Optional.ofNullable(f.usedPercent()));
    var used = told.filter(t -> isSame && isNoNews(t, now, disk.auto().threshold())).or(() -> now);
    return new VolumeStatus(
        claim.name(), disk.part().component(), size, disk.auto().maxSize(), orNull(used));
  }

  /** What was told stays while nobody could tell anything else. */
  private static boolean isNoNews(int told, Optional<Integer> now, int threshold) {
    return now.isEmpty()
        || (Math.abs(told - now.get()) < LITTLE && (told >= threshold) == (now.get() >= threshold));
  }

  private Optional<VolumeStatus> former(Claim claim) {
    return Optional.ofNullable(cluster.getStatus()).map(BotClusterStatus::volumes).stream()
        .flatMap(List::stream)
        .filter(volume -> volume.name().equals(claim.name()))
        .findFirst();
  }

  private static @Nullable Integer orNull(Optional<Integer> percent) {
    return percent.orElse(null);
  }
}
