package io.generalbots.operator.external.spread;

import io.generalbots.operator.kube.Resources;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tables that a policy may spread, and what keeps any of them from it.
 *
 * @param session at the first shard
 * @param wish which tables are looked for
 */
record Candidates(Session session, ShardSurvey.Wish wish) {

  private static final String PLAIN = "r";

  List<Candidate> make() {
    var rows = rows();
    var hindrances = hindrances(rows);
    return rows.stream()
        .map(row -> candidate(row, hindrances.getOrDefault(row.getString("name"), List.of())))
        .toList();
  }

  private List<Row> rows() {
    var named =
        Tuple.tuple()
            .addString(wish.key())
            .addArrayOfString(wish.tables().toArray(String[]::new))
            .addString(wish.policy());
    return session.ask(Resources.text("spread/candidates.sql"), named).stream()
        .filter(row -> !wish.excluded().contains(row.getString("name")))
        .toList();
  }

  private Map<String, List<String>> hindrances(List<Row> rows) {
    var names = rows.stream().map(row -> row.getString("name")).toArray(String[]::new);
    var asked = Tuple.tuple().addString(wish.key()).addArrayOfString(names);
    return session.ask(Resources.text("spread/hindrances.sql"), asked).stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getString(0),
                Collectors.mapping(
                    row -> Hindrance.valueOf(row.getString(1)).words(row.getString(2)),
                    Collectors.toList())));
  }

  private Candidate candidate(Row row, List<String> hindrances) {
    var refusal = new ArrayList<String>();
    missing(row).or(() -> missingOfKey(row)).ifPresent(refusal::add);
    refusal.addAll(hindrances);
    return new Candidate(
        row.getString("name"),
        Optional.ofNullable(row.getString("type")),
        refusal,
        Optional.ofNullable(row.getString("policy")));
  }

  /** What a table has to be. */
  private Optional<String> missing(Row row) {
    if (row.getString("kind").isEmpty()) {
      return Optional.of("it is not there");
    } else if (!PLAIN.equals(row.getString("kind"))) {
      return Optional.of("it is no plain table: what is partitioned cannot be spread as well");
    }
    return Optional.of("it has no column " + wish.key())
        .filter(why -> row.getString("type") == null);
  }

  /** What its key has to be. */
  private Optional<String> missingOfKey(Row row) {
    if (!KeyTypes.isOne(row.getString("type"))) {
      return Optional.of(
          "column %s is of type %s: uuid, integers, text and varchar have one text for each value"
              .formatted(wish.key(), row.getString("type")));
    } else if (!row.getBoolean("required")) {
      return Optional.of("column %s may be null, and then has no shard".formatted(wish.key()));
    } else if (!row.getBoolean("keyed")) {
      return Optional.of("it has no primary key");
    }
    return Optional.of(
            "its primary key has neither %s nor a uuid in it: two shards could have the same"
                .formatted(wish.key()))
        .filter(why -> !row.getBoolean("apart"));
  }
}
