package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.sharding.hash.Turn;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/** All shards, and what they know together: who changes it tells the first shard first. */
final class Council implements AutoCloseable {

  private final Spread spread;
  private final TreeMap<Integer, Session> sessions = new TreeMap<>();
  private Turn turn;

  /** Opens a session at each, and has all of them know what the newest of them knows. */
  Council(Spread spread, Doors doors) {
    this.spread = spread;
    try {
      spread.shards().forEach(shard -> sessions.put(shard.number(), doors.open(shard)));
      turn = newest();
      sessions.values().forEach(this::inform);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What is right now. */
  Turn turn() {
    return turn;
  }

  /**
   * All go on to the next turn. Once the first has, there is no way back but by another turn.
   *
   * @throws StepFailure if somebody else has gone on meanwhile, or a shard cannot be told: the
   *     others may have been told then
   */
  void advance(Turn next) {
    each(
        (session, shard) -> {
          var ledger = new Ledger(session, spread);
          if (shard == 0) {
            ledger.advance(next);
            turn = next;
          } else {
            ledger.follow(next);
          }
        });
  }

  /** Does it at one shard after the other. */
  void each(ObjIntConsumer<Session> work) {
    sessions.forEach((shard, session) -> work.accept(session, shard));
  }

  /** Whoever is told has all writers wait for a moment: not those that know. */
  private void inform(Session session) {
    var ledger = new Ledger(session, spread);
    if (!ledger.read().equals(Optional.of(turn))) {
      ledger.follow(turn);
    }
  }

  Collection<Session> sessions() {
    return sessions.values();
  }

  Session session(int shard) {
    var session = sessions.get(shard);
    if (session == null) {
      throw new StepFailure("there is no shard " + shard);
    }
    return session;
  }

  /** Of two that know as much, the first; it too may have lost its last turns with its primary. */
  private Turn newest() {
    return sessions.values().stream()
        .flatMap(session -> new Ledger(session, spread).read().stream())
        .max(Comparator.comparingLong(Turn::number))
        .orElseThrow(
            () -> new StepFailure("no shard of %s knows anything".formatted(spread.policy())));
  }

  @Override
  public void close() {
    sessions.values().forEach(Session::close);
  }
}
