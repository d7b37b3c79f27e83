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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Works at the primary itself as the login that makes what tenants have. It enters no database that
 * a tenant can be in: who may make anything in one can plant there what runs with the rights of
 * whoever comes in. Into the one that tenants share goes its keeper, who could do harm there alone.
 */
public final class Provisioner {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Who only looks takes less time. */
  private static final Duration LOOK = Duration.ofSeconds(3);

  /** Of two databases, and one of them in detail. */
  private static final Duration MEASURE = Duration.ofSeconds(6);

  private static final String OWNERS =
      """
      SELECT r.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
        JOIN pg_roles r ON r.oid = m.member
      WHERE g.rolname = 'tenants' AND starts_with(r.rolname, 't_')
      UNION SELECT datname::text FROM pg_database WHERE starts_with(datname, 't_')
      """;

  private static final int PORT = 5432;
  private static final String LOGIN = "-provisioner";

  /** Before it, who may create roles may be anybody but a superuser. */
  private static final int OLDEST_SERVER = 16;

  private final KubernetesClient client;
  private final PostgresSessions sessions;

  public Provisioner(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.sessions = new PostgresSessions(vertx);
  }

  /** Makes what a Tenant has as it should be. */
  void open(OpenDatabase step) {
    open(doors(step.cluster(), step.namespace()), step);
  }

  /** Closes or removes what a Tenant has. */
  void close(CloseDatabase step) {
    close(doors(step.cluster(), step.namespace()), step);
  }

  /** Removes a copy that is not in use. */
  void remove(RemoveDatabase step) {
    hand(step.copy(), h -> h.removed(step.handedOver()));
  }

  /** Nobody gets into a copy any more but who is in as its mover. */
  public void shut(Copy copy) {
    hand(copy, Handing::shut);
  }

  /** A copy that was shut is used as before. */
  public void reopen(Copy copy) {
    hand(copy, Handing::reopen);
  }

  /** The sessions of the mover end. */
  public void sever(Copy copy) {
    hand(copy, Handing::severed);
  }

  private void hand(Copy copy, Function<Handing, Change> change) {
    var dwelling = new Dwelling(copy.tenant(), copy.holder());
    run(doors(copy.cluster(), copy.namespace()), Errand.handing(dwelling, change));
  }

  /** The names of all databases of tenants, and of the roles that own what tenants have. */
  List<String> owners(String cluster, String namespace) {
    var rows =
        doors(cluster, namespace)
            .server()
            .compose(
                open ->
                    open.query(Visit.MANNERS)
                        .execute()
                        .compose(set -> open.query(OWNERS).execute())
                        .onComplete(any -> open.close()));
    var what = "the databases of BotCluster " + cluster;
    return StreamSupport.stream(Waiting.within(LOOK, what, rows).spliterator(), false)
        .map(row -> row.getString(0))
        .toList();
  }

  /** Bytes of all databases and schemas of tenants, by name. */
  Map<String, Long> sizes(String cluster, String namespace) {
    return sizes(doors(cluster, namespace));
  }

  private Doors doors(String cluster, String namespace) {
    var address = new Members(client, namespace, cluster).primaryService();
    var login = ServerLogin.of(client, namespace, cluster, cluster + LOGIN);
    return new Doors(sessions, address, PORT, login);
  }

  /** The same by other ways in. */
  static Map<String, Long> sizes(Doors doors) {
    return Waiting.within(MEASURE, "the databases", new Measuring(doors).all());
  }

  /** The same by other ways in. */
  static void open(Doors doors, OpenDatabase step) {
    if (step.room() == Room.SCHEMA) {
      run(doors, Errand.foundation(doors.keeper()));
    }
    run(doors, Errand.of(step));
  }

  /** The same by other ways in. */
  static void close(Doors doors, CloseDatabase step) {
    run(doors, Errand.of(step));
  }

  /** Does what follows from what is there, as nobody else does at the same time. */
  private static void run(Doors doors, Errand errand) {
    var done = doors.server().compose(open -> workAndLeave(open, doors, errand));
    try {
      Waiting.within(LIMIT, errand.subject().words(), done);
    } catch (StepFailure e) {
      throw said(e);
    }
  }

  private static Future<Void> workAndLeave(PgConnection session, Doors doors, Errand errand) {
    return require(session)
        .compose(fit -> new Visit(session, doors::shared, errand).make())
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
