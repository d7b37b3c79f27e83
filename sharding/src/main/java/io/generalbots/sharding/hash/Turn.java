package io.generalbots.sharding.hash;

/**
 * A state of a {@link RoutingTable}, as every shard keeps it beside its rows, and what may follow.
 *
 * <p>Each change has the next number, and is made on the shards one after the other: whatever they
 * differ by when that is cut off, the one with the highest number is right, and the others follow.
 * That is safe at each change: a key has never two shards that take writes. Before ranges step over
 * the frontier they are closed everywhere, so that nobody writes to them while some shards still
 * have the former table.
 *
 * @param number counts changes
 * @param table says who has a key
 * @param closed whether nobody writes to ranges that move
 */
public record Turn(long number, RoutingTable table, boolean closed) {

  public Turn {
    if (closed && !isMoving(table)) {
      throw new IllegalArgumentException("nothing moves that could be closed: " + table);
    }
  }

  /** The first of all. */
  public static Turn first(RoutingTable table) {
    return new Turn(1, table, false);
  }

  /** Whether a change of the number of shards is under way. */
  public boolean isResharding() {
    return table.resharding().isPresent();
  }

  /** Whether ranges are being copied. */
  public boolean isMoving() {
    return isMoving(table);
  }

  /** The number of shards begins to change. */
  public Turn reshard(int to) {
    return next(table.with(Resharding.between(table.count(), to)), false);
  }

  /** The next ranges begin to move. */
  public Turn moveOn(int ranges) {
    return next(table.with(resharding().moveOn(ranges)), false);
  }

  /** The last ranges that have moved begin to move back. */
  public Turn moveBack(int ranges) {
    return next(table.with(resharding().moveBack(ranges)), false);
  }

  /** Nobody writes to what moves until it has arrived. */
  public Turn close() {
    return next(table, true);
  }

  /** It takes too long: they are written to again where they were. */
  public Turn reopen() {
    return next(table, false);
  }

  /**
   * What moved has arrived.
   *
   * @throws IllegalStateException if somebody could still write to it
   */
  public Turn arrive() {
    if (!closed) {
      throw new IllegalStateException("ranges that are written to cannot arrive: " + table);
    }
    return next(table.with(resharding().arrive()), false);
  }

  /** What moves stays where it was. */
  public Turn abort() {
    return next(table.with(resharding().abort()), false);
  }

  /** The number of shards has changed, or is what it was. */
  public Turn finish() {
    return next(table.finish(), false);
  }

  private Turn next(RoutingTable then, boolean shut) {
    return new Turn(number + 1, then, shut);
  }

  private Resharding resharding() {
    return table
        .resharding()
        .orElseThrow(() -> new IllegalStateException("the number of shards does not change"));
  }

  private static boolean isMoving(RoutingTable table) {
    return table.resharding().filter(r -> r.moving() != 0).isPresent();
  }
}
