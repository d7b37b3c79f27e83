package io.generalbots.operator.external.queue;

import java.util.List;

/**
 * What waits in one stream, as far as its server knows.
 *
 * @param counted by the server
 * @param uncounted groups of which it does not know what they were not handed out yet
 */
record Backlog(long counted, List<Group> uncounted) {

  static final Backlog NONE = new Backlog(0, List.of());

  /**
   * What its groups say, or everything where there are none.
   *
   * @param length how many entries there are
   */
  static Backlog of(long length, List<Group> groups) {
    return groups.isEmpty()
        ? new Backlog(length, List.of())
        : new Backlog(
            groups.stream().mapToLong(g -> g.pending() + g.lag().orElse(0)).sum(),
            groups.stream().filter(g -> g.lag().isEmpty()).toList());
  }
}
