package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches the StorageClasses of the Kubernetes cluster, which concern every owner: there are few,
 * and they hardly ever change.
 */
final class WatchedStorageClasses<P extends HasMetadata>
    extends AbstractEventSource<StorageClass, P> implements ResourceEventAware<P> {

  private final KubernetesClient client;
  private final Set<ResourceID> owners = ConcurrentHashMap.newKeySet();
  private @Nullable SharedIndexInformer<StorageClass> informer;

  WatchedStorageClasses(KubernetesClient client) {
    super(StorageClass.class, "storage-classes");
    this.client = client;
  }

  @Override
  public synchronized void start() {
    super.start();
    informer = client.storage().v1().storageClasses().inform(new AnyChange<>(this::wake));
  }

  @Override
  public synchronized void stop() {
    if (informer != null) {
      informer.stop();
    }
    super.stop();
  }

  /** All of them: which ones matter depends on the claims, not on the owner. */
  @Override
  public synchronized Set<StorageClass> getSecondaryResources(P primary) {
    owners.add(ResourceID.fromResource(primary));
    return informer == null ? Set.of() : Set.copyOf(informer.getStore().list());
  }

  @Override
  public void onResourceDeleted(P primary) {
    owners.remove(ResourceID.fromResource(primary));
  }

  private void wake() {
    owners.forEach(owner -> getEventHandler().handleEvent(new Event(owner)));
  }
}
