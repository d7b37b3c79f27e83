package io.generalbots.operator.external.spread;

import io.generalbots.sharding.hash.Turn;
import java.util.List;
import java.util.Optional;

/**
 * A shard as it was found.
 *
 * @param shard where it is
 * @param state how far it is
 * @param trouble why it gave no answer; empty where it did
 * @param known what it knows of who has which key, and has of their tables
 */
public record ShardSeen(Shard shard, State state, Optional<String> trouble, Contents known) {

  /** How far a shard is. */
  public enum State {
    /** It gave no answer. */
    SILENT,
    /** There is a server, and no such database. */
    MISSING,
    /** There is a database, without the functions of this operator. */
    CLOSED,
    /** It has them. */
    OPEN
  }

  /**
   * What a shard has.
   *
   * @param turn what it knows of who has which key
   * @param tables those of the policy
   */
  public record Contents(Optional<Turn> turn, List<TableSeen> tables) {

    /** None at all. */
    static final Contents NONE = new Contents(Optional.empty(), List.of());

    public Contents {
      tables = List.copyOf(tables);
    }
  }

  /** One that could not be entered. */
  static ShardSeen outside(Shard shard, State state, String trouble) {
    return new ShardSeen(shard, state, Optional.of(trouble), Contents.NONE);
  }

  public Optional<Turn> turn() {
    return known.turn();
  }

  public List<TableSeen> tables() {
    return known.tables();
  }

  /** A table of it. */
  public Optional<TableSeen> table(String name) {
    return tables().stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
