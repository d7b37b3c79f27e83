package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.Members;
import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.ServerLogin;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.NotOurs;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Works at the primary itself as the login that makes tenants' databases. It enters none of them:
 * who owns a database can plant in it what runs with the rights of whoever comes in.
 */
public final class Provisioner {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Who only looks takes less time. */
  private static final Duration LOOK = Duration.ofSeconds(3);

  private static final String OWNERS =
      """
      SELECT r.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
        JOIN pg_roles r ON r.oid = m.member
      WHERE g.rolname = 'tenants' AND starts_with(r.rolname, 't_')
      UNION SELECT datname::text FROM pg_database WHERE starts_with(datname, 't_')
      """;

  /** Whoever may connect may ask for the size; an owner can take that right away from itself. */
  private static final String UNMEASURED =
      """
      SELECT d.datname::text, o.rolname::text FROM pg_database d JOIN pg_roles o ON o.oid = d.datdba
      WHERE starts_with(d.datname, 't_') AND pg_has_role(d.datdba, 'USAGE')
        AND NOT has_database_privilege(d.oid, 'CONNECT')
      """;

  private static final String SIZES =
      """
      SELECT datname::text, pg_database_size(oid) FROM pg_database
      WHERE starts_with(datname, 't_') AND has_database_privilege(oid, 'CONNECT')
      """;

  private static final int PORT = 5432;
  private static final String DATABASE = "postgres";
  private static final String LOGIN = "-provisioner";

  /** Before it, who may create roles may be anybody but a superuser. */
  private static final int OLDEST_SERVER = 16;

  private final KubernetesClient client;
  private final PostgresSessions sessions;

  public Provisioner(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.sessions = new PostgresSessions(vertx);
  }

  /** Does what follows from what is there, as nobody else does at the same time. */
  void change(String cluster, String namespace, Dwelling dwelling, Function<Found, Change> change) {
    var address = new Members(client, namespace, cluster).primaryService();
    var login = ServerLogin.of(client, namespace, cluster, cluster + LOGIN);
    change(sessions.open(address, PORT, DATABASE, login), dwelling, change);
  }

  /** The names of all databases of tenants, and of the roles that own them. */
  List<String> owners(String cluster, String namespace) {
    return look(cluster, namespace, session -> session.query(OWNERS).execute())
        .map(row -> row.getString(0))
        .toList();
  }

  /** Bytes of all databases of tenants, by name. */
  Map<String, Long> sizes(String cluster, String namespace) {
    return sizes(look(cluster, namespace, Provisioner::measure));
  }

  /** The same in a session that is about to be opened. */
  static Map<String, Long> sizes(Future<PgConnection> session) {
    return sizes(rows("the databases", look(session, Provisioner::measure)));
  }

  private static Map<String, Long> sizes(Stream<Row> rows) {
    return rows.collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }

  private static Future<RowSet<Row>> measure(PgConnection session) {
    return session
        .query(UNMEASURED)
        .execute()
        .compose(rows -> allow(session, rows))
        .compose(all -> session.query(SIZES).execute());
  }

  private static Future<?> allow(PgConnection session, RowSet<Row> unmeasured) {
    Future<?> done = Future.succeededFuture();
    for (var row : unmeasured) {
      var grant =
          "GRANT CONNECT ON DATABASE %s TO %s"
              .formatted(Sql.name(row.getString(0)), Sql.name(row.getString(1)));
      done = done.compose(before -> session.query(grant).execute());
    }
    return done;
  }

  private Stream<Row> look(
      String cluster, String namespace, Function<PgConnection, Future<RowSet<Row>>> question) {
    var address = new Members(client, namespace, cluster).primaryService();
    var login = ServerLogin.of(client, namespace, cluster, cluster + LOGIN);
    var session = sessions.open(address, PORT, DATABASE, login);
    return rows("the databases of BotCluster " + cluster, look(session, question));
  }

  private static Future<RowSet<Row>> look(
      Future<PgConnection> session, Function<PgConnection, Future<RowSet<Row>>> question) {
    return session.compose(
        open ->
            open.query(Visit.MANNERS)
                .execute()
                .compose(set -> question.apply(open))
                .onComplete(any -> open.close()));
  }

  private static Stream<Row> rows(String what, Future<RowSet<Row>> rows) {
    return StreamSupport.stream(Waiting.within(LOOK, what, rows).spliterator(), false);
  }

  /** The same in a session that is about to be opened. */
  static void change(
      Future<PgConnection> session, Dwelling dwelling, Function<Found, Change> change) {
    var done = session.compose(open -> workAndLeave(open, dwelling, change));
    try {
      Waiting.within(LIMIT, "the database of tenant " + dwelling.tenant(), done);
    } catch (StepFailure e) {
      throw said(e);
    }
  }

  private static Future<Void> workAndLeave(
      PgConnection session, Dwelling dwelling, Function<Found, Change> change) {
    return require(session)
        .compose(fit -> new Visit(session, dwelling).make(change))
        .onComplete(any -> session.close());
  }

  private static Future<Void> require(PgConnection session) {
    return session.databaseMetadata().majorVersion() < OLDEST_SERVER
        ? Future.failedFuture(
            "needs PostgreSQL 16 or newer: raise spec.postgres.version of the BotCluster")
        : Future.succeededFuture();
  }

  /** What the applier has to know of comes as it was said. */
  private static RuntimeException said(StepFailure failure) {
    var cause = failure.getCause();
    return cause instanceof NotOurs || cause instanceof Unfinished
        ? (RuntimeException) cause
        : failure;
  }
}
