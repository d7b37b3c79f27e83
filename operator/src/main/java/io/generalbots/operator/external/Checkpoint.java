package io.generalbots.operator.external;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Has the primary write out what its shutdown would have to write while all clients wait. It is
 * worth nothing but time: a server that refuses, as one that an older version set up does, is shut
 * down without.
 */
final class Checkpoint {

  private static final Logger LOG = Logger.getLogger(Checkpoint.class);
  private static final int PORT = 5432;
  private static final String DATABASE = "postgres";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final PostgresSessions sessions;

  Checkpoint(PostgresSessions sessions) {
    this.sessions = sessions;
  }

  /** Done when it is written, or cannot be. */
  void write(String address, ServerLogin login) {
    var written = sessions.open(address, PORT, DATABASE, login).compose(Checkpoint::askAndLeave);
    try {
      Waiting.within(LIMIT, "writing a checkpoint before the switchover", written);
    } catch (StepFailure e) {
      LOG.warnf("going on without: %s", e.getMessage());
    }
  }

  private static Future<?> askAndLeave(SqlConnection session) {
    return session.query("CHECKPOINT").execute().onComplete(any -> session.close());
  }
}
