package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.operator.kernel.Objects;

/** The annotations by which a user steers the operator. */
public final class Annotations {

  /** {@code true}: the operator leaves the resource alone. */
  public static final String PAUSED = "generalbots.io/paused";

  /** Any new value restarts the pods, one after another. */
  public static final String RESTART = "generalbots.io/restart";

  /** What {@code kubectl rollout restart} writes; honoured like {@link #RESTART}. */
  public static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

  /** The pod that should become primary, or {@code auto}. */
  public static final String SWITCHOVER = "generalbots.io/switchover";

  private Annotations() {}

  /** Whether the operator is to leave this resource alone. */
  public static boolean isPaused(HasMetadata object) {
    return "true".equals(Objects.annotations(object).get(PAUSED));
  }
}
