package io.generalbots.operator.network;

import java.util.Arrays;
import java.util.List;

/**
 * Somebody who may connect to somebody, on these ports and for this reason.
 *
 * @param from who connects
 * @param to to whom
 * @param ports the words for them
 * @param why one sentence
 * @param condition a field and the values for which the link is there, a field that is set, or a
 *     workload that is there; empty for always
 */
record Link(String from, String to, List<String> ports, String why, String condition) {

  static Link of(String line) {
    var cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    if (cells.size() < 4 || cells.size() > 5) {
      throw new IllegalArgumentException("write from | to | ports | why [| field=values]: " + line);
    }
    var condition = cells.size() == 5 ? cells.get(4) : "";
    var ports = List.of(cells.get(2).split(" +", -1));
    return new Link(cells.get(0), cells.get(1), ports, cells.get(3), condition);
  }

  List<PortRange> ranges() {
    return ports.stream().map(PortRange::of).toList();
  }

  boolean isOn(Port port) {
    return ranges().stream().anyMatch(range -> range.contains(port));
  }

  boolean isThereIn(Scene scene) {
    if (condition.isEmpty()) {
      return true;
    }
    if (!condition.startsWith("spec.")) {
      return scene.has(condition);
    }
    var parts = condition.split("=", 2);
    var value = scene.cluster().at("/" + parts[0].replace('.', '/'));
    return parts.length == 1
        ? value.isContainerNode() || value.isTextual()
        : List.of(parts[1].split(",", -1)).contains(value.asText());
  }
}
