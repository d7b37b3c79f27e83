package io.generalbots.operator.external.load;

import io.generalbots.operator.external.StepFailure;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is asked for once, by whoever needs it first; all others get the same, or fail the same. */
final class Once<T> {

  private final Supplier<T> way;
  private @Nullable T value;
  private @Nullable StepFailure failure;

  Once(Supplier<T> way) {
    this.way = way;
  }

  T get() {
    if (failure != null) {
      throw failure;
    }
    if (value == null) {
      value = asked();
    }
    return value;
  }

  /** The same; empty if it failed. */
  Optional<T> answered() {
    try {
      return Optional.of(get());
    } catch (StepFailure e) {
      return Optional.empty();
    }
  }

  private T asked() {
    try {
      return way.get();
    } catch (StepFailure e) {
      failure = e;
      throw e;
    }
  }
}
