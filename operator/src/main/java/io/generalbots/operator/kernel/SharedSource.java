package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.health.Status;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a controller sees of a watch that it shares with others. JOSDK's own informers are for one
 * controller each; what they do beyond this is for those who write through JOSDK, which we do not.
 */
public final class SharedSource<T extends HasMetadata, P extends HasMetadata>
    extends AbstractEventSource<T, P>
    implements ResourceEventHandler<T>, InformerWrappingEventSourceHealthIndicator<T> {

  private final SharedWatch<T> watch;
  private final Sight<T, P> sight;

  /**
   * What is to be seen.
   *
   * @param kind of the objects
   * @param owners whom a change concerns
   * @param matters whether an update does
   * @param index by what objects are found
   * @param keys the same, of each object
   * @param key under which those of an owner are found; there may be none
   */
  public record Sight<T extends HasMetadata, P extends HasMetadata>(
      Class<T> kind,
      Function<T, Set<ResourceID>> owners,
      OnUpdateFilter<T> matters,
      String index,
      Function<T, List<String>> keys,
      Function<P, List<String>> key) {}

  SharedSource(SharedWatch<T> watch, Sight<T, P> sight) {
    super(sight.kind(), name(sight.kind(), sight.index()));
    this.watch = watch;
    this.sight = sight;
    watch.index(sight.index(), sight.keys());
  }

  /** A controller may look at one kind in more than one way. */
  public static String name(Class<? extends HasMetadata> kind, String index) {
    return HasMetadata.getFullResourceName(kind) + "/" + index;
  }

  @Override
  public synchronized void start() {
    super.start();
    watch.join(this);
  }

  @Override
  public synchronized void stop() {
    super.stop();
    watch.leave(this);
  }

  /** Each object once: comparing what is in them would take longer than all else. */
  @Override
  public Set<T> getSecondaryResources(P primary) {
    Set<T> found = Collections.newSetFromMap(new IdentityHashMap<>());
    sight.key().apply(primary).forEach(key -> found.addAll(byIndex(key)));
    return found;
  }

  /** The objects that are found under this key. */
  public Collection<T> byIndex(String key) {
    return watch.byIndex(sight.index(), key);
  }

  @Override
  public void onAdd(T added) {
    wake(added);
  }

  @Override
  public void onUpdate(T former, T updated) {
    if (sight.matters().accept(updated, former)) {
      wake(updated);
    }
  }

  @Override
  public void onDelete(T deleted, boolean stateUnknown) {
    wake(deleted);
  }

  @Override
  public Map<String, InformerHealthIndicator> informerHealthIndicators() {
    return watch.informers().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> new Indicator(e.getKey(), e.getValue())));
  }

  @Override
  public Status getStatus() {
    return InformerWrappingEventSourceHealthIndicator.super.getStatus();
  }

  private void wake(T object) {
    sight.owners().apply(object).forEach(owner -> getEventHandler().handleEvent(new Event(owner)));
  }

  /** Whether one of the informers behind it is well. */
  private record Indicator(String namespace, SharedIndexInformer<?> informer)
      implements InformerHealthIndicator {

    @Override
    public boolean hasSynced() {
      return informer.hasSynced();
    }

    @Override
    public boolean isWatching() {
      return informer.isWatching();
    }

    @Override
    public boolean isRunning() {
      return informer.isRunning();
    }

    @Override
    public String getTargetNamespace() {
      return namespace;
    }

    @Override
    public Status getStatus() {
      return isRunning() && hasSynced() && isWatching() ? Status.HEALTHY : Status.UNHEALTHY;
    }
  }
}
