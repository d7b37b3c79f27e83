package io.generalbots.operator.external.qdrant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Looks at a cluster's Qdrant: each server is asked whom it takes for a member, one of them for the
 * collections.
 *
 * @param servers those that serve, by the number of their pod
 * @param ordinals the number of the pod that a peer's address names
 */
record Survey(TreeMap<Integer, Server> servers, ToIntFunction<String> ordinals) {

  Sight look() {
    Map<Integer, Long> answering = new TreeMap<>();
    var listed = new ArrayList<List<Peer>>();
    servers.forEach(
        (ordinal, server) -> {
          var cluster = server.read("/cluster");
          answering.put(ordinal, Reading.self(cluster));
          listed.add(Reading.members(cluster, ordinals));
        });
    return new Sight(answering, listed, collections());
  }

  private List<Collection> collections() {
    return Reading.names(first().read("/collections")).stream()
        .flatMap(name -> collection(name).stream())
        .toList();
  }

  /** Empty if somebody has deleted it meanwhile. */
  private Optional<Collection> collection(String name) {
    var path = "/collections/" + Server.encoded(name);
    try {
      return Optional.of(
          Reading.collection(name, first().read(path), first().read(path + "/cluster")));
    } catch (Refusal e) {
      if (e.isAboutNothing()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Server first() {
    return servers.firstEntry().getValue();
  }
}
