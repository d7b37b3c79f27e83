package io.generalbots.operator.cluster.volumes;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.generalbots.operator.kernel.Objects;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A claim as far as its size goes.
 *
 * @param claim as it is
 */
public record Claim(PersistentVolumeClaim claim) {

  /**
   * Stands on a claim since it last grew: a file system of fewer bytes has not grown yet, so that
   * what is told of it was seen before. It is written with the size, in one request.
   */
  public static final String GROWN_BEYOND = "generalbots.io/grown-beyond";

  private static final String STORAGE = "storage";
  private static final String ERROR = "ResizeError";

  public String name() {
    return claim.getMetadata().getName();
  }

  /** The size that is asked for; none is nothing. */
  public Quantity request() {
    return claim.getSpec().getResources().getRequests().getOrDefault(STORAGE, new Quantity("0"));
  }

  /** The size that it has, once it has a volume. */
  public Optional<Quantity> capacity() {
    return Optional.ofNullable(claim.getStatus())
        .flatMap(s -> Optional.ofNullable(s.getCapacity()))
        .flatMap(c -> Optional.ofNullable(c.get(STORAGE)));
  }

  /** Whether it has a volume of at least the size that is asked for. */
  boolean isGrown() {
    return capacity().filter(has -> !Sizes.isLarger(request(), has)).isPresent();
  }

  /** Whether what was seen of its file system was seen since it last grew. */
  boolean isOfNow(Fill fill) {
    var least = capacity().map(has -> Sizes.bytes(has).longValue() / 2).orElse(0L);
    return fill.capacity() >= Math.max(least, grownBeyond().orElse(0L));
  }

  private Optional<Long> grownBeyond() {
    return mark().filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
  }

  private Optional<String> mark() {
    return Optional.ofNullable(Objects.annotations(claim).get(GROWN_BEYOND));
  }

  /**
   * What is to stand on it with a new size. A file system grows by a little less than its volume:
   * half of it is enough to tell.
   *
   * @param fill what was seen of it last, if anything was
   */
  public Map<String, String> marks(Quantity size, Optional<Fill> fill) {
    var more = Sizes.bytes(size).subtract(Sizes.bytes(request()));
    return fill.map(seen -> BigDecimal.valueOf(seen.capacity()))
        .map(has -> has.add(more.divide(BigDecimal.valueOf(2))).toBigInteger().toString())
        .or(this::mark)
        .map(beyond -> Map.of(GROWN_BEYOND, beyond))
        .orElse(Map.of());
  }

  /** Why it cannot grow, if that is known before anybody asks it to. */
  Optional<String> obstacle(Optional<List<StorageClass>> classes) {
    var name = Optional.ofNullable(claim.getSpec().getStorageClassName());
    if (name.filter(String::isEmpty).isPresent()) {
      return Optional.of(name() + " has no StorageClass");
    }
    return classes.orElse(List.of()).stream()
        .filter(c -> name.filter(c.getMetadata().getName()::equals).isPresent())
        .filter(c -> !Boolean.TRUE.equals(c.getAllowVolumeExpansion()))
        .map(c -> "StorageClass %s of %s lets no volume grow".formatted(name.orElseThrow(), name()))
        .findFirst();
  }

  /** What whoever was to make it grow says of that. */
  Optional<String> failure() {
    return Optional.ofNullable(claim.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(c -> c.getType().endsWith(ERROR) && "True".equals(c.getStatus()))
        .map(this::text)
        .findFirst();
  }

  private String text(PersistentVolumeClaimCondition condition) {
    return "%s does not grow: %s".formatted(name(), condition.getMessage());
  }
}
