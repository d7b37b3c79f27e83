package io.generalbots.operator.cluster.volumes;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.generalbots.api.v1alpha1.shared.AutoGrow;
import io.generalbots.api.v1alpha1.shared.Storage;
import io.generalbots.operator.kernel.Facts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The size that the volumes of servers of one kind should have now: all the same, so that data
 * which fits on one fits on each, and a new one begins as large as the others. They grow by a fifth
 * when one of them is full to the threshold, and never shrink. From what was seen before a volume
 * grew, nothing is decided again.
 *
 * @param storage what is wished
 * @param claims those that exist
 * @param fills how full they are, by name, as far as it is known
 * @param classes all that there are, if they are known
 */
public record Growth(
    Storage storage,
    List<Claim> claims,
    Map<String, Fill> fills,
    Optional<List<StorageClass>> classes) {

  public Growth {
    claims = List.copyOf(claims);
    fills = Map.copyOf(fills);
    classes = classes.map(List::copyOf);
  }

  /** By what is known of these claims. */
  public static Growth of(Storage storage, List<PersistentVolumeClaim> claims, Facts facts) {
    var seen = facts.surroundings().reading(VolumesSeen.class).orElse(VolumesSeen.NOTHING);
    return new Growth(
        storage,
        claims.stream().map(Claim::new).toList(),
        seen.fills(),
        facts.surroundings().storageClasses());
  }

  /** The size that each should have. */
  public Quantity size() {
    return grows() ? Sizes.larger(base(), next()) : base();
  }

  /** Those that are full to the threshold, and would have to be larger than they may be. */
  List<Claim> atMost() {
    return obstacles().isEmpty() && !grows() ? full() : List.of();
  }

  /** Why they cannot grow. */
  List<String> obstacles() {
    return claims.stream()
        .flatMap(c -> Stream.of(c.obstacle(classes), c.failure()).flatMap(Optional::stream))
        .toList();
  }

  private boolean grows() {
    var canAll = claims.stream().allMatch(c -> c.obstacle(classes).isEmpty());
    return canAll && !full().isEmpty() && Sizes.isLarger(next(), base());
  }

  /** What they would have without a further step. */
  private Quantity base() {
    return auto().map(any -> Sizes.larger(storage.size(), largest())).orElseGet(storage::size);
  }

  private Quantity next() {
    return auto()
        .map(auto -> Sizes.smaller(auto.maxSize(), Sizes.fifthMore(base())))
        .orElseGet(this::base);
  }

  private Quantity largest() {
    return claims.stream().map(Claim::request).max(Sizes.BY_BYTES).orElseGet(storage::size);
  }

  /** One that has not yet what was decided before has to get that first. */
  private List<Claim> full() {
    return claims.stream()
        .filter(c -> !Sizes.isLarger(base(), c.request()) && c.isGrown())
        .filter(c -> fill(c).filter(f -> c.isOfNow(f) && isFull(f)).isPresent())
        .toList();
  }

  private boolean isFull(Fill fill) {
    return auto().filter(auto -> fill.percent() >= auto.threshold()).isPresent();
  }

  Optional<Fill> fill(Claim claim) {
    return Optional.ofNullable(fills.get(claim.name()));
  }

  private Optional<AutoGrow> auto() {
    return Optional.ofNullable(storage.autoGrow());
  }
}
