package io.generalbots.operator.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.generalbots.api.v1alpha1.BotCluster;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of a BotCluster as a config.csv. */
public final class ConfigCsv {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String HEAD =
      """
      # The settings in force of BotCluster %s. Change its spec, not this file.
      # Secrets are not in here: vault:path/key is where they lie.
      """;

  private ConfigCsv() {}

  /** One line for each setting that has a value, by key. Pure. */
  public static String of(BotCluster cluster) {
    var root = JsonNodeFactory.instance.objectNode();
    root.set("spec", MAPPER.valueToTree(cluster.getSpec()));
    return HEAD.formatted(cluster.getMetadata().getName())
        + ConfigKeys.all().stream()
            .filter(key -> key.target() == Target.BOT_CLUSTER)
            .flatMap(key -> line(key, root).stream())
            .collect(Collectors.joining());
  }

  private static Optional<String> line(ConfigKey key, JsonNode root) {
    return key.path()
        .get(root, key.target().schema())
        .map(value -> key.name() + "," + key.form().write(value) + "\n");
  }
}
