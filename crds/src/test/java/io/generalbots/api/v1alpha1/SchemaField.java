package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A field of a schema with its path, for tests that look at every field. */
record SchemaField(String path, JsonNode schema) {

  private static final String PROPERTIES = "properties";

  /**
   * Every field below spec and status, in order; list items and map values have paths of their own.
   */
  static List<SchemaField> all(JsonNode crd) {
    var fields = new ArrayList<SchemaField>();
    for (var top : List.of("spec", "status")) {
      collect(top, root(crd).get(PROPERTIES).get(top), fields);
    }
    return fields;
  }

  static JsonNode root(JsonNode crd) {
    return crd.get("spec").get("versions").get(0).get("schema").get("openAPIV3Schema");
  }

  boolean is(String type) {
    return schema.path("type").asText().equals(type);
  }

  /** Whether it is the content of a list or map, which needs no description of its own. */
  boolean isContent() {
    return path.endsWith("[]") || path.endsWith("{}");
  }

  private static void collect(String path, JsonNode schema, List<SchemaField> fields) {
    fields.add(new SchemaField(path, schema));
    schema
        .path(PROPERTIES)
        .properties()
        .forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), fields));
    if (schema.has("items")) {
      collect(path + "[]", schema.get("items"), fields);
    }
    if (schema.has("additionalProperties")) {
      collect(path + "{}", schema.get("additionalProperties"), fields);
    }
  }
}
