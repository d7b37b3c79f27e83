package io.generalbots.operator.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.generalbots.operator.config.Remark.Weight;
import io.generalbots.operator.schema.Objections;
import io.generalbots.operator.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifests as they grow, what they grew from, and what there is to say about it. */
final class Draft {

  private final Order order;
  private final Map<Target, ObjectNode> specs = new EnumMap<>(Target.class);
  private final Map<String, ConfigFile.Line> given = new LinkedHashMap<>();
  private final List<Remark> remarks = new ArrayList<>();

  Draft(Order order) {
    this.order = order;
    spec(Target.BOT_CLUSTER).put("domain", order.domain());
  }

  Order order() {
    return order;
  }

  /** The spec of this kind, which is there from now on. */
  ObjectNode spec(Target target) {
    return specs.computeIfAbsent(target, t -> JsonNodeFactory.instance.objectNode());
  }

  /** A part of the spec of a BotCluster. */
  ObjectNode cluster(String block) {
    return spec(Target.BOT_CLUSTER).withObjectProperty(block);
  }

  boolean asksFor(Target target) {
    return specs.containsKey(target);
  }

  /** Puts the value of a line where its key belongs. */
  void put(ConfigKey key, ConfigFile.Line line, JsonNode value) {
    given.put(key.name(), line);
    var root = JsonNodeFactory.instance.objectNode();
    root.set("spec", spec(key.target()));
    key.path().put(root, key.target().schema(), value);
  }

  /** Whether the file sets this key. */
  boolean has(String key) {
    return given.containsKey(key);
  }

  /** What the file sets for this key, as its field has it. */
  Optional<JsonNode> value(String name) {
    var key = ConfigKeys.find(name).orElseThrow();
    var root = JsonNodeFactory.instance.objectNode();
    root.set("spec", spec(key.target()));
    return has(name) ? key.path().get(root, key.target().schema()) : Optional.empty();
  }

  void error(String key, String text) {
    remark(Weight.ERROR, key, text);
  }

  void warn(String key, String text) {
    remark(Weight.WARNING, key, text);
  }

  void note(String key, String text) {
    remark(Weight.NOTE, key, text);
  }

  private void remark(Weight weight, String key, String text) {
    var line = Optional.ofNullable(given.get(key)).map(ConfigFile.Line::number).orElse(0);
    say(new Remark(weight, line, key + ": " + text));
  }

  void say(Remark remark) {
    remarks.add(remark);
  }

  Imported imported() {
    if (remarks.stream().noneMatch(r -> r.weight() == Weight.ERROR)) {
      check();
    }
    var sorted = remarks.stream().sorted(Comparator.comparingInt(Remark::line)).toList();
    var whole = new Imported(specs.keySet().stream().map(this::manifest).toList(), sorted);
    return whole.isRefused() ? new Imported(List.of(), sorted) : whole;
  }

  /** What no line is to blame for: the name and the domain, or a fault of ours. */
  private void check() {
    var name = FieldPath.of("spec.clusterRef.name").in(Target.SHARD_POLICY.schema());
    objections("the name", name, TextNode.valueOf(order.name()));
    specs.forEach((target, spec) -> objections("spec", target.schema().property("spec"), spec));
  }

  private void objections(String path, Schema schema, JsonNode value) {
    Objections.to(path, schema, value)
        .forEach(o -> say(new Remark(Weight.ERROR, 0, o.path() + ": " + o.advice())));
  }

  private JsonNode manifest(Target target) {
    var manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("apiVersion", "generalbots.io/v1alpha1");
    manifest.put("kind", target.kind());
    manifest.putObject("metadata").put("name", order.name());
    manifest.set("spec", spec(target));
    return manifest;
  }
}
