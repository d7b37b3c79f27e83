package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kernel.StepDriver;
import io.vertx.core.Vertx;

/** Removes keys at the primary, a part at a time, and remembers how far it came. */
public final class ClearCacheDriver implements StepDriver<ClearCache> {

  private final CacheServers servers;
  private final KeyTour<ClearCache> tour = new KeyTour<>();

  /**
   * A driver that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public ClearCacheDriver(KubernetesClient client, Vertx vertx, String clusterDomain) {
    this.servers = new CacheServers(client, vertx, clusterDomain);
  }

  @Override
  public Class<ClearCache> type() {
    return ClearCache.class;
  }

  @Override
  public void perform(ClearCache step, String namespace) {
    servers.asOperator(
        step.cluster(), step.namespace(), server -> clear(new Clearing(step, server)));
  }

  private void clear(Clearing clearing) {
    var step = clearing.step();
    clearing.requireClosed();
    var what = "the keys of %s are being removed".formatted(step.tenant());
    tour.goOn(step, Clearing.life(clearing.asked()), new KeyTour.Stage(what, clearing::some));
  }
}
