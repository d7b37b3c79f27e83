package io.generalbots.operator.external.qdrant;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who stays, who goes, and how many copies each of those who stay has.
 *
 * @param staying the ids of the peers that stay, by their numbers
 * @param lost the ids of the peers whose volume is gone: they can give nothing away
 * @param load copies by id; it counts what is being asked for too
 */
record Crew(TreeMap<Integer, Long> staying, Set<Long> lost, Map<Long, Integer> load) {

  static Crew of(Sight sight, Tending.Peers wish) {
    var staying = new TreeMap<Integer, Long>();
    for (var ordinal = 0; ordinal < wish.count(); ordinal++) {
      if (sight.isPresent(ordinal)) {
        staying.put(ordinal, sight.answering().get(ordinal));
      }
    }
    var lost = new HashSet<Long>();
    wish.newcomers().stream()
        .filter(ordinal -> !sight.isPresent(ordinal))
        .flatMap(ordinal -> sight.member(ordinal).stream())
        .forEach(peer -> lost.add(peer.id()));
    var load = new HashMap<Long, Integer>();
    sight.collections().stream()
        .flatMap(c -> c.replicas().stream())
        .forEach(r -> load.merge(r.peer(), 1, Integer::sum));
    return new Crew(staying, lost, load);
  }

  boolean stays(long peer) {
    return staying.containsValue(peer);
  }

  /** Whether a peer has what it is said to have. */
  boolean isReachable(long peer) {
    return !lost.contains(peer);
  }

  int size() {
    return staying.size();
  }

  /** The peer that stays, has none of these copies, and the fewest of all; it gets one more. */
  long next(List<Replica> copies) {
    var having = copies.stream().map(Replica::peer).toList();
    var next =
        lacking(having).stream()
            .min(Comparator.comparingInt(id -> load.getOrDefault(id, 0)))
            .orElseThrow(() -> new IllegalStateException("every peer has a copy already"));
    load.merge(next, 1, Integer::sum);
    return next;
  }

  private List<Long> lacking(Collection<Long> having) {
    return staying.values().stream().filter(id -> !having.contains(id)).toList();
  }
}
