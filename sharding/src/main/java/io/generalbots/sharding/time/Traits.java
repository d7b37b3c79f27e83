package io.generalbots.sharding.time;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a plain table matters to whoever would partition it.
 *
 * @param type of the column that says where a row belongs, if there is one; as PostgreSQL calls it
 * @param isRequired whether that is never null
 * @param key the columns of the primary key, in order
 * @param hindrances names of what is in the way, by kind
 */
public record Traits(
    Optional<String> type,
    boolean isRequired,
    List<String> key,
    Map<Hindrance, List<String>> hindrances) {

  private static final List<String> TYPES =
      List.of("timestamp with time zone", "timestamp without time zone", "date");

  public Traits {
    key = List.copyOf(key);
    hindrances = Map.copyOf(hindrances);
  }

  /** Everything that keeps it from being partitioned, as parts of a sentence, in a fixed order. */
  List<String> obstacles(String column) {
    return Stream.concat(ofColumn(column), ofOthers()).toList();
  }

  private Stream<String> ofColumn(String column) {
    if (type.isEmpty()) {
      return Stream.of("it has no column %s".formatted(column));
    } else if (!TYPES.contains(type.get())) {
      return Stream.of(
          "column %s is of type %s: it has to be timestamptz, timestamp or date"
              .formatted(column, type.get()));
    } else if (!isRequired) {
      return Stream.of("column %s may be null, and such a row belongs nowhere".formatted(column));
    }
    return key.isEmpty() ? Stream.of("it has no primary key") : Stream.empty();
  }

  private Stream<String> ofOthers() {
    return new EnumMap<>(withAll())
        .entrySet().stream().flatMap(e -> e.getValue().stream().sorted().map(e.getKey()::of));
  }

  private Map<Hindrance, List<String>> withAll() {
    var all = new EnumMap<Hindrance, List<String>>(Hindrance.class);
    all.putAll(hindrances);
    return all;
  }
}
