package io.generalbots.operator.docs;

import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.config.ConfigKey;
import io.generalbots.operator.config.ConfigKeys;
import io.generalbots.operator.config.Form;
import io.generalbots.operator.config.Keys;
import io.generalbots.operator.config.Target;
import io.generalbots.operator.shard.ShardPolicyBlueprint;
import java.util.stream.Collectors;

/** The table of all settings of a config.csv. */
final class ConfigKeysPage {

  private static final String HEAD =
      """
      # Settings of config.csv

      General Bots describes its infrastructure by settings of a `config.csv`. Each of these %d has one
      field here. [Import a file](guides/import.md) to have them written for you; what is in force is
      published in ConfigMap `<cluster>-config`.

      - `messaging-provider,redis` becomes `Auto`: Valkey carries messages up to 10,000 users at the same
        time, and a larger number chooses RabbitMQ or Kafka.
      - An address of the machine itself (`localhost`) is another one in a pod: it is left out, and the
        operator runs the service.
      - A secret is never written down: a field holds the place where it lies, `vault:path/key`.
      - `scale-*-threshold` are the upper thresholds; the lower ones are fields of the same rule.
      - *Served* says whether this release acts by the field. The others are accepted, and named in the
        condition `ConfigurationWarning`.

      | key | written as | field | served | meaning |
      | --- | --- | --- | --- | --- |
      """;

  private ConfigKeysPage() {}

  static String text() {
    return HEAD.formatted(ConfigKeys.all().size())
        + ConfigKeys.all().stream().map(ConfigKeysPage::row).collect(Collectors.joining());
  }

  private static String row(ConfigKey key) {
    return "| `%s` | %s | %s `%s` | %s | %s |\n"
        .formatted(
            key.name(),
            written(key),
            key.target().kind(),
            key.path(),
            isServed(key) ? "yes" : "not yet",
            meaning(key));
  }

  private static boolean isServed(ConfigKey key) {
    var path = key.path().toString();
    return key.target() == Target.BOT_CLUSTER
        ? ClusterBlueprint.serves(path)
        : ShardPolicyBlueprint.serves(path);
  }

  private static String written(ConfigKey key) {
    var form = key.form() instanceof Form.Several several ? several.form() : key.form();
    if (form instanceof Form.Choice choice) {
      return choice.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(" "));
    }
    return "`" + example(key) + "`";
  }

  private static String example(ConfigKey key) {
    return Keys.examples().stream()
        .filter(e -> e.key().equals(key.name()))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static String meaning(ConfigKey key) {
    var field = key.path().in(key.target().schema()).node();
    return field.path("description").asText().replace("|", "\\|").replace("<", "&lt;");
  }
}
