package io.generalbots.operator.external.partition;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The times of the rows in a table.
 *
 * @param earliest of them; none without rows
 * @param latest of them; none without rows
 */
record Times(Optional<Instant> earliest, Optional<Instant> latest) {

  static final Times NONE = new Times(Optional.empty(), Optional.empty());

  /** A statement that took too long, and a lock that was not to be had in time. */
  private static final Set<String> TOO_LONG = Set.of("57014", "55P03");

  static Times of(Row row) {
    return new Times(moment(row.getLong(0)), moment(row.getLong(1)));
  }

  /** Of a large table without an index of them; whoever asks does not wait. */
  static Future<Times> untold(Throwable failure) {
    return failure instanceof PgException refused && TOO_LONG.contains(refused.getSqlState())
        ? Future.succeededFuture(NONE)
        : Future.failedFuture(failure);
  }

  private static Optional<Instant> moment(@Nullable Long micros) {
    return Optional.ofNullable(micros).map(m -> Instant.EPOCH.plus(m, ChronoUnit.MICROS));
  }
}
