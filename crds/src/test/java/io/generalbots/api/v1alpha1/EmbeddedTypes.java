package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * Describes and bounds the Kubernetes types that the API embeds: the generator knows only types.
 */
final class EmbeddedTypes {

  private static final String QUANTITY = "^[0-9]+(\\.[0-9]+)?([KMGTPE]i|[numkMGTPE])?$";

  /** They refer to volumes and claims of a pod, which the API does not offer. */
  private static final Set<String> UNUSABLE = Set.of("claims", "fileKeyRef");

  private static final Map<String, Long> LENGTHS =
      Map.of("value", 32_768L, "message", 32_768L, "key", 317L, "type", 316L);
  private static final long LENGTH = 1_024;
  private static final long QUANTITY_LENGTH = 32;
  private static final long ITEMS = 50;

  /** Where an object has the first field, the others are required as well. */
  private static final List<List<String>> REQUIRED =
      List.of(
          List.of("topologyKey", "topologyKey"),
          List.of("maxSkew", "maxSkew", "whenUnsatisfiable"),
          List.of("preference", "preference", "weight"),
          List.of("podAffinityTerm", "podAffinityTerm", "weight"),
          List.of("nodeSelectorTerms", "nodeSelectorTerms"),
          List.of("values", "key", "operator"),
          List.of("optional", "key"),
          List.of("fieldPath", "fieldPath"),
          List.of("divisor", "resource"));

  private static final Properties DESCRIPTIONS = descriptions();

  private EmbeddedTypes() {}

  static void finish(Class<?> type, JSONSchemaProps schema) {
    object(schema);
    if (type == Condition.class) {
      condition(schema);
    }
  }

  private static void object(JSONSchemaProps schema) {
    schema.getProperties().keySet().removeAll(UNUSABLE);
    schema
        .getProperties()
        .forEach(
            (name, property) -> {
              property.setDescription(description(name));
              value(name, property);
            });
    for (var rule : REQUIRED) {
      if (schema.getProperties().containsKey(rule.get(0))) {
        SchemaFinish.require(schema, rule.subList(1, rule.size()).toArray(String[]::new));
      }
    }
  }

  private static void value(String name, JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      schema.setPattern(QUANTITY);
      schema.setMaxLength(QUANTITY_LENGTH);
    } else if (schema.getType().equals("string")) {
      schema.setMaxLength(LENGTHS.getOrDefault(name, LENGTH));
    } else if (schema.getType().equals("array")) {
      schema.setMaxItems(ITEMS);
      schema.setXKubernetesListType("atomic");
      contents(name, schema.getItems().getSchema());
    } else if (schema.getAdditionalProperties() != null) {
      schema.setMaxProperties(ITEMS);
      contents(name, schema.getAdditionalProperties().getSchema());
    } else {
      object(schema);
    }
  }

  private static void contents(String name, JSONSchemaProps schema) {
    if ("object".equals(schema.getType())) {
      object(schema);
    } else {
      value(name, schema);
    }
  }

  private static void condition(JSONSchemaProps schema) {
    SchemaFinish.require(schema, "lastTransitionTime", "message", "reason", "status", "type");
    SchemaFinish.child(schema, "lastTransitionTime").setFormat("date-time");
    List<JsonNode> states =
        List.of(TextNode.valueOf("True"), TextNode.valueOf("False"), TextNode.valueOf("Unknown"));
    SchemaFinish.child(schema, "status").setEnum(states);
  }

  private static String description(String name) {
    return Objects.requireNonNull(
        DESCRIPTIONS.getProperty(name), "embedded-descriptions.properties lacks " + name);
  }

  private static Properties descriptions() {
    var properties = new Properties();
    try (InputStream stream =
        EmbeddedTypes.class.getResourceAsStream("/embedded-descriptions.properties")) {
      properties.load(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
