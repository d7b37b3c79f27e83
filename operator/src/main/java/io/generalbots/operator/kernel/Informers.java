package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One informer per kind, of our objects only: the memory follows what we made, not what else is in
 * the cluster.
 *
 * @param selector the label selector that all our objects match
 * @param ownerLabel the label that names the owner, in the same namespace
 * @param heartbeat which annotations of pods change without meaning anything
 */
public record Informers(String selector, String ownerLabel, Heartbeat heartbeat) {

  /** The event sources of an owner kind for these kinds. */
  public <P extends HasMetadata> List<EventSource<?, P>> sources(
      Class<P> owner, List<Class<? extends HasMetadata>> kinds, EventSourceContext<P> context) {
    return kinds.stream().<EventSource<?, P>>map(kind -> source(owner, kind, context)).toList();
  }

  /** The event source of an owner kind for our objects of another operator's kind. */
  <P extends HasMetadata> EventSource<?, P> source(
      Class<P> owner, Kind kind, EventSourceContext<P> context) {
    var configuration =
        InformerEventSourceConfiguration.from(kind.coordinates(), owner)
            .withName(kind.name() + "." + kind.apiVersion());
    return source(configuration, context);
  }

  private <P extends HasMetadata, T extends HasMetadata> EventSource<?, P> source(
      Class<P> owner, Class<T> kind, EventSourceContext<P> context) {
    return source(InformerEventSourceConfiguration.from(kind, owner), context);
  }

  private <P extends HasMetadata, T extends HasMetadata> EventSource<?, P> source(
      InformerEventSourceConfiguration.Builder<T> builder, EventSourceContext<P> context) {
    var configuration =
        builder
            .withLabelSelector(selector)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(this::owners)
            .withOnUpdateFilter(new MeaningfulChange<T>(heartbeat))
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private Set<ResourceID> owners(HasMetadata object) {
    return Optional.ofNullable(Objects.labels(object).get(ownerLabel))
        .map(name -> Set.of(new ResourceID(name, object.getMetadata().getNamespace())))
        .orElse(Set.of());
  }
}
