package io.generalbots.operator.e2e;

import io.generalbots.operator.kube.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A pod from which logins of tenants come to PostgreSQL, through its pooler or past it.
 *
 * @param postgres where they come to
 * @param cluster the name of the BotCluster
 */
record TenantSessions(PostgresCluster postgres, String cluster) implements AutoCloseable {

  static final String REFUSED = "FATAL";

  private static final String POD = "tenants-client";

  /** Waits for the pooler and starts the pod. */
  void start() {
    var client = postgres.client();
    client
        .apps()
        .deployments()
        .inNamespace(postgres.namespace())
        .withName(pooler())
        .waitUntilReady(120, TimeUnit.SECONDS);
    var pod = ClientPod.of(postgres.namespace(), POD);
    pod.getMetadata().setGenerateName(null);
    pod.getMetadata().setName(POD);
    // The worst case: a tenant that got past the policy, to the server itself.
    pod.getMetadata().setLabels(Map.of("generalbots.io/cluster", cluster));
    var created = client.resource(pod).create();
    client.pods().resource(created).waitUntilReady(90, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    postgres.client().pods().inNamespace(postgres.namespace()).withName(POD).delete();
  }

  String pooler() {
    return cluster + "-pooler";
  }

  String server() {
    return cluster + "-postgres-rw";
  }

  /** Of each login one of its own; that of the operator's is known. */
  String password(String login) {
    return "provisioner".equals(login)
        ? Secrets.text(postgres.secret("-provisioner"), "password")
        : "password-of-" + login;
  }

  /** What is said to statements, or why nobody got in. */
  String ask(String host, String login, String database, String statements) {
    var command = new ArrayList<>(List.of("env", "PGHOST=" + host, "PGUSER=" + login));
    command.addAll(List.of("PGPASSWORD=" + password(login), "PGSSLMODE=verify-ca", "psql"));
    command.addAll(List.of("-XqAt", "-v", "VERBOSITY=verbose", "-d", database, "-c", statements));
    return postgres.exec(POD, command.toArray(String[]::new));
  }

  /** Begins a session that holds a lock and sleeps; gives the file of what it says. */
  String begin(String host, String login, String database) {
    return begin(host, login, database, "SELECT pg_advisory_lock(42)");
  }

  /** Begins a session that does this, which has to answer rows, and sleeps. */
  String begin(String host, String login, String database, String statements) {
    var file = "/tmp/" + login;
    var command =
        "export PGHOST=%1$s PGUSER=%2$s PGPASSWORD=%3$s PGSSLMODE=verify-ca PGDATABASE=%4$s; (psql"
            + " -c '%6$s' -c 'SELECT pg_sleep(250)' >%5$s 2>&1; echo ended"
            + " >>%5$s) </dev/null >/dev/null 2>&1 & until grep -q 'row' %5$s; do sleep 0.1; done";
    postgres.exec(
        POD,
        "bash",
        "-c",
        command.formatted(host, login, password(login), database, file, statements));
    return file;
  }

  /** What the session says when it has ended. */
  String end(String file) {
    return postgres.exec(
        POD,
        "bash",
        "-c",
        "timeout 20 grep -q ended <(tail -n +1 -f %1$s); cat %1$s".formatted(file));
  }

  /**
   * What came of hostile tries, and of the control beside each.
   *
   * @param home the database that a tenant is at home in
   */
  Tried tried(String store, List<Attempt> attempts, UnaryOperator<String> home) {
    var through = new ArrayList<String>();
    var refused = new ArrayList<String>();
    for (var attempt : attempts) {
      var came = ask(server(), attempt.login(), attempt.database(), attempt.statements());
      if (!attempt.isRepelled(came)) {
        through.add(attempt.name() + ": " + came);
      }
      if (attempt.hasControl()) {
        var tenant = attempt.tenant();
        var control = ask(server(), "ta_" + tenant, home.apply(tenant), attempt.control());
        if (control.contains("ERROR:") || control.contains(REFUSED)) {
          refused.add(attempt.name() + ": " + control);
        }
      }
    }
    return new Tried(store, attempts.size(), through, refused);
  }
}
