package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import java.util.Optional;

/** Whether gateways leave anybody alone that has failed too often. */
public final class CircuitOpen {

  /** The type of the condition. */
  public static final String TYPE = "CircuitOpen";

  private CircuitOpen() {}

  /** The condition, once gateways with circuits were asked. */
  public static Optional<Condition> of(BotCluster cluster, Facts facts) {
    return facts
        .surroundings()
        .reading(EdgeSeen.class)
        .filter(seen -> Features.isOn(cluster, Gateway.NAME))
        .map(CircuitOpen::of);
  }

  private static Condition of(EdgeSeen seen) {
    return seen.open().isEmpty()
        ? Conditions.of(TYPE, false, "AllClosed", "gateways ask everybody they know")
        : Conditions.of(
            TYPE,
            true,
            "FailedTooOften",
            "gateways leave alone for now what has failed too often: "
                + String.join(", ", seen.open()));
  }
}
