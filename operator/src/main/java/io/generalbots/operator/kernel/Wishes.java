package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
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
}
