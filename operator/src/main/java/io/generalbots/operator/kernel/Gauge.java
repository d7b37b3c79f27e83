package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Optional;

/** Reads one thing of an owner's servers that nothing can be told of by an event. */
public interface Gauge<P extends HasMetadata> {

  /** Whether there is anything to read. */
  boolean isFor(P owner);

  /**
   * What is read now, within a bounded time; empty if nobody answers, which others tell of.
   *
   * @param owner as it was read: fields may lack that have a default since
   */
  Optional<Reading> read(P owner);

  /** After which it is read again, where that is to be sooner than others are. */
  default Optional<Duration> again(P owner) {
    return Optional.empty();
  }
}
