package io.generalbots.operator.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.generalbots.operator.schema.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Where a field is: {@code spec.gateway.rateLimit.burst}. A list item is found by its key, as in
 * {@code rules[Cpu].above}; {@code regions[].name} is that field of every item.
 *
 * @param steps from the root down
 */
public record FieldPath(List<Step> steps) {

  /**
   * A field, or the items of one.
   *
   * @param field its name
   * @param item the key of an item; nothing for the field itself, empty for every item
   */
  record Step(String field, Optional<String> item) {

    static Step of(String text) {
      var bracket = text.indexOf('[');
      return bracket < 0
          ? new Step(text, Optional.empty())
          : new Step(
              text.substring(0, bracket),
              Optional.of(text.substring(bracket + 1, text.length() - 1)));
    }

    Schema in(Schema parent) {
      return item.isPresent() ? parent.property(field).items() : parent.property(field);
    }

    @Override
    public String toString() {
      return field + item.map(key -> "[" + key + "]").orElse("");
    }
  }

  public FieldPath {
    steps = List.copyOf(steps);
  }

  static FieldPath of(String dotted) {
    return new FieldPath(Arrays.stream(dotted.split("\\.", -1)).map(Step::of).toList());
  }

  /** What the field may hold: of every item, if it is one of every item. */
  public Schema in(Schema root) {
    var schema = root;
    for (var step : steps) {
      schema = step.in(schema);
    }
    return schema;
  }

  /** Whether it is a field of every item of a list. */
  boolean isOfEveryItem() {
    return steps.stream().anyMatch(step -> step.item().filter(String::isEmpty).isPresent());
  }

  /** The value there, if there is one. */
  Optional<JsonNode> get(JsonNode root, Schema definition) {
    var schema = definition;
    var node = root;
    for (var step : steps) {
      var field = node.path(step.field());
      node = step.item().isEmpty() ? field : item(field, schema.property(step.field()), step);
      schema = step.in(schema);
    }
    return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  private static JsonNode item(JsonNode list, Schema schema, Step step) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(item -> item.path(schema.listKey()).asText().equals(step.item().orElse("")))
        .findFirst()
        .orElseGet(JsonNodeFactory.instance::missingNode);
  }

  /** Puts the value there; a list that is not there yet begins as the one by default. */
  void put(ObjectNode root, Schema definition, JsonNode value) {
    var schema = definition;
    var parents = List.of(root);
    for (var step : steps.subList(0, steps.size() - 1)) {
      var list = schema.property(step.field());
      parents =
          step.item().isEmpty()
              ? List.of(parents.get(0).withObjectProperty(step.field()))
              : items(parents.get(0), list, step, value.size());
      schema = step.in(schema);
    }
    var last = steps.get(steps.size() - 1).field();
    for (var index = 0; index < parents.size(); index++) {
      parents.get(index).set(last, isOfEveryItem() ? value.get(index) : value);
    }
  }

  private static List<ObjectNode> items(ObjectNode parent, Schema list, Step step, int count) {
    if (!parent.has(step.field())) {
      parent.set(step.field(), list.fallback().orElseGet(JsonNodeFactory.instance::arrayNode));
    }
    var items = (ArrayNode) parent.get(step.field());
    if (step.item().orElse("").isEmpty()) {
      while (items.size() < count) {
        items.addObject();
      }
      return StreamSupport.stream(items.spliterator(), false).map(ObjectNode.class::cast).toList();
    }
    return List.of((ObjectNode) item(items, list, step));
  }

  @Override
  public String toString() {
    return String.join(".", steps.stream().map(Step::toString).toList());
  }
}
