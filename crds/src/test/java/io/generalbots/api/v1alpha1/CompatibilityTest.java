package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A spec written for a release keeps its meaning in the next one. */
class CompatibilityTest {

  private static final Path RELEASED = CheckedIn.ROOT.resolve("crds/released");

  private static final String FIELD =
      """
      {type: string, maxLength: 9, enum: [A, B]}""";

  /** Compares with every release in crds/released; says so when there is none yet. */
  @TestFactory
  Stream<DynamicTest> nothingBreaksSince() throws IOException {
    if (!Files.isDirectory(RELEASED)) {
      return Stream.of(
          DynamicTest.dynamicTest("(no release yet)", () -> assertThat(RELEASED).doesNotExist()));
    }
    try (var files = Files.walk(RELEASED)) {
      var released = files.filter(file -> file.toString().endsWith("-v1.yml")).toList();
      return released.stream().map(CompatibilityTest::comparison);
    }
  }

  private static DynamicTest comparison(Path released) {
    var current = CheckedIn.ROOT.resolve("crds/generated").resolve(released.getFileName());
    return DynamicTest.dynamicTest(
        RELEASED.relativize(released).toString(),
        () -> assertThat(Compatibility.breaks(crd(released), crd(current))).isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          removed field       | {}                                              | removed
          other type          | a: {type: integer, maxLength: 9, enum: [A, B]}  | type: was
          narrowed enum       | a: {type: string, maxLength: 9, enum: [A]}      | narrowed by [B]
          tightened length    | a: {type: string, maxLength: 8, enum: [A, B]}   | lowered to 8
          new lower bound     | a: {type: string, maxLength: 9, minLength: 1, enum: [A, B]} | raised to 1
          new pattern         | a: {type: string, maxLength: 9, pattern: x, enum: [A, B]}   | pattern: was
          new default         | a: {type: string, maxLength: 9, default: A, enum: [A, B]}   | default: was
          """)
  void breakIsFound(String what, String field, String expected) {
    var young = synthetic(field.trim().equals("{}") ? "b: {type: string}" : field, "[]");
    assertThat(Compatibility.breaks(synthetic("a: " + FIELD, "[]"), young))
        .as(what)
        .anyMatch(found -> found.contains(expected));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new field           | a: {type: string, maxLength: 9, enum: [A, B]}, b: {type: string}
          wider enum          | a: {type: string, maxLength: 9, enum: [A, B, C]}
          more room           | a: {type: string, maxLength: 10, enum: [A, B]}
          no bounds any more  | a: {type: string}
          """)
  void extensionIsNoBreak(String what, String fields) {
    assertThat(Compatibility.breaks(synthetic("a: " + FIELD, "[]"), synthetic(fields, "[]")))
        .as(what)
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"[], [a], required: new: a", "[a], [], ''"})
  void onlyANewRequiredFieldBreaks(String before, String after, String expected) {
    var found =
        Compatibility.breaks(synthetic("a: " + FIELD, before), synthetic("a: " + FIELD, after));
    assertThat(String.join("", found)).endsWith(expected);
    assertThat(found.isEmpty()).isEqualTo(expected.isEmpty());
  }

  @Test
  void newRuleBreaks() {
    var old = synthetic("a: " + FIELD, "[]");
    var young = old.deepCopy();
    ((ObjectNode) SchemaField.root(young))
        .putArray("x-kubernetes-validations")
        .addObject()
        .put("rule", "self.a != 'A'");
    assertThat(Compatibility.breaks(old, young)).containsExactly(" rule: new: self.a != 'A'");
  }

  private static JsonNode synthetic(String fields, String required) {
    return CrdYaml.parse(
        "spec: {group: g, scope: Namespaced, names: {kind: K}, versions: [{schema: {openAPIV3Schema:"
            + " {type: object, required: "
            + required
            + ", properties: {"
            + fields
            + "}}}}]}");
  }

  private static JsonNode crd(Path file) {
    return CrdYaml.parse(Samples.text(file));
  }
}
