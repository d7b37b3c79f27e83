package io.generalbots.operator.external;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import java.time.Duration;

/**
 * Opens sessions by TLS at servers that the cluster's own authority vouches for. The name is not
 * checked: pods of a Deployment have none, and the authority signs for this cluster alone.
 *
 * <p>Not JDBC: its driver sends a SET on connect that the console of PgBouncer 1.24 refuses
 * (pgbouncer/pgbouncer#1509).
 */
public final class PostgresSessions {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Duration patience;

  public PostgresSessions(Vertx vertx) {
    this(vertx, PATIENCE);
  }

  /** Sessions at servers that may not be where they were: an attempt is given up after this. */
  PostgresSessions(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.patience = patience;
  }

  public Future<PgConnection> open(String address, int port, String database, ServerLogin login) {
    var options =
        new PgConnectOptions()
            .setHost(address)
            .setPort(port)
            .setDatabase(database)
            .setUser(login.user())
            .setPassword(login.password())
            .setSslMode(SslMode.VERIFY_CA)
            .setPemTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(login.authority())));
    options.setConnectTimeout((int) patience.toMillis());
    return PgConnection.connect(vertx, options);
  }

  /** Done after a while: for one who asks a session again and again. */
  Future<Void> after(Duration delay) {
    var done = Promise.<Void>promise();
    vertx.setTimer(delay.toMillis(), timer -> done.complete());
    return done.future();
  }
}
