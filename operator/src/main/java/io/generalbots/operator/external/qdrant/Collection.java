package io.generalbots.operator.external.qdrant;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A collection and where it is.
 *
 * @param name its name
 * @param copies how many copies of a shard it is made for
 * @param indexes the payload fields that have an index of any kind
 * @param replicas every copy of every shard
 * @param moving the shards that are on their way from one peer to another
 */
record Collection(
    String name, int copies, Set<String> indexes, List<Replica> replicas, Set<Integer> moving) {

  Collection {
    indexes = Set.copyOf(indexes);
    replicas = List.copyOf(replicas);
    moving = Set.copyOf(moving);
  }

  /** The numbers of the shards, in order. */
  Set<Integer> shards() {
    var shards = new TreeSet<Integer>();
    replicas.forEach(r -> shards.add(r.shard()));
    return shards;
  }

  /** The copies of one shard. */
  List<Replica> of(int shard) {
    return replicas.stream().filter(r -> r.shard() == shard).toList();
  }
}
