package io.generalbots.operator.external.spread;

/** Opens sessions at shards, as the role that owns the tables there. */
@FunctionalInterface
interface Doors {

  /** A session of its own in this shard's database; fails where there is none. */
  Session open(Shard shard);
}
