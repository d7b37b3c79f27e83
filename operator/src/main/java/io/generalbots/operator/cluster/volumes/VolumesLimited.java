package io.generalbots.operator.cluster.volumes;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether anything keeps volumes from growing that are to grow by themselves. */
public final class VolumesLimited {

  /** The type of the condition. */
  public static final String TYPE = "VolumesLimited";

  /** What keeps them, in a word for machines and one for people. */
  private record Limit(String reason, String message) {}

  private VolumesLimited() {}

  /** The condition, where volumes are to grow by themselves. */
  public static Optional<Condition> of(BotCluster cluster, Facts facts) {
    var disks = Disk.of(cluster);
    return Optional.of(disks).filter(all -> !all.isEmpty()).map(all -> of(cluster, facts, all));
  }

  private static Condition of(BotCluster cluster, Facts facts, List<Disk> disks) {
    var seen = facts.surroundings().reading(VolumesSeen.class);
    var limits = new ArrayList<Limit>();
    disks.forEach(disk -> limits.addAll(stuck(disk, facts)));
    disks.forEach(disk -> limits.addAll(atMost(disk, facts)));
    seen.ifPresent(s -> limits.addAll(unknown(s)));
    if (limits.isEmpty()) {
      return seen.isPresent() ? free(disks) : former(cluster);
    }
    return Conditions.of(
        TYPE,
        true,
        limits.get(0).reason(),
        limits.stream().map(Limit::message).collect(Collectors.joining("; ")));
  }

  private static List<Limit> stuck(Disk disk, Facts facts) {
    return disk.growth(facts).obstacles().stream()
        .map(obstacle -> new Limit(Reasons.CANNOT_EXPAND, obstacle))
        .toList();
  }

  private static List<Limit> atMost(Disk disk, Facts facts) {
    var growth = disk.growth(facts);
    return growth.atMost().stream()
        .map(claim -> atMost(disk, claim, growth.fill(claim).orElseThrow()))
        .toList();
  }

  private static Limit atMost(Disk disk, Claim claim, Fill fill) {
    var message = "%s %s, and may not grow by itself beyond %s: raise %s.autoGrow.maxSize";
    var most = claim.request();
    return new Limit(
        Reasons.AT_MAX_SIZE, message.formatted(claim.name(), fill.text(), most, disk.field()));
  }

  private static List<Limit> unknown(VolumesSeen seen) {
    var silent =
        seen.silent().stream().map(claim -> claim + " is of a kind whose use nobody measures");
    return Stream.concat(seen.troubles().stream(), silent)
        .map(
            trouble ->
                new Limit(Reasons.USAGE_UNKNOWN, "how full volumes are is not known: " + trouble))
        .toList();
  }

  private static Condition free(List<Disk> disks) {
    var when =
        disks.stream()
            .map(d -> "%s at %d%%".formatted(d.part().component(), d.auto().threshold()))
            .collect(Collectors.joining(", "));
    return Conditions.of(TYPE, false, "RoomToGrow", "volumes grow before they are full: " + when);
  }

  /** An operator that has just begun knows nothing better. */
  private static Condition former(BotCluster cluster) {
    return Stream.ofNullable(cluster.getStatus())
        .flatMap(status -> status.conditions().stream())
        .filter(c -> TYPE.equals(c.getType()))
        .findFirst()
        .orElseGet(() -> Conditions.of(TYPE, false, "NothingMeasured", "no look was taken yet"));
  }
}
