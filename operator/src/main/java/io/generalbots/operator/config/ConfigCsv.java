package io.generalbots.operator.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.generalbots.api.v1alpha1.BotCluster;
import java.util.SortedMap;
import java.util.TreeMap;
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
    return HEAD.formatted(cluster.getMetadata().getName())
        + values(cluster).entrySet().stream()
            .map(setting -> setting.getKey() + "," + setting.getValue() + "\n")
            .collect(Collectors.joining());
  }

  /** Each setting that has a value, by key. Pure. */
  public static SortedMap<String, String> values(BotCluster cluster) {
    var root = JsonNodeFactory.instance.objectNode();
    root.set("spec", MAPPER.valueToTree(cluster.getSpec()));
    var values = new TreeMap<String, String>();
    for (var key : ConfigKeys.all()) {
      if (key.target() == Target.BOT_CLUSTER) {
        key.path()
            .get(root, key.target().schema())
            .ifPresent(value -> values.put(key.name(), key.form().write(value)));
      }
    }
    return values;
  }
}
