package io.generalbots.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.schema.Definitions;
import io.generalbots.operator.schema.Differences;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The fields a user set that nothing serves yet: accepted, and said so. */
final class Unserved {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A field is served if it is one of these, a component's block or image, or below one. */
  private static final List<String> SERVED =
      List.of(
          "spec.domain",
          "spec.profile",
          "spec.reclaimPolicy",
          "spec.hibernate",
          "spec.autoscaling",
          "spec.fallback",
          "spec.media.gstreamer",
          "spec.images.pullPolicy",
          "spec.images.egress",
          "spec.images.edge",
          "spec.imagePullSecrets",
          "spec.affinity",
          "spec.topologySpreadConstraints",
          "spec.tolerations",
          "spec.nodeSelector",
          "spec.priorityClassName");

  /** Below a served block, but not yet served. */
  private static final List<String> EXCEPT =
      List.of(
          "spec.vault.engine",
          "spec.seaweedfs.s3.encryption.key",
          "spec.livekit.apiKey",
          "spec.livekit.apiSecret",
          "spec.gateway.tls.email",
          "spec.qdrant.tenancy");

  /** What asks for nothing needs nobody to serve it. */
  private static final Set<String> SWITCHED_OFF = Set.of("false", "Disabled");

  private Unserved() {}

  /**
   * The dotted paths, sorted; components of the profile as the path of their block.
   *
   * @param components the names of those that are served
   */
  static List<String> fields(BotCluster cluster, Set<String> components) {
    JsonNode spec = MAPPER.valueToTree(cluster.getSpec());
    var smallest = Definitions.botCluster().property("spec").defaulted(smallest(spec));
    var set =
        Differences.between("spec", smallest, spec).stream()
            .filter(path -> !isServed(path, components))
            .filter(path -> !SWITCHED_OFF.contains(at(spec, path).asText()));
    var missing =
        Features.wished(cluster).stream()
            .filter(name -> !components.contains(name))
            .map(name -> "spec." + name);
    return Stream.concat(set, missing).sorted().distinct().toList();
  }

  /** Whether these components, or what is told of all pods, act by this field. */
  static boolean isServed(String path, Set<String> components) {
    return covers(served(components), path) && !covers(EXCEPT, path);
  }

  private static JsonNode at(JsonNode spec, String path) {
    return spec.at(path.substring("spec".length()).replace('.', '/'));
  }

  private static ObjectNode smallest(JsonNode spec) {
    return MAPPER.createObjectNode().set("domain", spec.path("domain"));
  }

  private static List<String> served(Set<String> components) {
    var blocks = components.stream().flatMap(c -> Stream.of("spec." + c, "spec.images." + c));
    return Stream.concat(SERVED.stream(), blocks).toList();
  }

  private static boolean covers(List<String> roots, String path) {
    return roots.stream().anyMatch(r -> path.equals(r) || path.startsWith(r + "."));
  }
}
