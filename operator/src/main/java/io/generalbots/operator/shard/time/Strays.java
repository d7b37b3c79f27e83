package io.generalbots.operator.shard.time;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import java.util.List;

/** Whether rows are in the partition of all others, where they make every look take longer. */
public final class Strays {

  private static final String TYPE = "RowsInDefault";

  private Strays() {}

  /** True when there are any, with where they are and of what time. */
  public static Condition condition(ShardPolicy policy, Facts facts) {
    var all = Surveyed.of(policy, facts);
    if (all.isEmpty()) {
      return Conditions.unknown(TYPE, "TablesNotRead", "nobody could look at the tables");
    }
    return all.get().stream()
        .flatMap(table -> table.strays().stream())
        .map(
            o ->
                "%s has rows of %s to %s, for which there is no partition: mend their times, or"
                        .formatted(o.name(), o.earliest().orElseThrow(), o.latest().orElseThrow())
                    + " leave them")
        .reduce((one, next) -> one + ". " + next)
        .map(words -> Conditions.of(TYPE, true, "RowsElsewhere", words))
        .orElseGet(() -> Conditions.of(TYPE, false, "NoRows", rows(all.get())));
  }

  private static String rows(List<Surveyed> all) {
    return all.stream().allMatch(Surveyed::isDone)
        ? "every row is in the partition of its time"
        : "no row is in a partition of all others";
  }
}
