package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;

/** Asks for collections as the tenant would. */
public final class EnterVectorsDriver implements StepDriver<EnterVectors> {

  private final VectorCalls calls;

  /**
   * A driver that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public EnterVectorsDriver(Vertx vertx, String clusterDomain) {
    this.calls = new VectorCalls(vertx, clusterDomain);
  }

  @Override
  public Class<EnterVectors> type() {
    return EnterVectors.class;
  }

  @Override
  public void perform(EnterVectors step, String namespace) {
    try {
      calls.enter(new Doorbell.Place(step.cluster(), step.namespace()), step.login());
    } catch (StepFailure e) {
      throw new Unfinished(String.valueOf(e.getMessage()), e);
    }
  }
}
