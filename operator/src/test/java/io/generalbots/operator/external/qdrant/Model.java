package io.generalbots.operator.external.qdrant;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A model of Qdrant's cluster: it follows the rules that were recorded of the real one, and takes
 * its time or fails as it likes. After whatever is done to it, every shard still has its points.
 */
final class Model {

  private static final String ACTIVE = "Active";
  private static final String PARTIAL = "Partial";

  /** One shard: the state of the copy of each peer that has one. */
  private record Shard(String collection, int number, TreeMap<Long, String> copies) {}

  private record Transfer(Shard shard, long from, long to, boolean moves) {}

  private final Random random;
  private final TreeMap<Integer, Long> members = new TreeMap<>();
  private final Set<Long> dead = new HashSet<>();
  private final List<Shard> shards = new ArrayList<>();
  private final Map<String, Integer> copies = new HashMap<>();
  private final Map<String, Set<String>> indexes = new HashMap<>();
  private final List<Transfer> transfers = new ArrayList<>();
  private long nextId = 100;

  Model(Random random, int peers) {
    this.random = random;
    for (var i = 0; i < peers; i++) {
      members.put(i, nextId++);
    }
  }

  /** A collection with its shards anywhere. */
  Model having(String collection, int count, int factor) {
    copies.put(collection, factor);
    indexes.put(collection, new HashSet<>());
    for (var number = 0; number < count; number++) {
      var places = new ArrayList<>(members.values());
      Collections.shuffle(places, random);
      var shard = new Shard(collection, number, new TreeMap<>());
      places.stream().limit(factor).forEach(p -> shard.copies().put(p, ACTIVE));
      shards.add(shard);
    }
    return this;
  }

  /** The volume of this peer is gone; what the others say of it lags behind. */
  Model losing(int ordinal) {
    dead.add(members.get(ordinal));
    return this;
  }

  Sight look() {
    var answering = new TreeMap<Integer, Long>();
    members.forEach(
        (ordinal, id) -> {
          if (!dead.contains(id)) {
            answering.put(ordinal, id);
          }
        });
    var listed = members.entrySet().stream().map(e -> new Peer(e.getValue(), e.getKey())).toList();
    return new Sight(
        answering, List.of(listed), copies.keySet().stream().sorted().map(this::seen).toList());
  }

  /** Does what is asked, or refuses as Qdrant would. */
  void ask(Action action) {
    if (action instanceof Action.Move move) {
      begin(shard(move.collection(), move.shard()), move.from(), move.to(), true);
    } else if (action instanceof Action.Replicate more) {
      begin(shard(more.collection(), more.shard()), more.from(), more.to(), false);
    } else if (action instanceof Action.Drop drop) {
      shard(drop.collection(), drop.shard()).copies().remove(drop.peer());
    } else if (action instanceof Action.Raise raise) {
      copies.put(raise.collection(), raise.copies());
    } else if (action instanceof Action.Index index) {
      requireNonNull(indexes.get(index.collection())).add(index.field());
    } else if (action instanceof Action.Remove remove) {
      remove(remove.peer());
    }
    assertNothingIsLost();
  }

  /** Transfers end or are cut off, and whoever has a new volume comes in once it may. */
  void pass(int wished) {
    for (var transfer : List.copyOf(transfers)) {
      if (random.nextInt(3) == 0) {
        end(transfer, random.nextInt(4) > 0 && !dead.contains(transfer.from()));
      }
    }
    for (var ordinal = 0; ordinal < wished; ordinal++) {
      members.computeIfAbsent(ordinal, o -> nextId++);
    }
    assertNothingIsLost();
  }

  int peers() {
    return members.size();
  }

  /** How many whole copies a shard has where they can be read, for the worst of them. */
  int fewestCopies() {
    return shards.stream().mapToInt(this::whole).min().orElse(0);
  }

  boolean isIndexed() {
    return indexes.values().stream().allMatch(fields -> fields.contains("content"));
  }

  private Collection seen(String name) {
    var replicas =
        shards.stream()
            .filter(s -> s.collection().equals(name))
            .flatMap(
                s ->
                    s.copies().entrySet().stream()
                        .map(e -> new Replica(s.number(), e.getKey(), e.getValue())))
            .toList();
    var moving =
        transfers.stream()
            .filter(t -> t.shard().collection().equals(name))
            .map(t -> t.shard().number())
            .collect(Collectors.toSet());
    return new Collection(
        name,
        requireNonNull(copies.get(name)),
        requireNonNull(indexes.get(name)),
        replicas,
        moving);
  }

  private void begin(Shard shard, long from, long to, boolean moves) {
    if (!ACTIVE.equals(shard.copies().get(from))) {
      throw new Refusal(400, "Shard %d is not active on peer %d".formatted(shard.number(), from));
    }
    if (shard.copies().containsKey(to) || !members.containsValue(to)) {
      throw new Refusal(400, "Shard %d is on peer %d already".formatted(shard.number(), to));
    }
    shard.copies().put(to, PARTIAL);
    transfers.add(new Transfer(shard, from, to, moves));
  }

  private void end(Transfer transfer, boolean whole) {
    transfers.remove(transfer);
    if (whole) {
      transfer.shard().copies().put(transfer.to(), ACTIVE);
    } else {
      transfer.shard().copies().remove(transfer.to());
    }
    if (whole && transfer.moves()) {
      transfer.shard().copies().remove(transfer.from());
    }
  }

  private void remove(long peer) {
    if (shards.stream().anyMatch(s -> s.copies().containsKey(peer))) {
      throw new Refusal(400, "Cannot remove peer %d as there are shards on it".formatted(peer));
    }
    members.values().remove(peer);
  }

  private Shard shard(String collection, int number) {
    return shards.stream()
        .filter(s -> s.collection().equals(collection) && s.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private int whole(Shard shard) {
    return (int)
        shard.copies().entrySet().stream()
            .filter(e -> ACTIVE.equals(e.getValue()) && !dead.contains(e.getKey()))
            .count();
  }

  private void assertNothingIsLost() {
    assertThat(shards).allSatisfy(s -> assertThat(s.copies()).isNotEmpty());
    assertThat(shards)
        .filteredOn(s -> s.copies().keySet().stream().noneMatch(dead::contains))
        .allSatisfy(s -> assertThat(whole(s)).as("whole copies of %s", s).isPositive());
  }
}
