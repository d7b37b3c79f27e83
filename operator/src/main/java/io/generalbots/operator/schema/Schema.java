package io.generalbots.operator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A structural OpenAPI schema, as in a CustomResourceDefinition.
 *
 * @param node the schema as JSON
 */
public record Schema(JsonNode node) {

  /** The schema of the first version of a definition. */
  public static Schema of(JsonNode definition) {
    return new Schema(definition.at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  /** The schema of a property. */
  public Schema property(String name) {
    return new Schema(node.path("properties").path(name));
  }

  /** The schema of the items of a list. */
  public Schema items() {
    return new Schema(node.path("items"));
  }

  /** The field by which items of a list are told apart. */
  public String listKey() {
    return node.at("/x-kubernetes-list-map-keys/0").asText();
  }

  /** What holds if nothing is said. */
  public Optional<JsonNode> fallback() {
    return Optional.ofNullable(node.get("default")).map(JsonNode::deepCopy);
  }

  /**
   * A copy of the value with every default filled in, by the API server's rule: a default applies
   * where its parent object exists and the property does not, and defaults inside of defaults apply
   * too.
   */
  public JsonNode defaulted(JsonNode value) {
    JsonNode copy = value.deepCopy();
    fill(copy);
    return copy;
  }

  private void fill(JsonNode value) {
    if (value instanceof ObjectNode object) {
      node.path("properties").fieldNames().forEachRemaining(name -> fill(object, name));
      additional().ifPresent(schema -> object.forEach(schema::fill));
    } else if (value instanceof ArrayNode array) {
      array.forEach(items()::fill);
    }
  }

  private void fill(ObjectNode object, String name) {
    var schema = property(name);
    var fallback = schema.node().get("default");
    if (!object.has(name) && fallback != null) {
      object.set(name, fallback.deepCopy());
    }
    if (object.has(name)) {
      schema.fill(object.get(name));
    }
  }

  private Optional<Schema> additional() {
    var schema = node.get("additionalProperties");
    return schema != null && schema.isObject() ? Optional.of(new Schema(schema)) : Optional.empty();
  }
}
