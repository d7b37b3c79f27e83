package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.tenant.Sql.name;
import static io.generalbots.operator.external.tenant.Sql.text;

import io.generalbots.operator.residents.Restraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done so that a database is as a step says: nothing where all is.
 *
 * @param step what is wanted
 * @param dwelling its names
 * @param found what is there
 */
record Opening(OpenDatabase step, Dwelling dwelling, Found found) {

  /** A query that sorts more than this on disk fails; without a limit it fills the volume. */
  private static final String TEMPORARY = "1GB";

  /** Whoever means to can write all the same, or nothing could ever be removed. */
  private static final String READ_ONLY = "default_transaction_read_only";

  static Opening of(OpenDatabase step, Found found) {
    var dwelling = new Dwelling(step.tenant(), step.holder());
    if (!dwelling.slots().containsAll(step.logins().stream().map(Credential::name).toList())) {
      throw new IllegalArgumentException("the logins of a tenant have names of its own");
    }
    found.claim(dwelling, step.adopt());
    return new Opening(step, dwelling, found);
  }

  /** In order; each holds on its own, so that whoever comes after a crash goes on from there. */
  List<String> statements() {
    var statements = new ArrayList<>(owner());
    statements.addAll(database());
    step.logins().forEach(login -> statements.addAll(login(login)));
    closed().forEach(statements::add);
    return statements;
  }

  Change change() {
    return new Change(statements(), ended());
  }

  /** The roles whose sessions are to end. */
  List<String> ended() {
    return dwelling.slots().stream().filter(slot -> !isToStay(slot)).toList();
  }

  private boolean isToStay(String slot) {
    return !step.isShut()
        && !isTurned(slot)
        && credential(slot)
            .map(Verifier::of)
            .flatMap(verifier -> found.role(slot).map(Role::verifier).map(verifier::equals))
            .orElse(false);
  }

  /** A session keeps the settings that it began with. */
  private boolean isTurned(String slot) {
    return step.turned() || found.role(slot).filter(r -> isReadOnly(r) != isHeld()).isPresent();
  }

  private boolean isHeld() {
    return step.restraint() != Restraint.NONE;
  }

  private static boolean isReadOnly(Role role) {
    return role.settings().contains(READ_ONLY + "=on");
  }

  private Optional<Credential> credential(String slot) {
    return step.logins().stream().filter(login -> login.name().equals(slot)).findFirst();
  }

  private List<String> owner() {
    var owner = name(dwelling.owner());
    var join = "GRANT %s TO %s WITH INHERIT FALSE, SET FALSE".formatted(Dwelling.GROUP, owner);
    var mark = "COMMENT ON ROLE %s IS %s".formatted(owner, text(dwelling.mark()));
    var role = found.role(dwelling.owner());
    if (role.isEmpty()) {
      return List.of("CREATE ROLE %s NOLOGIN; %s; %s".formatted(owner, join, mark));
    }
    var statements = new ArrayList<String>();
    if (role.get().mayLogIn()) {
      statements.add("ALTER ROLE %s NOLOGIN".formatted(owner));
    }
    if (!role.get().groups().contains(Dwelling.GROUP)) {
      statements.add(join);
    }
    if (!role.get().mark().equals(dwelling.mark())) {
      statements.add(mark);
    }
    return statements;
  }

  /** Nobody can enter it before its rights are as they should be. */
  private List<String> database() {
    var name = name(dwelling.owner());
    var statements = new ArrayList<String>();
    if (found.database().isEmpty()) {
      statements.add(
          "CREATE DATABASE %1$s OWNER %1$s ALLOW_CONNECTIONS false CONNECTION LIMIT %2$d"
              .formatted(name, step.connections()));
    }
    if (found.database().map(Database::isPublic).orElse(true)) {
      statements.add("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
    }
    if (found.database().map(this::isChanged).orElse(true)) {
      statements.add(
          "ALTER DATABASE %s ALLOW_CONNECTIONS true IS_TEMPLATE false CONNECTION LIMIT %d"
              .formatted(name, step.connections()));
    }
    return statements;
  }

  private boolean isChanged(Database database) {
    return !database.isOpen() || database.isTemplate() || database.limit() != step.connections();
  }

  private List<String> login(Credential login) {
    var role = found.role(login.name());
    var verifier = Verifier.of(login);
    var name = name(login.name());
    var attributes =
        "%s CONNECTION LIMIT %d PASSWORD %s"
            .formatted(step.isShut() ? "NOLOGIN" : "LOGIN", step.connections(), text(verifier));
    var statements = new ArrayList<String>();
    if (role.isEmpty()) {
      var group = name(dwelling.owner());
      statements.add("CREATE ROLE %s %s IN ROLE %s".formatted(name, attributes, group));
    } else if (isChanged(role.get(), verifier)) {
      statements.add("ALTER ROLE %s %s".formatted(name, attributes));
    }
    statements.addAll(settings(login.name(), role.map(Role::settings).orElse(List.of())));
    return statements;
  }

  private boolean isChanged(Role role, String verifier) {
    return role.mayLogIn() == step.isShut()
        || role.limit() != step.connections()
        || !role.verifier().equals(verifier);
  }

  /** Whichever login makes something, it is the owner's. */
  private List<String> settings(String login, List<String> present) {
    var statements = new ArrayList<String>();
    if (!present.contains("role=" + dwelling.owner())) {
      statements.add("ALTER ROLE %s SET role = %s".formatted(name(login), text(dwelling.owner())));
    }
    if (!present.contains("temp_file_limit=" + TEMPORARY)) {
      statements.add(
          "ALTER ROLE %s SET temp_file_limit = %s".formatted(name(login), text(TEMPORARY)));
    }
    if (isHeld() != present.contains(READ_ONLY + "=on")) {
      var change = isHeld() ? "ALTER ROLE %s SET %s = on" : "ALTER ROLE %s RESET %s";
      statements.add(change.formatted(name(login), READ_ONLY));
    }
    return statements;
  }

  /** Logins of former generations. They stay as roles: something may belong to them. */
  private List<String> closed() {
    return dwelling.slots().stream()
        .filter(slot -> credential(slot).isEmpty())
        .flatMap(slot -> found.role(slot).stream())
        .filter(role -> role.mayLogIn() || !role.verifier().isEmpty())
        .map(role -> "ALTER ROLE %s NOLOGIN PASSWORD NULL".formatted(name(role.name())))
        .toList();
  }
}
