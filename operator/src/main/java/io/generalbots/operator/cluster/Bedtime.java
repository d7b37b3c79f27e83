package io.generalbots.operator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The order in which a BotCluster goes to sleep, the reverse of that in which it starts: what
 * others need goes on until they have ended, so that a bot server which finishes a conversation
 * still has its stores.
 *
 * @param cluster what is wished
 * @param awake the same, but that it is not to sleep
 * @param needing for each component that has to wait, those that still run and need it
 */
record Bedtime(BotCluster cluster, BotCluster awake, Map<String, List<String>> needing) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Who needs a component directly; what nobody needs ends at once. */
  private static final Map<String, List<String>> NEEDED_BY =
      Map.of(
          "botserver", List.of("gateway"),
          "llm", List.of("gateway"),
          "livekit", List.of("gateway", "recording", "transcription"),
          "qdrant", List.of("botserver"),
          "seaweedfs", List.of("gateway", "botserver", "livekit", "recording", "gstreamer"),
          "vault", List.of("botserver"),
          "valkey", List.of("botserver", "livekit", "recording"),
          "pooler", List.of("botserver", "seaweedfs"),
          "postgres", List.of("pooler", "botserver", "seaweedfs"));

  /** Everybody that is spoken of. */
  static Set<String> components() {
    return Stream.concat(
            NEEDED_BY.keySet().stream(), NEEDED_BY.values().stream().flatMap(List::stream))
        .collect(Collectors.toSet());
  }

  /** Who waits for whom now. */
  static Bedtime of(BotCluster cluster, Facts facts) {
    if (!cluster.getSpec().hibernate()) {
      return new Bedtime(cluster, cluster, Map.of());
    }
    var workloads = new Workloads(cluster.getMetadata().getName(), facts);
    var needing = new HashMap<String, List<String>>();
    NEEDED_BY.forEach(
        (component, others) -> {
          var up = others.stream().filter(workloads::areUp).toList();
          if (!up.isEmpty() && !workloads.areAsleep(component)) {
            needing.put(component, up);
          }
        });
    return new Bedtime(cluster, awake(cluster), Map.copyOf(needing));
  }

  /** The cluster as a component is to see it: awake for one that is needed still. */
  BotCluster seenBy(String component) {
    return needing.containsKey(component) ? awake : cluster;
  }

  /** What is said of a component that is to sleep and cannot yet. */
  Health told(String component, Health health) {
    return needing.containsKey(component)
        ? Health.waiting(
                "Hibernating",
                "goes on until these have ended: " + String.join(", ", needing.get(component)))
            .counting(health.instances().ready(), health.instances().desired())
        : health;
  }

  private static BotCluster awake(BotCluster cluster) {
    ObjectNode spec = MAPPER.valueToTree(cluster.getSpec());
    var awake = new BotCluster();
    awake.setMetadata(cluster.getMetadata());
    awake.setStatus(cluster.getStatus());
    try {
      awake.setSpec(MAPPER.treeToValue(spec.put("hibernate", false), BotClusterSpec.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec that was read can be read again", e);
    }
    return awake;
  }
}
