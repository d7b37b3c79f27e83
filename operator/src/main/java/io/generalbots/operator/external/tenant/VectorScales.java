package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.qdrant.OpenQdrant;
import io.generalbots.operator.external.qdrant.Qdrants;
import io.generalbots.operator.residents.TenantNames;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the points of tenants, one collection after another: who has many of them is counted in
 * several looks.
 */
final class VectorScales {

  /** After which the rest is for the next look. */
  private static final Duration TURN = Duration.ofSeconds(3);

  private final Qdrants qdrants;
  private final Map<String, Counting> begun = new ConcurrentHashMap<>();

  VectorScales(Qdrants qdrants) {
    this.qdrants = qdrants;
  }

  /** Points by tenant; empty until all collections were counted once more. */
  Optional<Map<String, Long>> count(String cluster, String namespace) {
    var place = namespace + "/" + cluster;
    try (var qdrant = qdrants.open(cluster, namespace)) {
      var counting =
          Optional.ofNullable(begun.remove(place)).orElseGet(() -> Counting.begin(qdrant));
      if (counting.goOn(qdrant, TURN)) {
        return Optional.of(counting.points());
      }
      begun.put(place, counting);
      return Optional.empty();
    }
  }

  /**
   * How far one came.
   *
   * @param rest collections that are to be counted
   * @param points by tenant, of those that were
   */
  record Counting(Deque<String> rest, Map<String, Long> points) {

    static Counting begin(OpenQdrant qdrant) {
      return new Counting(new ArrayDeque<>(qdrant.names(TenantNames.VECTORS)), new HashMap<>());
    }

    /** Whether all are counted; one at least is, however long that takes. */
    boolean goOn(OpenQdrant qdrant, Duration turn) {
      var end = System.nanoTime() + turn.toNanos();
      while (!rest.isEmpty()) {
        var name = rest.remove();
        TenantNames.tenantOfCollection(name)
            .ifPresent(tenant -> points.merge(tenant, qdrant.count(name), Long::sum));
        if (System.nanoTime() - end > 0) {
          break;
        }
      }
      return rest.isEmpty();
    }
  }
}
