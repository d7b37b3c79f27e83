package io.generalbots.operator.external.partition;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.operator.external.Members;
import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.ServerLogin;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.Reading;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.Map;

/**
 * The tables of the bot servers' database, at the primary itself, as the role that owns them:
 * whatever is planted there runs with no right that who planted it has not.
 */
public final class PartitionedTables {

  private static final Duration LOOK = Duration.ofSeconds(8);
  private static final int PORT = 5432;

  /** The database of the application. */
  private static final String DATABASE = "botserver";

  private final KubernetesClient client;
  private final PostgresSessions sessions;

  public PartitionedTables(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.sessions = new PostgresSessions(vertx);
  }

  /**
   * How tables are now; why nobody could say where the server does not answer.
   *
   * @param columns that say where a row belongs, by table
   */
  public Reading read(String cluster, String namespace, Map<String, String> columns) {
    try {
      var read =
          open(cluster, namespace)
              .compose(s -> new Survey(s, columns).make().onComplete(any -> s.close()));
      return Waiting.within(LOOK, "the tables of BotCluster " + cluster, read);
    } catch (StepFailure | KubernetesClientException e) {
      return new TablesUnread(String.valueOf(e.getMessage()));
    }
  }

  Future<PgConnection> open(String cluster, String namespace) {
    var address = new Members(client, namespace, cluster).primaryService();
    var login = ServerLogin.of(client, namespace, cluster, cluster + "-app");
    return sessions.open(address, PORT, DATABASE, login);
  }
}
