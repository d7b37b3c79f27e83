package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at what specs point to outside of their own objects: users' Secrets, each by its name,
 * kinds of other operators, which are watched from when the API server serves them, and
 * StorageClasses.
 */
public final class Horizon<P extends HasMetadata> {

  private final Class<P> owner;
  private final References<P> references;
  private final Informers informers;
  private final boolean storageClasses;
  private final Set<Kind> watched = ConcurrentHashMap.newKeySet();

  /**
   * A horizon of this kind of owner.
   *
   * @param storageClasses whether the operator may read StorageClasses
   */
  public Horizon(
      Class<P> owner, References<P> references, Informers informers, boolean storageClasses) {
    this.owner = owner;
    this.references = references;
    this.informers = informers;
    this.storageClasses = storageClasses;
  }

  /** What is watched from the start: named Secrets, and the kinds that are served already. */
  public List<EventSource<?, P>> sources(EventSourceContext<P> context) {
    var sources = new ArrayList<EventSource<?, P>>();
    sources.add(new NamedSecrets<>(context.getClient(), references));
    if (storageClasses) {
      sources.add(new WatchedStorageClasses<>(context.getClient()));
    }
    for (var kind : references.allKinds()) {
      if (kind.isServed(context.getClient())) {
        watched.add(kind);
        sources.add(informers.source(owner, kind, context));
      }
    }
    return sources;
  }

  /**
   * What is known now of what this owner points to. Whether kinds it wants are served is asked once
   * a round: the operator may not watch definitions.
   */
  public Surroundings observe(P primary, Context<P> context) {
    var served =
        references.kinds(primary).stream()
            .filter(kind -> kind.isServed(context.getClient()))
            .collect(Collectors.toSet());
    served.forEach(kind -> watch(kind, context));
    var secrets =
        context
            .getSecondaryResourcesAsStream(NamedSecrets.Found.class)
            .map(NamedSecrets.Found::secret)
            .toList();
    return new Surroundings(secrets, served, classes(context));
  }

  private Optional<List<StorageClass>> classes(Context<P> context) {
    return storageClasses
        ? Optional.of(context.getSecondaryResourcesAsStream(StorageClass.class).toList())
        : Optional.empty();
  }

  /** Our objects of the kinds of other operators. */
  public Stream<GenericKubernetesResource> made(Context<P> context) {
    return watched.isEmpty()
        ? Stream.of()
        : context.getSecondaryResourcesAsStream(GenericKubernetesResource.class);
  }

  private synchronized void watch(Kind kind, Context<P> context) {
    if (!watched.contains(kind)) {
      var retriever = context.eventSourceRetriever();
      retriever.dynamicallyRegisterEventSource(
          informers.source(owner, kind, retriever.eventSourceContextForDynamicRegistration()));
      watched.add(kind);
    }
  }
}
