package io.generalbots.operator.external.spread;

import io.vertx.pgclient.PgException;
import java.util.Optional;

/** What a server said when it refused something. */
final class Trouble {

  /** Somebody else had a lock for longer than was waited for it. */
  private static final String LOCKED = "55P03";

  private static final String NO_DATABASE = "3D000";

  private Trouble() {}

  /** Whether there is no such database. */
  static boolean isMissing(Throwable failure) {
    return state(failure).filter(NO_DATABASE::equals).isPresent();
  }

  /** Whether somebody uses what was wanted. */
  static boolean isLocked(Throwable failure) {
    return state(failure).filter(LOCKED::equals).isPresent();
  }

  private static Optional<String> state(Throwable failure) {
    return find(failure, PgException.class).map(PgException::getSqlState);
  }

  /** The first of this type, of a failure and its causes. */
  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    for (var cause = Optional.of(failure);
        cause.isPresent();
        cause = cause.map(Throwable::getCause)) {
      if (cause.filter(type::isInstance).isPresent()) {
        return cause.map(type::cast);
      }
    }
    return Optional.empty();
  }
}
