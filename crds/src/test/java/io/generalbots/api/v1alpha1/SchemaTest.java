package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What every field of every kind must have: each test lists the fields that have not. */
class SchemaTest {

  private static final List<JsonNode> CRDS =
      GeneratedCrds.all().stream().<JsonNode>map(CrdYaml::tree).toList();

  /** A refusal says what to write instead: one of these words begins the advice. */
  private static final List<String> ADVICE =
      List.of("write", "set", "remove", "raise", "lower", "create", "leave");

  @Test
  void everyFieldIsDescribedInASentence() {
    assertThat(paths(field -> !field.isContent() && !isSentence(field))).isEmpty();
  }

  @Test
  void everyStringIsBounded() {
    assertThat(paths(field -> field.is("string") && lacks(field, "enum", "maxLength"))).isEmpty();
  }

  @Test
  void everyNumberOfOursIsBoundedFromBelow() {
    assertThat(paths(field -> field.is("integer") && !isEmbedded(field) && lacks(field, "minimum")))
        .isEmpty();
  }

  @Test
  void everyListIsBounded() {
    assertThat(paths(field -> field.is("array") && lacks(field, "maxItems"))).isEmpty();
  }

  @Test
  void everyListSaysHowItMerges() {
    assertThat(paths(field -> field.is("array") && lacks(field, "x-kubernetes-list-type")))
        .isEmpty();
  }

  @Test
  void everyMapIsBounded() {
    assertThat(
            paths(
                field ->
                    field.schema().has("additionalProperties") && lacks(field, "maxProperties")))
        .isEmpty();
  }

  @Test
  void everyQuantityHasAPattern() {
    assertThat(
            paths(
                field ->
                    field.schema().has("x-kubernetes-int-or-string") && lacks(field, "pattern")))
        .isEmpty();
  }

  @Test
  void nothingUnknownIsKept() {
    assertThat(paths(field -> field.schema().has("x-kubernetes-preserve-unknown-fields")))
        .isEmpty();
  }

  @Test
  void everyRefusalSaysWhatToDo() {
    assertThat(fields(field -> field.schema().has("x-kubernetes-validations")))
        .flatMap(field -> messages(field.schema()))
        .hasSizeGreaterThan(50)
        .allSatisfy(message -> assertThat(ADVICE).anyMatch(message::contains));
  }

  @Test
  void conditionsAreAMapByType() {
    assertThat(fields(field -> field.path().equals("status.conditions")))
        .extracting(field -> field.schema().path("x-kubernetes-list-map-keys").path(0).asText())
        .containsExactly("type", "type", "type");
  }

  private static List<String> paths(Predicate<SchemaField> unwanted) {
    return fields(unwanted).stream().map(SchemaField::path).toList();
  }

  private static List<SchemaField> fields(Predicate<SchemaField> wanted) {
    return CRDS.stream().flatMap(crd -> SchemaField.all(crd).stream()).filter(wanted).toList();
  }

  private static boolean lacks(SchemaField field, String... anyOf) {
    return Stream.of(anyOf).noneMatch(field.schema()::has);
  }

  private static boolean isSentence(SchemaField field) {
    var text = field.schema().path("description").asText();
    return text.length() > 4 && text.endsWith(".") && text.length() < 400;
  }

  private static List<String> messages(JsonNode schema) {
    return StreamSupport.stream(schema.get("x-kubernetes-validations").spliterator(), false)
        .map(rule -> rule.path("message").asText())
        .toList();
  }

  private static boolean isEmbedded(SchemaField field) {
    return Stream.of("Constraints", "tolerations", "affinity", "conditions")
        .anyMatch(field.path()::contains);
  }
}
