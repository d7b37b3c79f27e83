package io.generalbots.operator.external.tenant;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be done to what a Tenant has in PostgreSQL.
 *
 * @param deeds in order
 */
record Change(List<Deed> deeds) {

  static final Change NONE = new Change(List.of());

  Change {
    deeds = List.copyOf(deeds);
  }

  /** The statements among them. */
  List<String> statements() {
    return deeds.stream()
        .flatMap(
            deed ->
                deed instanceof Deed.OnServer one
                    ? Stream.of(one.statement())
                    : deed instanceof Deed.InShared one ? Stream.of(one.statement()) : Stream.of())
        .toList();
  }

  /** The roles whose sessions end. */
  List<String> ended() {
    return deeds.stream()
        .flatMap(deed -> deed instanceof Deed.EndSessions end ? end.roles().stream() : Stream.of())
        .distinct()
        .toList();
  }
}
