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
 * How the objects of owners are found: by a label, in watches that other kinds of owners share.
 *
 * @param watches what is watched
 * @param ownerLabel the label that names the owner, in the same namespace
 * @param heartbeat which annotations of pods change without meaning anything
 */
public record Informers(SharedWatches watches, String ownerLabel, Heartbeat heartbeat) {

  /** The event sources of an owner kind for these kinds. */
  public <P extends HasMetadata> List<EventSource<?, P>> sources(
      List<Class<? extends HasMetadata>> kinds, EventSourceContext<P> context) {
    return kinds.stream().<EventSource<?, P>>map(kind -> source(kind, context)).toList();
  }

  /** One that sees what it wants to of our objects. */
  public <P extends HasMetadata, T extends HasMetadata> SharedSource<T, P> source(
      SharedSource.Sight<T, P> sight, EventSourceContext<P> context) {
    return new SharedSource<>(watches.of(sight.kind(), context), sight);
  }

  /** The event source of an owner kind for our objects of another operator's kind. */
  <P extends HasMetadata> EventSource<?, P> source(
      Class<P> owner, Kind kind, EventSourceContext<P> context) {
    var configuration =
        InformerEventSourceConfiguration.from(kind.coordinates(), owner)
            .withName(kind.name() + "." + kind.apiVersion())
            .withLabelSelector(watches.selector())
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(this::owners)
            .withOnUpdateFilter(new MeaningfulChange<>(heartbeat))
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private <P extends HasMetadata, T extends HasMetadata> EventSource<?, P> source(
      Class<T> kind, EventSourceContext<P> context) {
    var sight =
        new SharedSource.Sight<T, P>(
            kind,
            this::owners,
            new MeaningfulChange<>(heartbeat),
            ownerLabel,
            object -> owners(object).stream().map(Informers::key).toList(),
            owner -> List.of(key(ResourceID.fromResource(owner))));
    return source(sight, context);
  }

  private static String key(ResourceID owner) {
    return owner.getNamespace().orElse("") + "/" + owner.getName();
  }

  private Set<ResourceID> owners(HasMetadata object) {
    return Optional.ofNullable(Objects.labels(object).get(ownerLabel))
        .map(name -> Set.of(new ResourceID(name, object.getMetadata().getNamespace())))
        .orElse(Set.of());
  }
}
