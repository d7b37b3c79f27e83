package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One watch for each kind, of our objects only, whoever they are of: the memory follows what we
 * made, and neither it nor the number of connections how many kinds of owners there are.
 */
public final class SharedWatches {

  private final String selector;
  private final Map<Class<?>, SharedWatch<?>> watches = new ConcurrentHashMap<>();

  /**
   * Watches of what has these labels.
   *
   * @param selector the label selector that all our objects match
   */
  public SharedWatches(String selector) {
    this.selector = selector;
  }

  String selector() {
    return selector;
  }

  /** All controllers are of the same namespaces. */
  @SuppressWarnings("unchecked") // Each is under the kind that it is of.
  <T extends HasMetadata> SharedWatch<T> of(Class<T> kind, EventSourceContext<?> context) {
    return (SharedWatch<T>) watches.computeIfAbsent(kind, k -> watch(kind, context));
  }

  private <T extends HasMetadata> SharedWatch<T> watch(
      Class<T> kind, EventSourceContext<?> context) {
    var configuration = context.getControllerConfiguration();
    var informers = new HashMap<String, SharedIndexInformer<T>>();
    for (var namespace : configuration.getEffectiveNamespaces()) {
      informers.put(namespace, informer(kind, namespace, context.getClient()));
    }
    return new SharedWatch<>(informers, configuration.getConfigurationService());
  }

  private <T extends HasMetadata> SharedIndexInformer<T> informer(
      Class<T> kind, String namespace, KubernetesClient client) {
    var all = client.resources(kind);
    var ours =
        Constants.WATCH_ALL_NAMESPACES.equals(namespace)
            ? all.inAnyNamespace().withLabelSelector(selector).runnableInformer(0)
            : all.inNamespace(namespace).withLabelSelector(selector).runnableInformer(0);
    return ours.itemStore(new LeanStore<>());
  }
}
