package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/** Reading of wishes. */
public final class Wishes {

  private Wishes() {}

  /** The object a wish wants to exist; none for removals and steps. */
  public static Optional<HasMetadata> object(Wish wish) {
    if (wish instanceof Wish.Managed managed) {
      return Optional.of(managed.object());
    } else if (wish instanceof Wish.Kept kept) {
      return Optional.of(kept.object());
    } else if (wish instanceof Wish.Once once) {
      return Optional.of(once.object());
    } else if (wish instanceof Wish.Amend amend) {
      return Optional.of(amend.object());
    }
    return Optional.empty();
  }

  /** Whether a wish is about the size of a volume, which others may refuse. */
  static boolean isGrowth(Wish wish) {
    return wish instanceof Wish.Amend amend && amend.object() instanceof PersistentVolumeClaim;
  }

  /**
   * The object a wish decides about, removals included: pruning leaves it alone. Deleting an
   * orphaned object once more with its dependents would take them after all.
   */
  public static Optional<HasMetadata> named(Wish wish) {
    return wish instanceof Wish.Remove remove ? Optional.of(remove.object()) : object(wish);
  }
}
