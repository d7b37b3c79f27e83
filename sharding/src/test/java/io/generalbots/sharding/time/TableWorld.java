package io.generalbots.sharding.time;

import io.generalbots.sharding.time.Preparation.Bound;
import io.generalbots.sharding.time.Preparation.KeyIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A table in memory, with rows, that refuses what PostgreSQL would refuse. */
final class TableWorld {

  static final Traits FIT =
      new Traits(Optional.of("timestamp with time zone"), true, List.of("id"), Map.of());

  private final List<Instant> plain = new ArrayList<>();
  private final Map<String, Span> spans = new TreeMap<>();
  private final Map<String, List<Instant>> rows = new TreeMap<>();
  private Preparation preparation = Preparation.NONE;
  private boolean isDivided;
  private Optional<String> overflow = Optional.empty();

  /** A plain table with rows of these times. */
  static TableWorld plain(List<Instant> times) {
    var world = new TableWorld();
    world.plain.addAll(times);
    return world;
  }

  /** One that somebody else partitioned so, and that has no partition of all others. */
  static TableWorld divided(Map<String, Span> spans) {
    var world = new TableWorld();
    world.isDivided = true;
    spans.forEach(world::add);
    return world;
  }

  Table table() {
    if (!isDivided) {
      return new Table(
          "m", new Table.Plain(FIT, preparation, plain.stream().max(Instant::compareTo), 0));
    }
    var partitions =
        spans.entrySet().stream().map(e -> new Partition(e.getKey(), e.getValue(), 0)).toList();
    var others =
        overflow.map(
            name ->
                new Overflow(
                    name,
                    rowsOf(name).stream().min(Instant::compareTo),
                    rowsOf(name).stream().max(Instant::compareTo)));
    return new Table("m", new Table.Partitioned(List.of("created_at"), true, partitions, others));
  }

  Map<String, Span> spans() {
    return Map.copyOf(spans);
  }

  /** Every row, wherever it is. */
  List<Instant> all() {
    var all = new ArrayList<>(plain);
    rows.values().forEach(all::addAll);
    all.sort(Instant::compareTo);
    return all;
  }

  /** Whether a row of this time is taken; as it is, it is written. */
  boolean write(Instant time) {
    if (!isDivided) {
      var isRefused = preparation.bound().filter(b -> !time.isBefore(b.at())).isPresent();
      return !isRefused && plain.add(time);
    }
    return place(time).map(name -> rowsOf(name).add(time)).orElse(false);
  }

  void perform(Deed deed) {
    if (deed instanceof Deed.BuildKey) {
      preparation = new Preparation(KeyIndex.BUILT, preparation.bound());
    } else if (deed instanceof Deed.DropKey) {
      preparation = new Preparation(KeyIndex.ABSENT, preparation.bound());
    } else if (deed instanceof Deed.SetBound set) {
      require(preparation.bound().isEmpty(), "there is a bound");
      preparation = new Preparation(preparation.key(), Optional.of(new Bound(set.at(), false)));
    } else if (deed instanceof Deed.DropBound) {
      preparation = new Preparation(preparation.key(), Optional.empty());
    } else if (deed instanceof Deed.ProveBound) {
      prove();
    } else if (deed instanceof Deed.Divide divide) {
      divide(divide);
    } else if (deed instanceof Deed.AddOverflow add) {
      addOverflow(add.overflow());
    } else if (deed instanceof Deed.AddPartition add) {
      add(add.partition(), add.span());
    }
  }

  /** What a key that was being built comes to when its session ends. */
  void breakKey() {
    preparation = new Preparation(KeyIndex.BROKEN, preparation.bound());
  }

  private void prove() {
    var bound = preparation.bound().orElseThrow();
    require(plain.stream().allMatch(t -> t.isBefore(bound.at())), "rows are beyond the bound");
    preparation = new Preparation(preparation.key(), Optional.of(new Bound(bound.at(), true)));
  }

  private void divide(Deed.Divide divide) {
    var bound = preparation.bound().orElseThrow();
    require(preparation.key() == KeyIndex.BUILT && bound.isProven(), "it is not prepared");
    require(bound.at().equals(divide.bound()), "that is another bound");
    isDivided = true;
    add(divide.former(), new Span(Instant.MIN, divide.bound()));
    rowsOf(divide.former()).addAll(plain);
    plain.clear();
    addOverflow(divide.overflow());
  }

  private void addOverflow(String name) {
    require(overflow.isEmpty(), "there is one of all others");
    overflow = Optional.of(name);
    rows.put(name, new ArrayList<>());
  }

  private void add(String name, Span span) {
    require(!rows.containsKey(name), name + " is there");
    require(spans.values().stream().noneMatch(span::overlaps), span + " is taken");
    spans.put(name, span);
    var own = new ArrayList<Instant>();
    overflow.map(this::rowsOf).ifPresent(others -> move(others, own, span));
    rows.put(name, own);
  }

  private List<Instant> rowsOf(String name) {
    return Optional.ofNullable(rows.get(name)).orElseThrow();
  }

  private static void move(List<Instant> from, List<Instant> to, Span span) {
    from.stream().filter(span::contains).forEach(to::add);
    from.removeIf(span::contains);
  }

  private Optional<String> place(Instant time) {
    return spans.entrySet().stream()
        .filter(e -> e.getValue().contains(time))
        .map(Map.Entry::getKey)
        .findFirst()
        .or(() -> overflow);
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new AssertionError(otherwise);
    }
  }
}
