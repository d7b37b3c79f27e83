package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Collects the facts of one round from the informer caches; asks nobody. */
public final class Observer {

  private final List<Class<? extends HasMetadata>> kinds;
  private final Clock clock;
  private final Entropy entropy;
  private final Settings settings;

  public Observer(
      List<Class<? extends HasMetadata>> kinds, Clock clock, Entropy entropy, Settings settings) {
    this.kinds = List.copyOf(kinds);
    this.clock = clock;
    this.entropy = entropy;
    this.settings = settings;
  }

  /** What is known of this owner's objects now. */
  public Facts observe(Context<? extends HasMetadata> context) {
    List<HasMetadata> owned =
        kinds.stream().<HasMetadata>flatMap(kind -> secondaries(context, kind)).toList();
    return new Facts(clock.instant(), entropy, owned, settings);
  }

  private static <T extends HasMetadata> Stream<T> secondaries(
      Context<? extends HasMetadata> context, Class<T> kind) {
    return context.getSecondaryResourcesAsStream(kind);
  }
}
