package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;

/** A field in a table of the reference. */
record Row(String path, JsonNode schema, boolean required) {

  static List<Row> fieldsOf(String prefix, JsonNode schema) {
    var required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    return schema.path("properties").properties().stream()
        .map(
            entry ->
                new Row(
                    prefix + entry.getKey(),
                    entry.getValue(),
                    required.contains(entry.getKey()) && !entry.getValue().has("default")))
        .toList();
  }

  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  String text() {
    return schema.path("description").asText().replace("|", "\\|").replace("<", "&lt;");
  }

  String type() {
    if (schema.has("enum")) {
      return StreamSupport.stream(schema.get("enum").spliterator(), false)
          .map(value -> "`" + value.asText() + "`")
          .reduce((left, right) -> left + " " + right)
          .orElseThrow();
    }
    return typeName(schema) + bounds();
  }

  /** The default; that of an object is left out, for its fields show theirs. */
  String standard() {
    var standard = schema.path("default");
    if (standard.isMissingNode() || standard.isObject()) {
      return "";
    }
    return "`" + (standard.isTextual() ? standard.asText() : standard.toString()) + "`";
  }

  private static String typeName(JsonNode schema) {
    if (schema.has("x-kubernetes-int-or-string")) {
      return "quantity";
    }
    if (schema.has("items")) {
      var items = schema.get("items");
      return "list of " + (items.has("enum") ? String.join(", ", values(items)) : typeName(items));
    }
    if (schema.has("additionalProperties")) {
      return "map of " + typeName(schema.get("additionalProperties"));
    }
    return schema.path("format").asText(schema.path("type").asText());
  }

  private static List<String> values(JsonNode schema) {
    return StreamSupport.stream(schema.get("enum").spliterator(), false)
        .map(value -> "`" + value.asText() + "`")
        .toList();
  }

  private String bounds() {
    var bounds = new StringJoiner(", ", ", ", "");
    bounds.setEmptyValue("");
    if (schema.has("minimum") && schema.has("maximum")) {
      bounds.add(schema.get("minimum").asText() + " to " + schema.get("maximum").asText());
    } else if (schema.has("minimum")) {
      bounds.add("at least " + schema.get("minimum").asText());
    }
    if (schema.has("maxItems")) {
      bounds.add("at most " + schema.get("maxItems").asText());
    }
    return bounds.toString();
  }
}
