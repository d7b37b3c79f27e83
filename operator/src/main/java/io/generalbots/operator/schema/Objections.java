package io.generalbots.operator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a schema has against a value: everything the API server would refuse but for rules in CEL.
 * Values are never repeated, as they may be secret.
 */
public final class Objections {

  private final List<Objection> found = new ArrayList<>();

  private Objections() {}

  /**
   * One of them.
   *
   * @param path where
   * @param advice what to do about it, as the end of a sentence
   */
  public record Objection(String path, String advice) {}

  /** All of them, in the order of the value. */
  public static List<Objection> to(String path, Schema schema, JsonNode value) {
    var objections = new Objections();
    objections.look(path, schema, value);
    return List.copyOf(objections.found);
  }

  private void look(String path, Schema schema, JsonNode value) {
    var rules = schema.node();
    if (!isOfType(rules.path("type").asText(), value)) {
      object(path, "write " + article(rules.path("type").asText()));
    } else if (rules.has("enum") && !contains(rules.get("enum"), value)) {
      object(path, "write one of " + words(rules.get("enum")));
    } else if (value instanceof ObjectNode fields) {
      fields(path, schema, fields);
    } else if (value instanceof ArrayNode items) {
      items(path, schema, items);
    } else if (value.isTextual()) {
      text(path, rules, value.asText());
    } else if (value.isNumber()) {
      number(path, rules, value.asLong());
    }
  }

  private void fields(String path, Schema schema, ObjectNode value) {
    for (var required : schema.node().path("required")) {
      if (!value.has(required.asText())) {
        object(path + "." + required.asText(), "it is required");
      }
    }
    var open = schema.node().has("additionalProperties") || !schema.node().has("properties");
    for (var field : value.properties()) {
      var inner = schema.property(field.getKey());
      if (!inner.node().isMissingNode()) {
        look(path + "." + field.getKey(), inner, field.getValue());
      } else if (!open) {
        object(path + "." + field.getKey(), "there is no such field");
      }
    }
  }

  private void items(String path, Schema schema, ArrayNode value) {
    var rules = schema.node();
    if (value.size() > rules.path("maxItems").asInt(Integer.MAX_VALUE)) {
      object(path, "write at most " + rules.get("maxItems").asInt() + " of them");
    }
    if (value.size() < rules.path("minItems").asInt(0)) {
      object(path, "write at least " + rules.get("minItems").asInt() + " of them");
    }
    if (isTold(rules) && keys(schema, value).size() < value.size()) {
      object(path, "write each of them once");
    }
    value.forEach(item -> look(path + "[]", schema.items(), item));
  }

  private static boolean isTold(JsonNode rules) {
    return List.of("set", "map").contains(rules.path("x-kubernetes-list-type").asText());
  }

  private static Set<JsonNode> keys(Schema schema, ArrayNode items) {
    var keys = new HashSet<JsonNode>();
    items.forEach(item -> keys.add(item.isObject() ? item.path(schema.listKey()) : item));
    return keys;
  }

  private void text(String path, JsonNode rules, String value) {
    if (value.length() > rules.path("maxLength").asInt(Integer.MAX_VALUE)) {
      object(path, "write at most " + rules.get("maxLength").asInt() + " characters");
    }
    if (value.length() < rules.path("minLength").asInt(0)) {
      object(path, "write at least " + rules.get("minLength").asInt() + " characters");
    }
    if (rules.has("pattern") && !value.matches(rules.get("pattern").asText())) {
      object(path, "write what matches " + rules.get("pattern").asText());
    }
  }

  private void number(String path, JsonNode rules, long value) {
    var least = rules.path("minimum").asLong(Long.MIN_VALUE);
    var most = rules.path("maximum").asLong(Long.MAX_VALUE);
    if (value < least || value > most) {
      object(path, "write a number from " + least + " to " + most);
    }
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      default -> true;
    };
  }

  private static String article(String type) {
    return ("aeiou".indexOf(type.charAt(0)) < 0 ? "a " : "an ") + type;
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
  }

  private static String words(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private void object(String path, String advice) {
    found.add(new Objection(path, advice));
  }
}
