package io.generalbots.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.generalbots.operator.schema.Objections;
import io.generalbots.operator.schema.Schema;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting has one field that exists, and takes what the setting takes. */
class ConfigKeysTest {

  private static final int KEYS = 69;

  static List<ConfigKey> keys() {
    return ConfigKeys.all();
  }

  static List<Keys.Example> examples() {
    return Keys.examples();
  }

  @Test
  void noneIsMissingAndNoneInvented() {
    var known = examples().stream().map(Keys.Example::key).distinct().sorted().toList();
    assertThat(known).hasSize(KEYS);
    assertThat(keys()).extracting(ConfigKey::name).containsExactlyElementsOf(known);
  }

  @Test
  void everyOneHasAFieldOfItsOwn() {
    assertThat(keys()).extracting(key -> key.target() + " " + key.path()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void itsFieldHoldsOneValueAndIsDescribed(ConfigKey key) {
    var field = field(key);
    assertThat(field.node().path("type").asText()).isEqualTo(type(key));
    assertThat(field.node().path("description").asText()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void anItemItNamesCanBeThere(ConfigKey key) {
    var schema = key.target().schema();
    for (var step : key.path().steps()) {
      var list = schema.property(step.field());
      step.item()
          .filter(item -> !item.isEmpty())
          .ifPresent(
              item -> assertThat(words(list.items().property(list.listKey()))).contains(item));
      schema = step.in(schema);
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyWordOfItsFieldCanBeSaid(ConfigKey key) {
    var form = key.form() instanceof Form.Several several ? several.form() : key.form();
    if (form instanceof Form.Choice choice) {
      var field = key.form() instanceof Form.Several ? field(key).items() : field(key);
      assertThat(choice.words())
          .extracting(word -> choice.read(word, field).map(JsonNode::asText).orElse(word))
          .containsExactlyInAnyOrderElementsOf(words(field));
    } else {
      assertThat(words(field(key))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itsFieldTakesTheExampleAndGivesItBack(Keys.Example example) {
    var key = ConfigKeys.find(example.key()).orElseThrow();
    var value = key.form().read(example.value(), field(key)).orElseThrow();
    if (!key.path().isOfEveryItem()) {
      assertThat(Objections.to("", field(key), value)).isEmpty();
    }
    // Valkey is chosen by the number of users, as the other messengers are.
    var spelled = "redis".equals(example.value()) ? "auto" : example.value();
    assertThat(key.form().write(value)).isEqualTo(spelled);
  }

  private static String type(ConfigKey key) {
    if (key.form() instanceof Form.Flag) {
      return "boolean";
    } else if (key.form() instanceof Form.Count) {
      return "integer";
    }
    return key.form() instanceof Form.Several && !key.path().isOfEveryItem() ? "array" : "string";
  }

  private static Schema field(ConfigKey key) {
    return key.path().in(key.target().schema());
  }

  private static List<String> words(Schema field) {
    return StreamSupport.stream(field.node().path("enum").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
