package io.generalbots.operator.cluster.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.schema.Definitions;

/** A cluster named demo in namespace bots. */
final class Given {

  private Given() {}

  /** With these fields of the spec, as YAML in one line. */
  static BotCluster cluster(String spec) {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        metadata: {name: demo, namespace: bots}
        spec: {domain: bots.example.com, %s}
        """
            .formatted(spec);
    var defaulted =
        Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(defaulted, BotCluster.class);
  }
}
