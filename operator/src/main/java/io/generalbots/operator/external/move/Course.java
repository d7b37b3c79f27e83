package io.generalbots.operator.external.move;

import io.vertx.sqlclient.Row;
import java.util.Optional;

/**
 * What the program that carries says of itself, in the database that it carries.
 *
 * @param phase in its own word
 * @param rows that there are, about
 * @param copied of them
 * @param pending changes that are not carried yet
 * @param message more of it, for people
 */
record Course(String phase, long rows, long copied, long pending, String message) {

  static final String COPYING = "Copying";
  static final String CATCHING_UP = "CatchingUp";
  static final String VERIFIED = "Verified";
  static final String CUTTING_OVER = "CuttingOver";
  static final String HANDED = "Handed";
  static final String REFUSED = "Refused";
  static final String BACK = "Back";

  private static final long WHOLE = 100;

  /** Where there is none yet. */
  static final Course NONE = new Course("", 0, 0, 0, "");

  static final String IS_THERE = "SELECT to_regclass('generalbots_move.course') IS NOT NULL";

  /** The table is the Tenant's to write: no more of it is believed than concerns its own copies. */
  static final String QUERY =
      """
      SELECT phase, coalesce(rows, 0), coalesce(rows_copied, 0), coalesce(pending, 0),
        left(coalesce(message, ''), 500)
      FROM generalbots_move.course WHERE move = $1
      """;

  /** Only from one phase to another: the program goes on by itself meanwhile. */
  static final String TURN =
      "UPDATE generalbots_move.course SET phase = $2, since = now(), message = NULL"
          + " WHERE move = $1 AND phase = ANY ($3::text[])";

  static final String TOLD = "NOTIFY generalbots_move";

  static Course of(Row row) {
    return new Course(
        row.getString(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4));
  }

  boolean is(String word) {
    return phase.equals(word);
  }

  /** How far it is, with what is in the way. */
  String words() {
    var share =
        is(COPYING)
            ? "%d%% of about %d rows are copied".formatted(share(), rows)
            : "%d changes are to be carried after it".formatted(pending);
    return Optional.of(message).filter(m -> !m.isEmpty()).map(m -> share + "; " + m).orElse(share);
  }

  private long share() {
    return rows == 0 ? 0 : Math.min(WHOLE, WHOLE * copied / rows);
  }
}
