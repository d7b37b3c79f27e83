package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.StepFailure;
import java.util.HashSet;
import java.util.Set;

/**
 * All rows of one table that cross from one shard to another while their ranges move.
 *
 * <p>What is compared while nobody writes has to be little. So all is compared before that, but for
 * keys that are being written to, and then only those.
 */
final class Freight {

  private final Cargo cargo;
  private final Crossing crossing;
  private final Session source;
  private final Session target;

  /** Hashes of keys that were written to since all others were compared. */
  private final Set<Long> touched = new HashSet<>();

  Freight(Cargo cargo, Crossing crossing, Session source, Session target) {
    this.cargo = cargo;
    this.crossing = crossing;
    this.source = source;
    this.target = target;
  }

  void copy() {
    cargo.copy(source, target, crossing);
  }

  /** Copies what was written since. */
  void follow() {
    touched.addAll(cargo.follow(source, target, crossing));
  }

  /** Compares all rows but those that are being written to. */
  void compareMost() {
    touched.clear();
    var before = new String[1];
    source.snapshot(
        () -> {
          touched.addAll(cargo.pending(source, crossing));
          before[0] = cargo.sum(source, crossing.rows() + " AND NOT " + isTouched());
        });
    compare(before[0], cargo.sum(target, crossing.rows() + " AND NOT " + isTouched()));
  }

  /** Compares those that were not; nobody writes to them any more. */
  void compareRest() {
    var rest = crossing.rows() + " AND " + isTouched();
    compare(cargo.sum(source, rest), cargo.sum(target, rest));
  }

  /** Removes from the source what crossed just before, now that readers know. */
  void removeFormer() {
    if (crossing.hasFormer()) {
      cargo.remove(source, crossing.former());
    }
  }

  private void compare(String there, String here) {
    if (!there.equals(here)) {
      throw new StepFailure(
          "table %s: %s on shard %d, %s on shard %d: copied again"
              .formatted(cargo.table(), there, crossing.source(), here, crossing.target()));
    }
  }

  private String isTouched() {
    return "%s = ANY ('{%s}'::bigint[])"
        .formatted(
            cargo.spread().hash(),
            String.join(",", touched.stream().map(String::valueOf).toList()));
  }
}
