package io.generalbots.operator.cluster.scaling;

import io.generalbots.operator.kernel.Reading;
import io.generalbots.scaling.Metric;
import io.generalbots.scaling.Trend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last look at the bot servers of a BotCluster showed. No two looks are equal: each may be
 * the one that fills a window.
 *
 * @param at when it was taken
 * @param trends of each metric that was ever measured, whether or not it was this time
 * @param open requests and websockets at each server, by its address and port
 * @param missing why a metric has no value this time
 * @param rival the HorizontalPodAutoscaler that sets the number of this BotCluster, if there is one
 */
public record Load(
    Instant at,
    List<Trend> trends,
    Map<String, Long> open,
    Map<Metric, String> missing,
    Optional<String> rival)
    implements Reading {

  public Load {
    trends = List.copyOf(trends);
    open = Map.copyOf(open);
    missing = Map.copyOf(missing);
  }
}
