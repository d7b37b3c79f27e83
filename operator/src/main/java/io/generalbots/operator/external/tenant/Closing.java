package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.tenant.Sql.name;
import static io.generalbots.operator.external.tenant.Sql.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done so that a database is closed, or gone.
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
  List<String> statements() {
    if (!found.isHeldBy(dwelling)) {
      return List.of();
    }
    found.claim(dwelling, false);
    return step.keepData() ? keep() : remove();
  }

  Change change() {
    return new Change(statements(), ended());
  }

  /** The roles whose sessions are to end. */
  List<String> ended() {
    return found.isHeldBy(dwelling) ? dwelling.slots() : List.of();
  }

  private List<String> keep() {
    var statements = new ArrayList<>(shut());
    if (found
        .role(dwelling.owner())
        .filter(r -> !r.mark().equals(dwelling.keptMark()))
        .isPresent()) {
      statements.add(
          "COMMENT ON ROLE %s IS %s".formatted(name(dwelling.owner()), text(dwelling.keptMark())));
    }
    return statements;
  }

  private List<String> shut() {
    return found.roles().stream()
        .filter(role -> role.mayLogIn() || !role.verifier().isEmpty())
        .map(role -> "ALTER ROLE %s NOLOGIN PASSWORD NULL".formatted(name(role.name())))
        .toList();
  }

  /** The mark goes last: who is interrupted knows again whose the rest is. */
  private List<String> remove() {
    var statements = new ArrayList<>(shut());
    var database = name(dwelling.owner());
    // One whose removal was cut off takes no ALTER any more, only another DROP.
    if (found.database().filter(Database::isTemplate).isPresent()) {
      statements.add("ALTER DATABASE %s IS_TEMPLATE false".formatted(database));
    }
    if (found.database().isPresent()) {
      statements.add("DROP DATABASE %s WITH (FORCE)".formatted(database));
    }
    var names = new ArrayList<>(dwelling.slots());
    names.add(dwelling.owner());
    names.stream()
        .filter(n -> found.role(n).isPresent())
        .forEach(n -> statements.add("DROP ROLE " + name(n)));
    return statements;
  }
}
