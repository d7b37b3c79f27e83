package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.Sql.name;
import static io.generalbots.operator.external.Sql.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done so that a tenant's database or schema is closed, or gone.
 *
 * @param step what is wanted
 * @param dwelling its names
 * @param found what is there
 */
record Closing(CloseDatabase step, Dwelling dwelling, Found found) {

  static Closing of(CloseDatabase step, Found found) {
    return new Closing(step, new Dwelling(step.tenant(), step.holder()), found);
  }

  /** What has another mark, or none, is not this Tenant's to close. */
  Change change() {
    if (!found.isHeldBy(dwelling)) {
      return Change.NONE;
    }
    var space = Space.found(dwelling, found);
    found.claim(dwelling, false);
    space.claim();
    var deeds = new ArrayList<Deed>();
    shut().forEach(statement -> deeds.add(new Deed.OnServer(statement)));
    if (step.keepData()) {
      keep().forEach(statement -> deeds.add(new Deed.OnServer(statement)));
    } else {
      deeds.addAll(space.removed());
      deeds.addAll(roles());
    }
    deeds.add(new Deed.EndSessions(dwelling.slots()));
    return new Change(deeds);
  }

  private List<String> keep() {
    return found
        .role(dwelling.owner())
        .filter(role -> !role.mark().equals(dwelling.keptMark()))
        .map(
            role ->
                "COMMENT ON ROLE %s IS %s".formatted(name(role.name()), text(dwelling.keptMark())))
        .stream()
        .toList();
  }

  private List<String> shut() {
    return found.roles().stream()
        .filter(role -> role.mayLogIn() || !role.verifier().isEmpty())
        .map(role -> "ALTER ROLE %s NOLOGIN PASSWORD NULL".formatted(name(role.name())))
        .toList();
  }

  /**
   * What others let them do with databases of theirs the provisioner alone can take back. The mark
   * goes last: who is interrupted knows again whose the rest is.
   */
  private List<Deed> roles() {
    var deeds = new ArrayList<Deed>();
    if (!found.roles().isEmpty()) {
      deeds.add(new Deed.OnServer("DROP OWNED BY " + found.names()));
    }
    dwelling.roles().stream()
        .flatMap(name -> found.role(name).stream())
        .map(r -> new Deed.Dropped(r.name(), r.groups(), dwelling.remnant(r.name())))
        .forEach(deeds::add);
    deeds.add(new Deed.Swept());
    return deeds;
  }
}
