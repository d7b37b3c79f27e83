package io.generalbots.operator.external;

import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Step;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings of all bots that have none of their own, written into the bot servers' database.
 *
 * @param cluster the name of the BotCluster
 * @param values by key
 * @param obsolete the keys that were written once and are to go
 */
public record BotDefaults(
    String cluster, SortedMap<String, String> values, SortedSet<String> obsolete) implements Step {

  public BotDefaults {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    obsolete = Collections.unmodifiableSortedSet(new TreeSet<>(obsolete));
  }

  /** Of any map and set. */
  public static BotDefaults of(String cluster, Map<String, String> values, Set<String> obsolete) {
    return new BotDefaults(cluster, new TreeMap<>(values), new TreeSet<>(obsolete));
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "DefaultsWritten", "wrote what holds for every bot: " + String.join(", ", values.keySet()));
  }
}
