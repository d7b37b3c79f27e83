package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.Sql.name;
import static io.generalbots.operator.external.Sql.text;

import io.generalbots.operator.residents.Restraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done so that a tenant's database or schema is as a step says: nothing where all is.
 *
 * @param step what is wanted
 * @param dwelling its names
 * @param space what is to be the tenant's
 * @param found what is there
 */
record Opening(OpenDatabase step, Dwelling dwelling, Space space, Found found) {

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
    var space = Space.of(step.room(), dwelling, found);
    space.claim();
    return new Opening(step, dwelling, space, found);
  }

  /** In order; each holds on its own, so that whoever comes after a crash goes on from there. */
  Change change() {
    var deeds = new ArrayList<Deed>();
    owner().forEach(statement -> deeds.add(new Deed.OnServer(statement)));
    deeds.addAll(space.made(step.connections()));
    logins().forEach(statement -> deeds.add(new Deed.OnServer(statement)));
    deeds.add(new Deed.EndSessions(ended()));
    return new Change(deeds);
  }

  private List<String> logins() {
    var statements = new ArrayList<String>();
    step.logins().forEach(login -> statements.addAll(login(login)));
    statements.addAll(closed());
    return statements;
  }

  private List<String> ended() {
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
    return found.role(dwelling.owner()).map(this::owner).orElseGet(() -> List.of(newOwner()));
  }

  private String newOwner() {
    var all = new ArrayList<>(List.of("CREATE ROLE %s NOLOGIN".formatted(name(dwelling.owner()))));
    space.groups().forEach(group -> all.add(join(group)));
    all.add(mark());
    return String.join("; ", all);
  }

  private List<String> owner(Role role) {
    var statements = new ArrayList<String>();
    if (role.mayLogIn()) {
      statements.add("ALTER ROLE %s NOLOGIN".formatted(name(role.name())));
    }
    space.groups().stream()
        .filter(group -> !role.groups().contains(group))
        .forEach(group -> statements.add(join(group)));
    if (!role.mark().equals(dwelling.mark())) {
      statements.add(mark());
    }
    return statements;
  }

  private String mark() {
    return "COMMENT ON ROLE %s IS %s".formatted(name(dwelling.owner()), text(dwelling.mark()));
  }

  private String join(String group) {
    return "GRANT %s TO %s WITH INHERIT FALSE, SET FALSE".formatted(group, name(dwelling.owner()));
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
    statements.addAll(ofSpace(login, present));
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

  private List<String> ofSpace(String login, List<String> present) {
    return space.settings().entrySet().stream()
        .filter(s -> !present.contains(s.getKey() + "=" + s.getValue()))
        .map(s -> "ALTER ROLE %s SET %s = %s".formatted(name(login), s.getKey(), s.getValue()))
        .toList();
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
