package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Watches the Secrets that specs name, each by its name, for as long as a spec names it: users need
 * not label them, and no other Secret is ever read. A change wakes up every owner that names it.
 */
final class NamedSecrets<P extends HasMetadata> extends AbstractEventSource<NamedSecrets.Found, P>
    implements ResourceEventAware<P> {

  /** A Secret that somebody else made; a type of its own, so that it is not taken for ours. */
  record Found(Secret secret) {}

  private record Watch(SharedIndexInformer<Secret> informer, Set<ResourceID> owners) {}

  private final KubernetesClient client;
  private final References<P> references;
  private final Map<ResourceID, Watch> watches = new HashMap<>();

  NamedSecrets(KubernetesClient client, References<P> references) {
    super(Found.class, "named-secrets");
    this.client = client;
    this.references = references;
  }

  /** The Secrets this owner names, as far as they exist; watches from now on those that are new. */
  @Override
  public synchronized Set<Found> getSecondaryResources(P primary) {
    var owner = ResourceID.fromResource(primary);
    var wanted =
        references.secrets(primary).stream()
            .map(name -> new ResourceID(name, primary.getMetadata().getNamespace()))
            .collect(Collectors.toSet());
    forget(owner, wanted);
    return wanted.stream()
        .flatMap(secret -> watch(secret, owner).stream())
        .map(Found::new)
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized void onResourceDeleted(P primary) {
    forget(ResourceID.fromResource(primary), Set.of());
  }

  @Override
  public synchronized void stop() {
    watches.values().forEach(w -> w.informer().stop());
    watches.clear();
    super.stop();
  }

  private List<Secret> watch(ResourceID secret, ResourceID owner) {
    var watch = watches.computeIfAbsent(secret, s -> start(s, owner));
    watch.owners().add(owner);
    return watch.informer().getStore().list();
  }

  /** The handler knows its owners without a lock: it never waits for a round, nor misses one. */
  private Watch start(ResourceID secret, ResourceID first) {
    Set<ResourceID> owners = ConcurrentHashMap.newKeySet();
    owners.add(first);
    var informer =
        client
            .secrets()
            .inNamespace(secret.getNamespace().orElseThrow())
            .withName(secret.getName())
            .inform(new AnyChange<>(() -> wake(owners)));
    return new Watch(informer, owners);
  }

  private void wake(Set<ResourceID> owners) {
    owners.forEach(owner -> getEventHandler().handleEvent(new Event(owner)));
  }

  private void forget(ResourceID owner, Set<ResourceID> wanted) {
    for (var entry : new ArrayList<>(watches.entrySet())) {
      var owners = entry.getValue().owners();
      if (!wanted.contains(entry.getKey()) && owners.remove(owner) && owners.isEmpty()) {
        watches.remove(entry.getKey()).informer().stop();
      }
    }
  }
}
