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
 * kinds of other operators, which are watched from when the API server serves them, StorageClasses,
 * and what servers say of themselves.
 */
public final class Horizon<P extends HasMetadata> {

  /**
   * What there is to look at.
   *
   * @param references what specs name
   * @param readings what servers are asked for
   * @param storageClasses whether the operator may read StorageClasses
   */
  public record Sights<P extends HasMetadata>(
      References<P> references, List<Readings<P>> readings, boolean storageClasses) {}

  private final Class<P> owner;
  private final Sights<P> sights;
  private final Informers informers;
  private final Set<Kind> watched = ConcurrentHashMap.newKeySet();

  /** A horizon of this kind of owner. */
  public Horizon(Class<P> owner, Sights<P> sights, Informers informers) {
    this.owner = owner;
    this.sights = sights;
    this.informers = informers;
  }

  /** What is watched from the start: named Secrets, and the kinds that are served already. */
  public List<EventSource<?, P>> sources(EventSourceContext<P> context) {
    var sources = new ArrayList<EventSource<?, P>>();
    sources.add(new NamedSecrets<>(context.getClient(), sights.references()));
    sights.readings().forEach(readings -> sources.add(readings.source(context)));
    if (sights.storageClasses()) {
      sources.add(new WatchedStorageClasses<>(context.getClient()));
    }
    for (var kind : sights.references().allKinds()) {
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
        sights.references().kinds(primary).stream()
            .filter(kind -> kind.isServed(context.getClient()))
            .collect(Collectors.toSet());
    served.forEach(kind -> watch(kind, context));
    var secrets =
        context
            .getSecondaryResourcesAsStream(NamedSecrets.Found.class)
            .map(NamedSecrets.Found::secret)
            .toList();
    var read = context.getSecondaryResourcesAsStream(Reading.class).collect(Collectors.toSet());
    return new Surroundings(secrets, served, classes(context), read);
  }

  private Optional<List<StorageClass>> classes(Context<P> context) {
    return sights.storageClasses()
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
