package io.generalbots.operator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.api.v1alpha1.schema.Completed;
import io.generalbots.api.v1alpha1.shared.IssuerKind;
import io.generalbots.operator.cluster.features.Features;
import java.util.List;
import java.util.Optional;

/**
 * What a BotCluster that is made beside another takes over from it: versions, numbers, classes of
 * storage, images, where pods go. What is not named here is not taken over, so that a field that is
 * new says nothing in it before somebody thought of it.
 *
 * @param parent the BotCluster
 */
public record Inheritance(BotCluster parent) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> TAKEN =
      List.of(
          "profile",
          "region",
          "botserver",
          "postgres",
          "valkey",
          "qdrant",
          "seaweedfs",
          "livekit",
          "vault",
          "encryption",
          "fallback",
          "certificates",
          "images",
          "imagePullSecrets",
          "affinity",
          "topologySpreadConstraints",
          "tolerations",
          "nodeSelector",
          "priorityClassName",
          "maintenanceWindows");

  /**
   * But for this: servers elsewhere would not be its own; Secrets and what they are for are in
   * another namespace, as is a model; memory is sized by what the Tenant may use; and two cannot
   * have the ports of one node.
   */
  private static final List<String> LEFT =
      List.of(
          "/botserver/environment",
          "/postgres/external",
          "/valkey/external",
          "/valkey/resources",
          "/qdrant/external",
          "/seaweedfs/external",
          "/fallback/llm",
          "/livekit/external",
          "/livekit/publicUrl",
          "/livekit/hostNetwork",
          "/livekit/turn/domain",
          "/livekit/turn/tlsSecretName",
          "/livekit/transcription",
          "/vault/external",
          "/vault/mount",
          "/vault/path",
          "/vault/userSecrets",
          "/certificates/caSecretName",
          "/certificates/serverSecretName");

  /** As a tree that may be written on. */
  public ObjectNode tree() {
    ObjectNode whole = MAPPER.valueToTree(parent.getSpec());
    var tree = MAPPER.createObjectNode();
    TAKEN.forEach(
        field -> Optional.ofNullable(whole.get(field)).ifPresent(v -> tree.set(field, v)));
    LEFT.forEach(path -> remove(tree, path));
    if (!isKnownEverywhere()) {
      remove(tree, "/certificates/issuerRef");
    }
    List.of("qdrant", "seaweedfs", "livekit")
        .forEach(name -> tree.withObject(name(name)).put("enabled", Features.isOn(parent, name)));
    tree.withObject("/fallback/llm").put("enabled", false);
    tree.withObject("/vault").put("mode", Features.isOn(parent, "vault") ? "Managed" : "Disabled");
    return tree;
  }

  /** What stands in a tree, with every default. */
  public static BotClusterSpec spec(ObjectNode tree) {
    try {
      var spec = MAPPER.treeToValue(tree, BotClusterSpec.class);
      return Completed.of(BotClusterSpec.class, spec);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was taken from a spec is one again", e);
    }
  }

  /** What stands in a spec. */
  public static ObjectNode tree(BotClusterSpec spec) {
    return MAPPER.valueToTree(spec);
  }

  /** An issuer of the BotCluster's own namespace signs in no other. */
  private boolean isKnownEverywhere() {
    return Optional.ofNullable(parent.getSpec().certificates().issuerRef())
        .filter(issuer -> issuer.kind() == IssuerKind.CLUSTER_ISSUER)
        .isPresent();
  }

  private static void remove(ObjectNode tree, String path) {
    var last = path.lastIndexOf('/');
    if (tree.at(path.substring(0, last)) instanceof ObjectNode holder) {
      holder.remove(path.substring(last + 1));
    }
  }

  private static String name(String component) {
    return "/" + component;
  }
}
