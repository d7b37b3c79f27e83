package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting of a config.csv has a field, and docs/config-keys.md tells which. */
class ConfigKeysTest {

  private static final int KEYS = 69;
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z-]+)` \\| `([^`]*)` \\| (\\w+) `([^`]+)` \\| `([^`]*)` \\|");

  /** A row of the table: the key and its value, and the kind, field and value that stand for it. */
  record Mapping(String key, String value, String kind, String path, String fieldValue) {}

  static List<Mapping> mappings() {
    return ROW.matcher(Samples.text(CheckedIn.ROOT.resolve("docs/config-keys.md")))
        .results()
        .map(
            row ->
                new Mapping(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)))
        .toList();
  }

  @Test
  void everyKeyStandsInTheTable() {
    var keys =
        Samples.text(CheckedIn.ROOT.resolve("crds/src/test/resources/config-keys.txt"))
            .lines()
            .collect(Collectors.toSet());
    assertThat(keys).hasSize(KEYS);
    assertThat(mappings()).extracting(Mapping::key).containsOnlyOnceElementsOf(keys).hasSize(KEYS);
  }

  @Test
  void everyKeyHasAFieldOfItsOwn() {
    assertThat(mappings())
        .extracting(mapping -> mapping.kind() + mapping.path())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void fieldExistsAndTakesTheValue(Mapping mapping) {
    var crd = GeneratedCrds.of(GeneratedCrds.kind(mapping.kind()));
    var schema = SchemaField.root(CrdYaml.tree(crd));
    for (var step : mapping.path().split("\\.", -1)) {
      schema = step(schema, step);
    }
    for (var value : mapping.fieldValue().split(", ", -1)) {
      assertThat(accepts(schema, value)).as("%s: %s", mapping.path(), value).isTrue();
    }
  }

  /** A step is a field, or a field with the key of a list item in brackets. */
  private static JsonNode step(JsonNode schema, String step) {
    var bracket = step.indexOf('[');
    var property = schema.path("properties").path(bracket < 0 ? step : step.substring(0, bracket));
    assertThat(property.isMissingNode()).as(step).isFalse();
    if (bracket < 0) {
      return property;
    }
    var item = property.get("items");
    var key =
        item.get("properties").get(property.get("x-kubernetes-list-map-keys").get(0).asText());
    var value = step.substring(bracket + 1, step.length() - 1);
    assertThat(value.isEmpty() || accepts(key, value)).as(step).isTrue();
    return item;
  }

  private static boolean accepts(JsonNode schema, String value) {
    if (schema.has("items")) {
      return accepts(schema.get("items"), value);
    }
    if (schema.has("enum")) {
      return values(schema.get("enum")).contains(value);
    }
    return switch (schema.get("type").asText()) {
      case "boolean" -> Set.of("true", "false").contains(value);
      case "integer" -> inside(schema, Long.parseLong(value));
      default -> !schema.has("pattern") || value.matches(schema.get("pattern").asText());
    };
  }

  private static boolean inside(JsonNode schema, long value) {
    return value >= schema.get("minimum").asLong() && value <= schema.get("maximum").asLong();
  }

  private static Set<String> values(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }
}
