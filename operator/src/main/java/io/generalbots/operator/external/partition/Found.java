package io.generalbots.operator.external.partition;

import io.generalbots.sharding.time.Hindrance;
import io.generalbots.sharding.time.Overflow;
import io.generalbots.sharding.time.Partition;
import io.generalbots.sharding.time.Preparation;
import io.generalbots.sharding.time.Preparation.Bound;
import io.generalbots.sharding.time.Preparation.KeyIndex;
import io.generalbots.sharding.time.Span;
import io.generalbots.sharding.time.Table;
import io.generalbots.sharding.time.Traits;
import io.vertx.sqlclient.Row;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the catalogs say of tables, as it was read.
 *
 * @param tables one row each
 * @param hindrances rows of table, kind and name
 * @param partitions rows of table, name, bound and size
 */
record Found(List<Row> tables, List<Row> hindrances, List<Row> partitions)
    implements Iterable<Found.Entry> {

  private static final String PLAIN = "r";
  private static final String PARTITIONED = "p";
  private static final String OTHERS = "DEFAULT";

  /** What else in a schema is called like a table. */
  private static final Map<String, String> OTHER_KINDS =
      Map.of(
          "v", "view",
          "m", "materialized view",
          "f", "foreign table",
          "S", "sequence",
          "i", "index",
          "c", "type");

  @Override
  public Iterator<Entry> iterator() {
    return tables.stream().map(Entry::new).iterator();
  }

  private Stream<Row> of(List<Row> all, String table) {
    return all.stream().filter(row -> table.equals(row.getString(0)));
  }

  /** One table, of whose rows nothing is known yet. */
  final class Entry {

    private final Row row;

    Entry(Row row) {
      this.row = row;
    }

    String name() {
      return row.getString("name");
    }

    /**
     * The table that is asked for the times in it: itself, or that part of it that should be empty.
     */
    Optional<String> asked() {
      return switch (kind()) {
        case PLAIN -> Optional.of(name()).filter(name -> type().isPresent());
        case PARTITIONED -> overflow();
        default -> Optional.empty();
      };
    }

    Table table(Times times) {
      return new Table(name(), shape(times));
    }

    private Table.Shape shape(Times times) {
      return switch (kind()) {
        case "" -> new Table.Missing();
        case PLAIN ->
            new Table.Plain(traits(), preparation(), times.latest(), row.getLong("bytes"));
        case PARTITIONED ->
            new Table.Partitioned(
                List.of(row.getArrayOfStrings("parted")),
                row.getBoolean("ranged"),
                partitions().toList(),
                overflow().map(n -> new Overflow(n, times.earliest(), times.latest())));
        default -> new Table.Foreign(OTHER_KINDS.getOrDefault(kind(), "relation of another kind"));
      };
    }

    private String kind() {
      return row.getString("kind");
    }

    private Optional<String> type() {
      return Optional.ofNullable(row.getString("type"));
    }

    private Traits traits() {
      var inTheWay =
          of(hindrances, name())
              .collect(
                  Collectors.groupingBy(
                      r -> Hindrance.valueOf(r.getString(1)),
                      Collectors.mapping(r -> r.getString(2), Collectors.toList())));
      return new Traits(type(), row.getBoolean("required"), key(), inTheWay);
    }

    private List<String> key() {
      return List.of(row.getArrayOfStrings("key"));
    }

    private Preparation preparation() {
      var key =
          Optional.ofNullable(row.getString("index"))
              .map(KeyIndex::valueOf)
              .orElse(KeyIndex.ABSENT);
      var bound =
          Optional.ofNullable(row.getString("bound"))
              .flatMap(Bounds::limit)
              .map(at -> new Bound(at, row.getBoolean("proven")));
      return new Preparation(key, bound);
    }

    private Stream<Partition> partitions() {
      return of(partitions, name())
          .flatMap(r -> Bounds.span(r.getString("bound")).map(span -> partition(r, span)).stream());
    }

    private static Partition partition(Row r, Span span) {
      return new Partition(
          r.getString(1), span, r.getLong("bytes"), r.getLong("changes"), r.getBoolean("guarded"));
    }

    private Optional<String> overflow() {
      return of(partitions, name())
          .filter(r -> OTHERS.equals(r.getString("bound")))
          .map(r -> r.getString(1))
          .findFirst();
    }
  }
}
