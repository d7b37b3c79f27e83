package io.generalbots.operator.external.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the gateways have counted of requests to bot servers up to a time.
 *
 * @param at when they were asked
 * @param requests by the address of each gateway
 * @param waits by the address of each gateway: how many waited at most so many seconds
 */
record Counts(Instant at, Map<String, Double> requests, Map<String, Map<Double, Double>> waits) {

  private static final Map<String, String> BOTS = Map.of("site", "bots");
  private static final double MILLIS = 1000;

  static Counts of(Instant at, Map<String, Exposition> gateways) {
    return new Counts(
        at,
        gateways.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> requests(e.getValue()))),
        gateways.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> waits(e.getValue()))));
  }

  private static double requests(Exposition gateway) {
    return gateway
        .all("generalbots_edge_requests_total", BOTS)
        .mapToDouble(Exposition.Series::value)
        .sum();
  }

  private static Map<Double, Double> waits(Exposition gateway) {
    var waits = new TreeMap<Double, Double>();
    gateway
        .all("generalbots_edge_wait_seconds_bucket", BOTS)
        .forEach(s -> waits.put(bound(s.labels().getOrDefault("le", "+Inf")), s.value()));
    return waits;
  }

  private static double bound(String text) {
    return "+Inf".equals(text) ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  /**
   * Requests per second since then. A gateway that was not there then counts from the next time.
   */
  double rateSince(Counts before) {
    var more =
        requests.entrySet().stream()
            .mapToDouble(
                gateway ->
                    Optional.ofNullable(before.requests.get(gateway.getKey()))
                        .map(then -> more(gateway.getValue(), then))
                        .orElse(0.0))
            .sum();
    return more * MILLIS / Math.max(1, Duration.between(before.at, at).toMillis());
  }

  /**
   * The time in milliseconds within which that share of the answers since then began, estimated as
   * Prometheus does: evenly within a bucket. Nobody who asked waited: 0.
   */
  double quantileSince(Counts before, double share) {
    var waited = new TreeMap<Double, Double>();
    waits.forEach(
        (gateway, now) ->
            now.forEach(
                (bound, count) ->
                    waited.merge(bound, waitedSince(before, gateway, bound, count), Double::sum)));
    return waited.isEmpty() ? 0 : MILLIS * quantile(waited, share);
  }

  private static double waitedSince(Counts before, String gateway, double bound, double count) {
    var then = before.waits.get(gateway);
    return then == null ? 0 : more(count, then.getOrDefault(bound, 0.0));
  }

  private static double quantile(TreeMap<Double, Double> waited, double share) {
    var rank = share * waited.lastEntry().getValue();
    var low = 0.0;
    var below = 0.0;
    for (var bucket : waited.entrySet()) {
      if (bucket.getValue() >= rank) {
        return rank == 0 || Double.isInfinite(bucket.getKey())
            ? low
            : low + (bucket.getKey() - low) * (rank - below) / (bucket.getValue() - below);
      }
      low = bucket.getKey();
      below = bucket.getValue();
    }
    return low;
  }

  /** A count that is less than it was has begun anew. */
  private static double more(double now, double then) {
    return now < then ? now : now - then;
  }
}
