package io.generalbots.operator.external.spread;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.Reading;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** The shards of policies, at the primaries themselves, as the role that owns the tables there. */
public final class Shards {

  private static final Duration LOOK = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final PostgresSessions sessions;

  public Shards(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.sessions = new PostgresSessions(vertx);
  }

  /** What is looked for. */
  public record Search(String policy, String namespace, String key, int count) {}

  /**
   * How shards are now; why nobody could say where the first of them does not answer.
   *
   * @param search which policy's
   * @param tables that are named; all that have the key if none is
   * @param excluded tables that are somebody else's
   * @param places where each shard is, as many as there can be
   */
  public Reading read(
      Search search, List<String> tables, List<String> excluded, List<Shard> places) {
    try {
      var wish =
          new ShardSurvey.Wish(
              search.policy(), search.key(), tables, excluded, search.count(), places);
      return new ShardSurvey(doors(search.namespace(), LOOK), wish).make();
    } catch (StepFailure | KubernetesClientException e) {
      return new ShardsUnread(String.valueOf(e.getMessage()));
    }
  }

  Doors doors(String namespace, Duration limit) {
    return new ClusterDoors(client, sessions, namespace, limit);
  }
}
