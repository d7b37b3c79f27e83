package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Collects the facts of one round from the caches of informers. */
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

  /** What is known now of this owner's objects, and of what it points to. */
  public <P extends HasMetadata> Facts observe(P primary, Context<P> context, Horizon<P> horizon) {
    var surroundings = horizon.observe(primary, context);
    Stream<HasMetadata> ours =
        kinds.stream().<HasMetadata>flatMap(kind -> secondaries(context, kind));
    var owned = Stream.concat(horizon.made(context), ours).toList();
    return new Facts(clock.instant(), entropy, owned, settings).in(surroundings);
  }

  private static <T extends HasMetadata> Stream<T> secondaries(
      Context<? extends HasMetadata> context, Class<T> kind) {
    return context.getSecondaryResourcesAsStream(kind);
  }
}
