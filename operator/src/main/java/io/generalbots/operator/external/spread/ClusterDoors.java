package io.generalbots.operator.external.spread;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.Members;
import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.ServerLogin;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kube.Part;
import java.time.Duration;

/**
 * Opens sessions at BotClusters of one namespace.
 *
 * @param client reads where they are, and their Secrets
 * @param sessions opens them
 * @param namespace of all of them
 * @param limit of each answer
 */
record ClusterDoors(
    KubernetesClient client, PostgresSessions sessions, String namespace, Duration limit)
    implements Doors {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PORT = 5432;

  @Override
  public Session open(Shard shard) {
    var address = new Members(client, namespace, shard.cluster()).primaryService();
    var secret = new Part(shard.cluster(), "app").name();
    var login = ServerLogin.of(client, namespace, shard.cluster(), secret);
    var connection =
        Waiting.within(
            PATIENCE, shard.toString(), sessions.open(address, PORT, shard.database(), login));
    return new Session(connection, shard.toString(), limit);
  }
}
