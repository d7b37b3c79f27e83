package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.UncheckedIOException;

/** A CRD as text: whole numbers without a fraction, and quotes that YAML 1.1 needs. */
final class CrdYaml {

  private static final String HEADER =
      """
      # Generated from the records in crds/src/main/java: change those, then run
      #   mvn -pl crds test -Dcrds=write
      """;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private CrdYaml() {}

  static String of(CustomResourceDefinition crd) {
    return HEADER + text(tree(crd));
  }

  /** What a chart carries: the same, kept when the chart is uninstalled. */
  static String ofChart(CustomResourceDefinition crd) {
    var tree = tree(crd);
    ((ObjectNode) tree.get("metadata"))
        .putObject("annotations")
        .put("helm.sh/resource-policy", "keep");
    return HEADER + text(tree);
  }

  static ObjectNode tree(Object resource) {
    var tree = new KubernetesSerialization().convertValue(resource, ObjectNode.class);
    wholeNumbers(tree);
    return tree;
  }

  static JsonNode parse(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(JsonNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void wholeNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(entry -> object.set(entry.getKey(), wholeNumber(entry.getValue())));
    } else if (node instanceof ArrayNode array) {
      array.forEach(CrdYaml::wholeNumbers);
    }
  }

  private static JsonNode wholeNumber(JsonNode node) {
    if (node.isDouble() && node.doubleValue() == Math.rint(node.doubleValue())) {
      return LongNode.valueOf(node.longValue());
    }
    wholeNumbers(node);
    return node;
  }
}
