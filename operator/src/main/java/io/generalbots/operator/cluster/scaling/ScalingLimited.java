package io.generalbots.operator.cluster.scaling;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.cluster.AutoscalingStatus;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.scaling.Reason;
import java.util.Optional;
import java.util.Set;

/** Whether anything keeps bot servers from the number that the load asks for. */
public final class ScalingLimited {

  private static final String TYPE = "ScalingLimited";

  private static final Set<String> LIMITS =
      Set.of(Reason.AT_MAXIMUM.word(), Reason.METRICS_MISSING.word(), Reasons.ANOTHER_AUTOSCALER);

  private ScalingLimited() {}

  /**
   * The condition, where rules are followed.
   *
   * @param status what is told of the rules
   * @param bound whether a volume that one node alone can mount keeps them from becoming several
   */
  public static Optional<Condition> condition(Optional<AutoscalingStatus> status, boolean bound) {
    return status.map(told -> bound ? bound(told) : condition(told));
  }

  private static Condition bound(AutoscalingStatus status) {
    return Conditions.of(
        TYPE,
        true,
        "WorkVolumeNotShared",
        "%d bot servers are asked for, and their work volume can be mounted by one node only: see"
                .formatted(status.desired())
            + " condition BotserverReady");
  }

  private static Condition condition(AutoscalingStatus status) {
    return status.reason() == null || status.message() == null
        ? Conditions.of(TYPE, false, "NothingMeasured", "no look has been taken yet")
        : Conditions.of(TYPE, LIMITS.contains(status.reason()), status.reason(), status.message());
  }
}
