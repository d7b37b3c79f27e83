package io.generalbots.operator.external.qdrant;

/** One thing asked of Qdrant; asking for it twice does no harm. */
sealed interface Action {

  /** A shard taken from one peer to another, which then has it instead. */
  record Move(String collection, int shard, long from, long to) implements Action {}

  /** One more copy of a shard. */
  record Replicate(String collection, int shard, long from, long to) implements Action {}

  /** One copy less; others have it. */
  record Drop(String collection, int shard, long peer) implements Action {}

  /** A collection made for more copies. */
  record Raise(String collection, int copies) implements Action {}

  /** A full-text index on a payload field. */
  record Index(String collection, String field) implements Action {}

  /** A peer without shards taken out of the cluster. */
  record Remove(long peer) implements Action {}
}
