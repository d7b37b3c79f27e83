package io.generalbots.operator.external;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;

/**
 * The address under which clients reach the primary. For a moment after a handover it may still
 * lead to the former one, which is shut down or read-only.
 */
final class PrimaryService {

  private static final int PORT = 5432;
  private static final String DATABASE = "postgres";
  private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";
  private static final long RETRY_MILLIS = 50;

  /** What is sent while the rules of the Service change may be dropped: better asked again. */
  private static final Duration ATTEMPT = Duration.ofMillis(500);

  private final Vertx vertx;
  private final PostgresSessions sessions;

  PrimaryService(Vertx vertx) {
    this.vertx = vertx;
    this.sessions = new PostgresSessions(vertx, ATTEMPT);
  }

  /** Comes when the address leads to a server that takes writes; asks again until the limit. */
  Future<Void> takesWrites(String address, ServerLogin login, Duration limit) {
    return isStandby(address, login)
        .recover(e -> Future.succeededFuture(true))
        .compose(
            standby -> {
              var left = limit.minusMillis(RETRY_MILLIS);
              if (!standby) {
                return Future.succeededFuture();
              } else if (left.isNegative()) {
                return Future.failedFuture("no server takes writes there");
              }
              return later().compose(v -> takesWrites(address, login, left));
            });
  }

  private Future<Boolean> isStandby(String address, ServerLogin login) {
    return sessions.open(address, PORT, DATABASE, login).compose(PrimaryService::askAndLeave);
  }

  private static Future<Boolean> askAndLeave(PgConnection session) {
    return session
        .query(IS_STANDBY)
        .execute()
        .map(rows -> rows.iterator().next().getBoolean(0))
        .onComplete(any -> session.close());
  }

  private Future<Void> later() {
    Promise<Void> later = Promise.promise();
    vertx.setTimer(RETRY_MILLIS, id -> later.complete());
    return later.future();
  }
}
