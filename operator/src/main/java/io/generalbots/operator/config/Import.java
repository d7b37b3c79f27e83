package io.generalbots.operator.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.generalbots.operator.config.ConfigFile.Line;
import io.generalbots.operator.config.Remark.Weight;
import io.generalbots.operator.schema.Objections;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Makes manifests of a config.csv. Nothing of the file is dropped without a word. */
public final class Import {

  private final Draft draft;

  private Import(Order order) {
    this.draft = new Draft(order);
  }

  /** The manifests, and what there is to say about them. Pure. */
  public static Imported of(String text, Order order) {
    var read = new Import(order);
    var file = ConfigFile.read(text);
    file.remarks().forEach(read.draft::say);
    read.lastOfEach(file.lines()).forEach(read::take);
    ClusterCompanions.join(read.draft);
    ShardCompanions.join(read.draft);
    return read.draft.imported();
  }

  private Collection<Line> lastOfEach(List<Line> lines) {
    var last = new LinkedHashMap<String, Line>();
    for (var line : lines) {
      var former = last.put(line.key(), line);
      if (former != null) {
        var text = ": line " + line.number() + " sets it again, and the last one counts";
        warn(former, Named.of(former.key()) + text);
      }
    }
    return last.values();
  }

  private void take(Line line) {
    var key = ConfigKeys.find(line.key());
    if (key.isEmpty()) {
      Strangers.join(draft, line);
    } else if (line.value().isEmpty()) {
      warn(line, line.key() + ": it has no value, so what holds by default holds");
    } else if (key.get().form() instanceof Form.Address form
        && Form.Address.isLocal(line.value())) {
      warn(line, line.key() + ": in a pod, this machine is the pod: left out, " + form.instead());
    } else {
      read(key.get(), line);
    }
  }

  private void read(ConfigKey key, Line line) {
    var field = key.path().in(key.target().schema());
    var value = key.form().read(line.value(), field);
    var objection = value.flatMap(v -> objection(key, v));
    if (value.isEmpty() || objection.isPresent()) {
      var advice = objection.orElse("write " + key.form().allowed());
      draft.say(new Remark(Weight.ERROR, line.number(), key.name() + ": " + advice));
    } else {
      draft.put(key, line, value.get());
      if (key.form() instanceof Form.Reference reference
          && !Form.Reference.isReference(line.value())) {
        Strangers.keepSecret(draft, line, reference.place());
      }
    }
  }

  private static Optional<String> objection(ConfigKey key, JsonNode value) {
    var field = key.path().in(key.target().schema());
    var values = key.path().isOfEveryItem() ? value : List.of(value);
    for (JsonNode one : values) {
      var objections = Objections.to("", field, one);
      if (!objections.isEmpty()) {
        return Optional.of(objections.get(0).advice());
      }
    }
    return Optional.empty();
  }

  private void warn(Line line, String text) {
    draft.say(new Remark(Weight.WARNING, line.number(), text));
  }
}
