package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kernel.StepDriver;
import io.vertx.core.Vertx;

/** Lists keys at the primary, a part at a time, and remembers how far it came. */
public final class ListKeysDriver implements StepDriver<ListKeys> {

  private final CacheServers servers;
  private final KeyTour<ListKeys> tour = new KeyTour<>();

  /**
   * A driver that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public ListKeysDriver(KubernetesClient client, Vertx vertx, String clusterDomain) {
    this.servers = new CacheServers(client, vertx, clusterDomain);
  }

  @Override
  public Class<ListKeys> type() {
    return ListKeys.class;
  }

  @Override
  public void perform(ListKeys step, String namespace) {
    servers.asOperator(step.cluster(), step.namespace(), server -> list(new Listing(step, server)));
  }

  private void list(Listing listing) {
    var step = listing.step();
    var server = Clearing.life(listing.asked());
    if (tour.isNew(step, server)) {
      listing.begin();
    }
    var what = "the keys of %s are being listed".formatted(step.tenant());
    tour.goOn(step, server, new KeyTour.Stage(what, listing::some));
    listing.end();
  }
}
