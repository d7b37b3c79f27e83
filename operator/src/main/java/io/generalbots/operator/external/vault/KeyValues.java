package io.generalbots.operator.external.vault;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;

/**
 * A key-value engine of a vault, version 2.
 *
 * @param session of somebody who may change it
 * @param within what paths of its namespace begin with; empty for the vault's own
 * @param mount where it is
 */
record KeyValues(Session session, String within, String mount) {

  /** Mounts it, if that is yet to be done. */
  void begin() {
    var mounts = session.ask(within + "sys/mounts").orElseGet(JsonObject::new);
    if (!mounts.containsKey(mount + "/")) {
      var second = new JsonObject().put("version", "2");
      var engine = new JsonObject().put("type", "kv").put("options", second);
      session.tell(within + "sys/mounts/" + mount, engine);
    }
  }

  /** An entry that is as wished keeps its version: only so many versions are kept. */
  void write(String at, SortedMap<String, String> values) {
    var path = "%s%s/data/%s".formatted(within, mount, at);
    var wished = new JsonObject(new LinkedHashMap<>(values));
    var there = session.ask(path).map(d -> d.getJsonObject("data", new JsonObject()));
    if (there.filter(wished::equals).isEmpty()) {
      session.tell(path, new JsonObject().put("data", wished));
    }
  }

  /** What is there below a path. */
  List<String> below(String path) {
    return session.list("%s%s/metadata/%s".formatted(within, mount, path));
  }

  /** With all its versions. */
  void remove(String at) {
    session.remove("%s%s/metadata/%s".formatted(within, mount, at));
  }
}
