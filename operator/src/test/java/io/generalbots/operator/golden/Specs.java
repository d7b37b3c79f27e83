package io.generalbots.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.schema.Definitions;
import java.util.List;

/** Parts of the specs that tests write. */
public final class Specs {

  private static final List<String> OFF =
      List.of(
          "profile: Minimal",
          "qdrant: {enabled: false}",
          "seaweedfs: {enabled: false}",
          "gateway: {enabled: false}",
          "botserver: {enabled: false}",
          "directory: {mode: Disabled}");

  /**
   * Nothing but PostgreSQL, its pooler and Valkey: what a test does not ask about does not run. For
   * a spec in one line.
   */
  public static final String STORES_ONLY = String.join(", ", OFF);

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Specs() {}

  /**
   * A BotCluster demo in namespace bots, with all defaults.
   *
   * @param spec beside its domain, as YAML in one line
   */
  public static BotCluster cluster(String spec) {
    var whole =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo}
        spec: {domain: bots.example.com, %s}
        """
            .formatted(spec);
    var defaulted = Definitions.botCluster().defaulted(YAML.unmarshal(whole, JsonNode.class));
    return YAML.convertValue(defaulted, BotCluster.class);
  }

  /** The same for a spec that is written in lines, each indented as the block is. */
  public static String storesOnly(String indent) {
    return String.join("\n" + indent, OFF);
  }

  /** The same without a word about this component, which the spec has a block for. */
  public static String storesAnd(String component, String indent) {
    return storesAnd(List.of(component), indent);
  }

  /** The same for several of them. */
  public static String storesAnd(List<String> components, String indent) {
    var off =
        OFF.stream()
            .filter(line -> !components.contains(line.substring(0, line.indexOf(':'))))
            .toList();
    return String.join("\n" + indent, off);
  }
}
