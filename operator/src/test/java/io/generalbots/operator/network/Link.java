package io.generalbots.operator.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.operator.golden.Case;
import java.util.Arrays;
import java.util.List;

/**
 * Somebody who may connect to somebody, on these ports and for this reason.
 *
 * @param from who connects
 * @param to to whom
 * @param ports the words for them
 * @param why one sentence
 * @param condition a field and the values for which the link is there; empty for always
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

  List<Port> allPorts() {
    return ports.stream().flatMap(Port::of).toList();
  }

  boolean isThereIn(Case given) {
    if (condition.isEmpty()) {
      return true;
    }
    var parts = condition.split("=", 2);
    JsonNode cluster = new KubernetesSerialization().convertValue(given.cluster(), JsonNode.class);
    var value = cluster.at("/" + parts[0].replace('.', '/')).asText();
    return List.of(parts[1].split(",", -1)).contains(value);
  }
}
