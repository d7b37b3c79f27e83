package io.generalbots.edge.table;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.generalbots.edge.watch.Lines;
import io.generalbots.sharding.published.Publication;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The ConfigMaps of one namespace that the operator has published, watched. */
public final class PublishedConfigMaps implements Source, ResourceEventHandler<ConfigMap> {

  private static final Logger LOG = Logger.getLogger(PublishedConfigMaps.class);

  private final SharedIndexInformer<ConfigMap> informer;
  private Consumer<Map<String, String>> listener = documents -> {};

  /** Those of this namespace. */
  public PublishedConfigMaps(KubernetesClient client, String namespace) {
    informer =
        client
            .configMaps()
            .inNamespace(namespace)
            .withLabel(Publication.LABEL, Publication.LABEL_VALUE)
            .runnableInformer(0)
            .exceptionHandler(PublishedConfigMaps::goesOn)
            .addEventHandler(this);
  }

  @Override
  public void start(Consumer<Map<String, String>> to) {
    listener = to;
    informer.start().thenRun(this::tell);
  }

  @Override
  public boolean isLive() {
    return informer.isWatching();
  }

  @Override
  public void close() {
    informer.stop();
  }

  @Override
  public void onAdd(ConfigMap added) {
    tell();
  }

  @Override
  public void onUpdate(ConfigMap before, ConfigMap now) {
    tell();
  }

  @Override
  public void onDelete(ConfigMap deleted, boolean isUnsure) {
    tell();
  }

  /** All or nothing: before the first list is complete, the rest of it would look removed. */
  private synchronized void tell() {
    if (!informer.hasSynced()) {
      return;
    }
    var documents = new TreeMap<String, String>();
    informer
        .getStore()
        .list()
        .forEach(map -> text(map).ifPresent(t -> documents.put(name(map), t)));
    listener.accept(documents);
  }

  private static String name(ConfigMap map) {
    return map.getMetadata().getName();
  }

  private static Optional<String> text(ConfigMap map) {
    return Optional.ofNullable(map.getData())
        .flatMap(data -> Optional.ofNullable(data.get(Publication.FILE)));
  }

  /** The tables that are there go on to serve, for as long as it takes. */
  private static boolean goesOn(boolean isStarted, Throwable reason) {
    LOG.warnf("the API server is away: %s", Lines.oneLine(String.valueOf(reason.getMessage())));
    return true;
  }
}
