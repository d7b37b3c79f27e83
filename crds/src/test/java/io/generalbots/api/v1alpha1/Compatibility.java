package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What in a new schema would refuse, lose or reinterpret what the old one accepted. */
final class Compatibility {

  /** A field of these may rise or vanish, but not fall or appear. */
  private static final List<String> UPPER =
      List.of("maxLength", "maxItems", "maxProperties", "maximum");

  private static final List<String> LOWER =
      List.of("minLength", "minItems", "minProperties", "minimum");

  private static final List<String> FIXED =
      List.of("type", "default", "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "format");

  private final List<String> breaks = new ArrayList<>();

  private Compatibility() {}

  /** The breaking differences between two versions of a CRD, each with its path. */
  static List<String> breaks(JsonNode old, JsonNode young) {
    var check = new Compatibility();
    for (var name : List.of("group", "scope", "names")) {
      check.same(name, old.path("spec").path(name), young.path("spec").path(name));
    }
    check.compare("", SchemaField.root(old), SchemaField.root(young));
    return List.copyOf(check.breaks);
  }

  private void compare(String path, JsonNode old, JsonNode young) {
    FIXED.forEach(name -> same(path + " " + name, old.path(name), young.path(name)));
    UPPER.forEach(name -> notLower(path + " " + name, old.path(name), young.path(name)));
    LOWER.forEach(name -> notHigher(path + " " + name, old.path(name), young.path(name)));
    pattern(path, old.path("pattern"), young.path("pattern"));
    enumeration(path, old.path("enum"), young.path("enum"));
    added(path + " required", values(old.path("required")), values(young.path("required")));
    added(path + " rule", rules(old), rules(young));
    old.path("properties")
        .properties()
        .forEach(entry -> property(path, entry.getKey(), entry.getValue(), young));
    contents(path + "[]", "items", old, young);
    contents(path + "{}", "additionalProperties", old, young);
  }

  private void property(String path, String name, JsonNode old, JsonNode young) {
    var property = young.path("properties").path(name);
    if (property.isMissingNode()) {
      breaks.add(path + "." + name + ": removed");
    } else {
      compare(path + "." + name, old, property);
    }
  }

  private void contents(String path, String name, JsonNode old, JsonNode young) {
    if (old.has(name) && young.has(name)) {
      compare(path, old.get(name), young.get(name));
    }
  }

  private void same(String what, JsonNode old, JsonNode young) {
    if (!old.equals(young)) {
      breaks.add(what + ": was " + old + ", is " + young);
    }
  }

  private void notLower(String what, JsonNode old, JsonNode young) {
    if (young.isNumber() && (!old.isNumber() || young.asDouble() < old.asDouble())) {
      breaks.add(what + ": lowered to " + young);
    }
  }

  private void notHigher(String what, JsonNode old, JsonNode young) {
    if (young.isNumber() && (!old.isNumber() || young.asDouble() > old.asDouble())) {
      breaks.add(what + ": raised to " + young);
    }
  }

  private void pattern(String path, JsonNode old, JsonNode young) {
    if (!young.isMissingNode()) {
      same(path + " pattern", old, young);
    }
  }

  private void enumeration(String path, JsonNode old, JsonNode young) {
    if (young.isMissingNode()) {
      return;
    }
    var gone = values(old);
    gone.removeAll(values(young));
    if (old.isMissingNode() || !gone.isEmpty()) {
      breaks.add(path + " enum: narrowed by " + gone);
    }
  }

  private void added(String what, Set<String> old, Set<String> young) {
    young.stream()
        .filter(value -> !old.contains(value))
        .forEach(value -> breaks.add(what + ": new: " + value));
  }

  private static Set<String> rules(JsonNode schema) {
    var rules = new LinkedHashSet<String>();
    schema.path("x-kubernetes-validations").forEach(rule -> rules.add(rule.path("rule").asText()));
    return rules;
  }

  private static Set<String> values(JsonNode array) {
    var values = new LinkedHashSet<String>();
    StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).forEach(values::add);
    return values;
  }
}
