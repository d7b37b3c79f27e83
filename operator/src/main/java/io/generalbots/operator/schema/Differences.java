package io.generalbots.operator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Where two trees differ. */
public final class Differences {

  private Differences() {}

  /** The paths of the smallest parts that differ, dotted, sorted: {@code spec.backup.schedule}. */
  public static List<String> between(String path, JsonNode one, JsonNode other) {
    var found = new ArrayList<String>();
    collect(path, one, other, found);
    return List.copyOf(found);
  }

  private static void collect(String path, JsonNode one, JsonNode other, List<String> found) {
    if (one instanceof ObjectNode left && other instanceof ObjectNode right) {
      var names = new TreeSet<String>();
      left.fieldNames().forEachRemaining(names::add);
      right.fieldNames().forEachRemaining(names::add);
      names.forEach(n -> collect(path + "." + n, child(left, n), child(right, n), found));
    } else if (!isSame(one, other)) {
      found.add(path);
    }
  }

  /** A whole number is the same, however wide it was read. */
  private static boolean isSame(JsonNode one, JsonNode other) {
    return (one.isIntegralNumber() && other.isIntegralNumber())
        ? one.bigIntegerValue().equals(other.bigIntegerValue())
        : one.equals(other);
  }

  private static JsonNode child(ObjectNode object, String name) {
    return Optional.ofNullable(object.get(name)).orElseGet(object::nullNode);
  }
}
