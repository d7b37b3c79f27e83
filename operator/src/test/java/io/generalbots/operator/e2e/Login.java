package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The login of applications at a store, and how it may come to be wrong there. */
enum Login {
  /** With that of the pooler, which looks up the other. */
  DATABASE(
      "PGPASSWORD=$(<app/password) PGSSLMODE=verify-full PGSSLROOTCERT=server/ca.crt"
          + " psql -qAtX -h demo-pooler -U botserver -d botserver -c \"SELECT 'in'\"",
      "postgres",
      "psql -qX -U postgres -d postgres <<<\"ALTER ROLE botserver PASSWORD 'wrong';"
          + " ALTER ROLE pgbouncer PASSWORD 'wrong'\""),

  /** With that of the probes. */
  CACHE(
      "valkey-cli --no-auth-warning --cacert valkey/ca.crt -u \"$(<valkey/tls-uri)\" ECHO in",
      "valkey",
      "export REDISCLI_AUTH=$(</credentials/operator); for user in default probe; do"
          + " valkey-cli --user operator -s /run/valkey/server.sock"
          + " ACL SETUSER $user resetpass '>wrong'; done");

  private static final String NAME = "client";

  private final String enter;
  private final String component;
  private final String spoil;

  Login(String enter, String component, String spoil) {
    this.enter = enter;
    this.component = component;
    this.spoil = spoil;
  }

  /** Starts the pod that enters. */
  static void start(KubernetesClient client, String namespace) {
    var idle = List.of("bash", "-c", "touch /tmp/running; exec sleep infinity");
    StoresPod.start(client, namespace, NAME, idle);
  }

  /** Whether an application comes in with what is published. */
  boolean works(StoresCluster cluster) {
    return comesIn(cluster, enter);
  }

  /** Whether the database lets an application in with this password, whatever is published. */
  static boolean opensDatabase(StoresCluster cluster, String password) {
    return comesIn(cluster, DATABASE.enter.replace("$(<app/password)", password));
  }

  private static boolean comesIn(StoresCluster cluster, String command) {
    var bash = "bash -c '%s'".formatted(command.replace("'", "'\\''"));
    var answer = shell(cluster).run(NAME, "cd /secrets; timeout 8 %s 2>&1".formatted(bash));
    return answer.lines().anyMatch("in"::equals);
  }

  /** Gives it another password in the store only. */
  void spoil(StoresCluster cluster) {
    shell(cluster).run(cluster.pod(component).getMetadata().getName(), spoil);
  }

  private static Shell shell(StoresCluster cluster) {
    return new Shell(cluster.client(), cluster.namespace());
  }
}
