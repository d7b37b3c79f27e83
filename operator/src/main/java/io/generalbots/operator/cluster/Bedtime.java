package io.generalbots.operator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kube.Part;
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
 * @param facts what is
 */
record Bedtime(BotCluster cluster, Facts facts) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Who needs a component directly; what nobody needs ends at once. */
  private static final Map<String, List<String>> NEEDED_BY =
      Map.of(
          "botserver", List.of("gateway"),
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

  /** The cluster as a component is to see it: awake for one that is needed still. */
  BotCluster seenBy(String component) {
    return needing(component).isEmpty() ? cluster : awake();
  }

  /** What is said of a component that is to sleep and cannot yet. */
  Health told(String component, Health health) {
    var needing = needing(component);
    return needing.isEmpty()
        ? health
        : Health.waiting("Hibernating", "goes on until these have ended: " + together(needing))
            .counting(health.instances().ready(), health.instances().desired());
  }

  private static String together(List<String> needing) {
    return String.join(", ", needing);
  }

  /** Those that still run and need it, unless it does not run itself. */
  private List<String> needing(String component) {
    if (!cluster.getSpec().hibernate() || isAsleep(component)) {
      return List.of();
    }
    return NEEDED_BY.getOrDefault(component, List.of()).stream().filter(this::isUp).toList();
  }

  private boolean isUp(String component) {
    return workloads(component).anyMatch(w -> w.replicas() > 0 || hasPods(w));
  }

  private boolean hasPods(Workload workload) {
    return !facts.all(Pod.class, workload.selector().getMatchLabels()).isEmpty();
  }

  private boolean isAsleep(String component) {
    return workloads(component).allMatch(w -> w.replicas() == 0);
  }

  private Stream<Workload> workloads(String component) {
    var labels = new Part(cluster.getMetadata().getName(), component).selector();
    return Stream.concat(
        facts.all(Deployment.class, labels).stream()
            .map(d -> new Workload(d.getSpec().getReplicas(), d.getSpec().getSelector())),
        facts.all(StatefulSet.class, labels).stream()
            .map(s -> new Workload(s.getSpec().getReplicas(), s.getSpec().getSelector())));
  }

  /**
   * What keeps pods.
   *
   * @param replicas how many
   * @param selector which
   */
  private record Workload(int replicas, LabelSelector selector) {}

  private BotCluster awake() {
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
