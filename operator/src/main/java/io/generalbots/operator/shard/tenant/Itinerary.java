package io.generalbots.operator.shard.tenant;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Shelter;
import io.generalbots.sharding.tenant.RebalancingPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Moves of a plan that was approved and is not carried out yet: it is remembered, since what is
 * moved already makes another plan of what is left.
 *
 * @param moves the shard to come to, by Tenant, in order
 * @param total moves of the whole plan
 */
record Itinerary(Map<String, String> moves, int total) {

  static final Itinerary NONE = new Itinerary(Map.of(), 0);

  private static final String KEY = "moves";
  private static final String TOTAL = "total";

  /** Of a plan that begins. */
  static Itinerary of(RebalancingPlan plan) {
    var moves = new LinkedHashMap<String, String>();
    plan.moves().forEach(m -> moves.put(m.tenant(), m.to()));
    return new Itinerary(moves, moves.size());
  }

  /** What was remembered; nothing where nothing can be read. */
  static Itinerary of(Settlement settlement) {
    return settlement
        .facts()
        .find(Secret.class, Shelter.secretName(settlement.own()))
        .map(Itinerary::of)
        .map(i -> i.left(settlement))
        .orElse(NONE);
  }

  private static Itinerary of(Secret secret) {
    var moves = new LinkedHashMap<String, String>();
    Secrets.text(secret, KEY)
        .lines()
        .map(line -> line.split(" "))
        .filter(words -> words.length == 2)
        .forEach(words -> moves.put(words[0], words[1]));
    var total = Secrets.text(secret, TOTAL);
    return new Itinerary(moves, total.matches("[0-9]{1,8}") ? Integer.parseInt(total) : 0);
  }

  /** Without what is done, what is pinned since, and who is gone. */
  private Itinerary left(Settlement settlement) {
    var left = new LinkedHashMap<String, String>();
    settlement.tenants().stream()
        .filter(t -> settlement.pin(t).isEmpty())
        .forEach(
            t -> {
              var to = moves.get(Settlement.name(t));
              if (to != null && !settlement.current(t).map(to::equals).orElse(true)) {
                left.put(Settlement.name(t), to);
              }
            });
    return left.isEmpty() ? NONE : new Itinerary(left, total);
  }

  boolean isEmpty() {
    return moves.isEmpty();
  }

  /** As it is kept beside what says that a policy chooses. */
  Map<String, String> kept() {
    return isEmpty()
        ? Map.of()
        : Map.of(
            KEY,
            moves.entrySet().stream()
                .map(m -> m.getKey() + " " + m.getValue())
                .collect(Collectors.joining("\n")),
            TOTAL,
            String.valueOf(total));
  }
}
