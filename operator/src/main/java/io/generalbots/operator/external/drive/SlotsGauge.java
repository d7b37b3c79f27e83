package io.generalbots.operator.external.drive;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.Gauge;
import io.generalbots.operator.kernel.Reading;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Asks the masters of a BotCluster's SeaweedFS how many more volumes can be begun. */
public final class SlotsGauge implements Gauge<BotCluster> {

  private final Masters masters;

  public SlotsGauge(Masters masters) {
    this.masters = masters;
  }

  @Override
  public boolean isFor(BotCluster owner) {
    return Masters.areOf(owner);
  }

  @Override
  public Optional<Reading> read(BotCluster owner) {
    try {
      return slots(masters.ask(owner, "/dir/status"));
    } catch (StepFailure e) {
      return Optional.empty();
    }
  }

  /** Masters that have no leader yet, or no server, know of no room at all. */
  private static Optional<Reading> slots(JsonObject answer) {
    var topology = answer.getJsonObject("Topology", new JsonObject());
    var all = topology.getLong("Max", 0L);
    return all == 0
        ? Optional.empty()
        : Optional.of(new VolumeSlots(topology.getLong("Free", 0L), all));
  }
}
