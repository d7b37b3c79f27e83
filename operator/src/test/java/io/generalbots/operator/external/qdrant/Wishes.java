package io.generalbots.operator.external.qdrant;

import java.util.List;
import java.util.Set;

/** What tests ask for. */
final class Wishes {

  private Wishes() {}

  /** So many peers, and so many copies of every shard. */
  static Tending of(int count, int copies) {
    return of(count, copies, Set.of());
  }

  static Tending of(int count, int copies, Set<Integer> newcomers) {
    return new Tending(
        "demo",
        new Tending.Site("http", 6333),
        new Tending.Peers(count, newcomers),
        new Tending.Collections(copies, List.of("content")));
  }
}
