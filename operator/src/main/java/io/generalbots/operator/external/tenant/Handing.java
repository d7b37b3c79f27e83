package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.Sql.name;
import static io.generalbots.operator.external.Sql.text;

import io.generalbots.operator.kernel.NotOurs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be done to a copy of a tenant's database while it is handed from server to server. A
 * mark on its mover says that it was closed for that: whoever opens databases leaves it closed.
 *
 * @param dwelling its names
 * @param found what is there
 */
record Handing(Dwelling dwelling, Found found) {

  /** Nobody gets in any more but who is in as the mover. */
  Change shut() {
    claim();
    var logins = dwelling.slots().stream().filter(s -> !s.equals(dwelling.mover())).toList();
    return new Change(
        List.of(
            new Deed.OnServer(marked(text(Dwelling.HANDED_OVER))),
            new Deed.OnServer(allowed(false)),
            new Deed.EndSessions(logins)));
  }

  /** What carries it begins anew, or not at all. */
  Change severed() {
    return new Change(List.of(new Deed.EndSessions(List.of(dwelling.mover()))));
  }

  /** It is used as before. */
  Change reopen() {
    claim();
    return new Change(List.of(new Deed.OnServer(allowed(true)), new Deed.OnServer(marked("NULL"))));
  }

  /**
   * It goes, and the mark with it.
   *
   * @param handedOver whether it has to be closed: nobody can have written to it then
   */
  Change removed(boolean handedOver) {
    if (!found.isHeldBy(dwelling)) {
      return Change.NONE;
    }
    var isOpen = found.database().filter(Database::isOpen).isPresent();
    if (handedOver && isOpen) {
      throw new NotOurs("database %s, which is open again,".formatted(dwelling.owner()));
    }
    var deeds = new ArrayList<>(new OwnDatabase(dwelling, found).removed());
    if (found.role(dwelling.mover()).isPresent()) {
      deeds.add(new Deed.OnServer(marked("NULL")));
    }
    return new Change(deeds);
  }

  private void claim() {
    found.claim(dwelling, false);
    var missing =
        Stream.of(dwelling.owner(), dwelling.mover())
            .filter(role -> found.role(role).isEmpty())
            .toList();
    if (!missing.isEmpty() || found.database().isEmpty()) {
      throw new NotOurs("database " + dwelling.owner());
    }
  }

  private String marked(String comment) {
    return "COMMENT ON ROLE %s IS %s".formatted(name(dwelling.mover()), comment);
  }

  private String allowed(boolean open) {
    return "ALTER DATABASE %s ALLOW_CONNECTIONS %s".formatted(name(dwelling.owner()), open);
  }
}
