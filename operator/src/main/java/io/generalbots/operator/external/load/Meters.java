package io.generalbots.operator.external.load;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.queue.Queues;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All ways of measuring the load of bot servers.
 *
 * @param client knows what pods use
 * @param gateways count requests
 * @param queries are the user's
 * @param queues hold messages
 */
record Meters(KubernetesClient client, Gateways gateways, Queries queries, Queues queues) {

  /**
   * What a look is about.
   *
   * @param cluster with all its defaults
   * @param serving the names of bot servers that serve
   * @param before what gateways had counted at the look before
   * @param now when it is taken
   */
  record Subject(BotCluster cluster, Set<String> serving, Optional<Counts> before, Instant now) {}

  /** Looks once, within a few seconds. */
  Seen read(Subject subject) {
    return new Measuring(
            subject,
            new Once<>(
                () -> PodUsage.read(client, subject.cluster(), subject.serving(), subject.now())),
            new Once<Map<String, Exposition>>(() -> gateways.ask(subject.cluster())),
            queries,
            queues)
        .seen();
  }
}
