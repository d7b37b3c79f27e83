package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Our objects of one kind, watched once in each namespace whoever looks at them. */
final class SharedWatch<T extends HasMetadata> {

  private final Map<String, SharedIndexInformer<T>> informers;
  private final ConfigurationService configuration;
  private int viewers;

  /**
   * A watch that begins with who looks first.
   *
   * @param informers by namespace
   * @param configuration how long is waited for them, and what is done when one ends
   */
  SharedWatch(Map<String, SharedIndexInformer<T>> informers, ConfigurationService configuration) {
    this.informers = Map.copyOf(informers);
    this.configuration = configuration;
  }

  Map<String, SharedIndexInformer<T>> informers() {
    return informers;
  }

  /** Finds objects by this from now on; before anybody looks. */
  void index(String name, Function<T, List<String>> keys) {
    informers.values().forEach(informer -> informer.addIndexers(Map.of(name, keys)));
  }

  List<T> byIndex(String name, String key) {
    return informers.values().stream()
        .flatMap(informer -> informer.getIndexer().byIndex(name, key).stream())
        .toList();
  }

  /**
   * Tells of all there is, and from then on of what changes; returns when all there is is known.
   */
  synchronized void join(ResourceEventHandler<T> viewer) {
    viewers++;
    if (viewers == 1) {
      start();
    }
    informers.values().forEach(informer -> informer.addEventHandler(viewer));
  }

  synchronized void leave(ResourceEventHandler<T> viewer) {
    informers.values().forEach(informer -> informer.removeEventHandler(viewer));
    viewers--;
    if (viewers == 0) {
      informers.values().forEach(SharedIndexInformer::stop);
    }
  }

  private void start() {
    configuration
        .getInformerStoppedHandler()
        .ifPresent(
            handler ->
                informers
                    .values()
                    .forEach(i -> i.stopped().whenComplete((end, e) -> handler.onStop(i, e))));
    var all =
        informers.values().stream()
            .map(informer -> informer.start().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    await(CompletableFuture.allOf(all), configuration.cacheSyncTimeout());
  }

  private static void await(CompletableFuture<?> synced, Duration limit) {
    try {
      synced.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new OperatorException("a watch did not begin", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperatorException("the operator is stopping", e);
    }
  }
}
