package io.generalbots.operator.external.qdrant;

import io.generalbots.operator.external.qdrant.Action.Drop;
import io.generalbots.operator.external.qdrant.Action.Move;
import io.generalbots.operator.external.qdrant.Action.Replicate;
import java.util.List;
import java.util.Optional;

/**
 * What has to be done to one shard. A copy is given up only when as many whole ones as wished are
 * on peers that stay.
 *
 * @param collection the name of its collection
 * @param shard its number
 * @param replicas its copies, at least one
 * @param copies how many there should be
 */
record ShardCare(String collection, int shard, List<Replica> replicas, int copies) {

  /** What is in the way of doing anything; nothing is done meanwhile. */
  Optional<String> obstacle(Crew crew) {
    if (sources(crew).isEmpty()) {
      return Optional.of(
          "no whole copy is left of shard %d of %s: restore it from a snapshot, or drop it"
              .formatted(shard, collection));
    }
    return staying(crew).stream().allMatch(Replica::isActive)
        ? Optional.empty()
        : Optional.of("a copy of shard %d of %s is being made".formatted(shard, collection));
  }

  /** The next thing to ask for, if nothing is in the way. */
  Optional<Action> next(Crew crew) {
    var going = replicas.stream().filter(r -> !crew.stays(r.peer())).toList();
    if (staying(crew).size() < Math.min(copies, crew.size())) {
      return Optional.of(oneMore(crew));
    }
    return going.stream().findFirst().map(r -> new Drop(collection, shard, r.peer()));
  }

  /** Best from one that goes: it has nothing to do with it any more. */
  private Action oneMore(Crew crew) {
    var sources = sources(crew);
    var from = sources.stream().filter(r -> !crew.stays(r.peer())).findFirst();
    var to = crew.next(replicas);
    return from.<Action>map(r -> new Move(collection, shard, r.peer(), to))
        .orElseGet(() -> new Replicate(collection, shard, sources.get(0).peer(), to));
  }

  private List<Replica> staying(Crew crew) {
    return replicas.stream().filter(r -> crew.stays(r.peer())).toList();
  }

  /** What is said of a peer that was lost lags behind: its copies count for nothing. */
  private List<Replica> sources(Crew crew) {
    return replicas.stream().filter(r -> r.isActive() && crew.isReachable(r.peer())).toList();
  }
}
