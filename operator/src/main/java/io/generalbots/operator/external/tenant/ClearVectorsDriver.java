package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.qdrant.OpenQdrant;
import io.generalbots.operator.external.qdrant.Qdrants;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Waits until nobody comes in any more, and removes collections, a few at a time. */
public final class ClearVectorsDriver implements StepDriver<ClearVectors> {

  /** After which the rest is for the next time: peers agree on each removal. */
  private static final Duration TURN = Duration.ofSeconds(5);

  private static final int UNAUTHORIZED = 401;

  private final Qdrants qdrants;
  private final VectorCalls calls;

  /**
   * A driver that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public ClearVectorsDriver(KubernetesClient client, Vertx vertx, String clusterDomain) {
    this.qdrants = new Qdrants(client, vertx);
    this.calls = new VectorCalls(vertx, clusterDomain);
  }

  @Override
  public Class<ClearVectors> type() {
    return ClearVectors.class;
  }

  @Override
  public void perform(ClearVectors step, String namespace) {
    try (var qdrant = qdrants.open(step.cluster(), step.namespace())) {
      step.keys().forEach(key -> requireClosed(step, key));
      clear(step, qdrant, new Turn(TURN));
    } catch (StepFailure e) {
      throw new Unfinished(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whoever is let in would make again what was removed. */
  private void requireClosed(ClearVectors step, Credential key) {
    var place = new Doorbell.Place(step.cluster(), step.namespace());
    Doorbell.requireClosed(
        UNAUTHORIZED, "collections %s*".formatted(step.prefix()), () -> calls.knock(place, key));
  }

  /** Done once a look finds none. */
  static void clear(ClearVectors step, OpenQdrant qdrant, Turn turn) {
    var names = qdrant.names(step.prefix());
    for (var name : names) {
      qdrant.remove(name);
      turn.goOn("the collections of %s are being removed".formatted(step.tenant()));
    }
    if (!names.isEmpty() && !qdrant.names(step.prefix()).isEmpty()) {
      throw new Unfinished("the collections of %s are being removed".formatted(step.tenant()));
    }
  }
}
