package io.generalbots.operator.external.qdrant;

import io.generalbots.operator.external.qdrant.Action.Index;
import io.generalbots.operator.external.qdrant.Action.Raise;
import io.generalbots.operator.external.qdrant.Action.Remove;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What has to be asked of Qdrant next, from what was seen of it alone. Everything is decided anew
 * from every look: it does not matter who asked before, or how far that came.
 *
 * @param sight what was seen
 * @param wish what it should be
 */
record Care(Sight sight, Tending wish) {

  Verdict verdict() {
    return unsure().map(Verdict::waiting).orElseGet(this::tended);
  }

  /** Why nothing can be decided yet; a server looks healthy that has lost the others. */
  private Optional<String> unsure() {
    if (sight.members().isEmpty() || !sight.isAgreed()) {
      return Optional.of("the peers do not agree yet on who is in the cluster");
    }
    if (sight.members().stream().anyMatch(p -> p.ordinal() < 0)) {
      return Optional.of("a peer is in the cluster whose address is not one of ours");
    }
    var missing =
        IntStream.range(0, wish.peers().count())
            .filter(ordinal -> !sight.isPresent(ordinal))
            .filter(ordinal -> !wish.peers().newcomers().contains(ordinal))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("not in the cluster yet: peer " + missing);
  }

  private Verdict tended() {
    var crew = Crew.of(sight, wish.peers());
    var actions = new ArrayList<Action>();
    var waiting = new ArrayList<String>();
    for (var collection : sight.collections()) {
      actions.addAll(shaping(collection));
      placing(collection, crew, waiting).ifPresent(actions::add);
    }
    if (actions.isEmpty() && waiting.isEmpty()) {
      actions.addAll(farewells(crew));
      waiting.addAll(joining());
    }
    return new Verdict(actions, waiting);
  }

  private List<Action> shaping(Collection collection) {
    var actions = new ArrayList<Action>();
    if (collection.copies() < wish.collections().copies()) {
      actions.add(new Raise(collection.name(), wish.collections().copies()));
    }
    wish.collections().textIndexes().stream()
        .filter(field -> !collection.indexes().contains(field))
        .forEach(field -> actions.add(new Index(collection.name(), field)));
    return actions;
  }

  /** One shard of a collection at a time: a transfer costs both peers that have part in it. */
  private Optional<Action> placing(Collection collection, Crew crew, List<String> waiting) {
    if (!collection.moving().isEmpty()) {
      waiting.add("shard %s of %s is moving".formatted(collection.moving(), collection.name()));
      return Optional.empty();
    }
    var copies = Math.max(collection.copies(), wish.collections().copies());
    for (var shard : collection.shards()) {
      var care = new ShardCare(collection.name(), shard, collection.of(shard), copies);
      var obstacle = care.obstacle(crew);
      var action = obstacle.isPresent() ? Optional.<Action>empty() : care.next(crew);
      obstacle.ifPresent(waiting::add);
      if (action.isPresent()) {
        return action;
      }
    }
    return Optional.empty();
  }

  /** Qdrant itself refuses to let a peer go that has shards. */
  private List<Action> farewells(Crew crew) {
    return sight.members().stream()
        .filter(p -> !crew.stays(p.id()))
        .<Action>map(p -> new Remove(p.id()))
        .toList();
  }

  private List<String> joining() {
    return wish.peers().newcomers().stream()
        .filter(ordinal -> !sight.isPresent(ordinal))
        .sorted()
        .map(ordinal -> "peer %d is to come in with its new volume".formatted(ordinal))
        .toList();
  }
}
