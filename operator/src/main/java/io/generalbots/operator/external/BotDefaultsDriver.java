package io.generalbots.operator.external;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kernel.StepDriver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/** Writes defaults as the bot servers' own role, at the primary itself, all or none. */
public final class BotDefaultsDriver implements StepDriver<BotDefaults> {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int PORT = 5432;

  /** The role of the application, and its database. */
  private static final String APPLICATION = "botserver";

  /** What belongs to no bot holds for each. */
  private static final String EVERY_BOT = "'00000000-0000-0000-0000-000000000000'";

  private static final String WRITE =
      "INSERT INTO public.bot_configuration (id, bot_id, config_key, config_value)"
          + " VALUES (pg_catalog.gen_random_uuid()::pg_catalog.text, "
          + EVERY_BOT
          + ", $1, $2)"
          + " ON CONFLICT (bot_id, config_key) DO UPDATE SET config_value = excluded.config_value";

  private static final String REMOVE =
      "DELETE FROM public.bot_configuration WHERE bot_id = " + EVERY_BOT + " AND config_key = $1";

  private final KubernetesClient client;
  private final PostgresSessions sessions;

  public BotDefaultsDriver(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.sessions = new PostgresSessions(vertx);
  }

  @Override
  public Class<BotDefaults> type() {
    return BotDefaults.class;
  }

  @Override
  public void perform(BotDefaults step, String namespace) {
    var cluster = step.cluster();
    var address = new Members(client, namespace, cluster).primaryService();
    var login = ServerLogin.of(client, namespace, cluster, cluster + "-app");
    var written =
        sessions
            .open(address, PORT, APPLICATION, login)
            .compose(session -> writeAndLeave(session, step));
    Waiting.within(LIMIT, "writing the defaults of all bots", written);
  }

  private static Future<Void> writeAndLeave(PgConnection session, BotDefaults step) {
    return session
        .begin()
        .compose(transaction -> write(session, step).compose(all -> transaction.commit()))
        .onComplete(any -> session.close());
  }

  private static Future<?> write(SqlConnection session, BotDefaults step) {
    var values =
        step.values().entrySet().stream()
            .map(value -> Tuple.of(value.getKey(), value.getValue()))
            .toList();
    var keys = step.obsolete().stream().map(Tuple::of).toList();
    return each(session, WRITE, values).compose(done -> each(session, REMOVE, keys));
  }

  private static Future<?> each(SqlConnection session, String statement, List<Tuple> rows) {
    return rows.isEmpty()
        ? Future.succeededFuture()
        : session.preparedQuery(statement).executeBatch(rows);
  }
}
