package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpecBuilder;
import java.util.Map;

/** Disruption budgets. */
public final class Budgets {

  private Budgets() {}

  /** At most one of the selected pods may be evicted at a time. */
  public static PodDisruptionBudget oneAtATime(ObjectMeta meta, Map<String, String> selector) {
    PodDisruptionBudgetSpec spec =
        new PodDisruptionBudgetSpecBuilder()
            .withMaxUnavailable(new IntOrString(1))
            .withSelector(new LabelSelector(null, selector))
            .build();
    return new PodDisruptionBudgetBuilder().withMetadata(meta).withSpec(spec).build();
  }
}
