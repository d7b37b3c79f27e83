package io.generalbots.operator.external.qdrant;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of Qdrant in one look.
 *
 * @param answering the peers that answered, their own id by the number of their pod
 * @param listed who the cluster consists of, as each that answered knows it
 * @param collections every collection
 */
record Sight(Map<Integer, Long> answering, List<List<Peer>> listed, List<Collection> collections) {

  Sight {
    answering = Map.copyOf(answering);
    listed = List.copyOf(listed);
    collections = List.copyOf(collections);
  }

  /** Whether all that answered name the same members. */
  boolean isAgreed() {
    return listed.stream().map(List::copyOf).distinct().count() == 1;
  }

  /** The members. */
  List<Peer> members() {
    return listed.isEmpty() ? List.of() : listed.get(0);
  }

  /** The member whose address names this pod. */
  Optional<Peer> member(int ordinal) {
    return members().stream().filter(p -> p.ordinal() == ordinal).findFirst();
  }

  /** Whether the member of this number is the very server that answers under it. */
  boolean isPresent(int ordinal) {
    return member(ordinal)
        .filter(p -> Long.valueOf(p.id()).equals(answering.get(ordinal)))
        .isPresent();
  }
}
