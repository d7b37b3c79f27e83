package io.generalbots.operator.cluster.postgres;

import io.generalbots.operator.kernel.Heartbeat;
import java.util.HashMap;
import java.util.Map;

/** Takes the positions in the log out of the state that Patroni keeps at its pods. */
public final class PatroniHeartbeat implements Heartbeat {

  /** Where Patroni keeps a member's state, as JSON. */
  private static final String STATUS = "status";

  private static final String POSITIONS =
      "\"(xlog_location|replayed_location|received_location|replay_lsn|receive_lsn|replayed_timestamp)\":(\"[^\"]*\"|\\d+),?";

  @Override
  public Map<String, String> without(Map<String, String> annotations) {
    var steady = new HashMap<>(annotations);
    steady.computeIfPresent(STATUS, (key, json) -> json.replaceAll(POSITIONS, ""));
    return steady;
  }
}
