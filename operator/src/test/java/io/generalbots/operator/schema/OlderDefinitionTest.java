package io.generalbots.operator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.Complete;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The definition installed in a cluster may know less than this operator. */
class OlderDefinitionTest {

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final ObjectNode WRITTEN =
      SERIALIZATION.unmarshal(
          """
          apiVersion: generalbots.io/v1alpha1
          kind: BotCluster
          metadata: {name: demo}
          spec:
            domain: bots.example.com
            backup: {}
            valkey: {persistence: {}}
            vault: {mode: Managed, userSecrets: [{path: gbo/llm, secretName: llm}]}
          """,
          ObjectNode.class);

  private static final JsonNode DEFAULTED = Definitions.botCluster().defaulted(WRITTEN);

  @Test
  void whatNoApiServerFilledInIsRead() {
    assertThat(read(WRITTEN)).isEqualTo(read(DEFAULTED));
  }

  /** One by one, as if each were new: whole blocks, and fields of blocks that are there. */
  @Test
  void anyFieldWithADefaultMayBeUnknownThere() {
    var paths = new ArrayList<String>();
    collect(Definitions.botCluster().property("spec"), DEFAULTED.path("spec"), "/spec", paths);
    assertThat(paths).hasSizeGreaterThan(150);
    for (var path : paths) {
      assertThat(read(without(path))).as(path).isEqualTo(read(DEFAULTED));
    }
  }

  private static BotCluster read(JsonNode tree) {
    return Complete.of(SERIALIZATION.convertValue(tree, BotCluster.class));
  }

  private static JsonNode without(String path) {
    var copy = DEFAULTED.deepCopy();
    var end = path.lastIndexOf('/');
    ((ObjectNode) copy.at(path.substring(0, end))).remove(path.substring(end + 1));
    return copy;
  }

  /** All but what was written, and lists, which read as empty where they are absent. */
  private static void collect(Schema schema, JsonNode value, String path, List<String> paths) {
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              var property = schema.property(name);
              if (property.fallback().filter(f -> !f.isArray()).isPresent()
                  && WRITTEN.at(path + "/" + name).isMissingNode()) {
                paths.add(path + "/" + name);
              }
              collect(property, value.path(name), path + "/" + name, paths);
            });
  }
}
