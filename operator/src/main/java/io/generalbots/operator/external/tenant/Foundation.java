package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.Sql.name;
import static io.generalbots.operator.external.Sql.text;

import io.generalbots.operator.kernel.NotOurs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The database that Tenants share, each with a schema of its own, and two roles: one that everybody
 * who may come in is a member of, and the keeper, who owns the database and its schemas and can do
 * nothing elsewhere. Nobody can be in the database before it is closed to the public.
 *
 * @param keeper how the keeper logs in
 * @param found what is there
 */
record Foundation(Credential keeper, Found found) {

  /** Who enters the shared database for the operator: it can make no role and no database. */
  static final String KEEPER = Room.SHARED + "_keeper";

  /** Looks and changes take a moment each, measures a little more. */
  private static final int CONNECTIONS = 20;

  static final Subject SUBJECT =
      new Subject() {
        @Override
        public String words() {
          return "the database " + Room.SHARED;
        }

        @Override
        public List<String> roles() {
          return List.of(Room.SHARED, KEEPER);
        }

        @Override
        public String space() {
          return Room.SHARED;
        }
      };

  Change change() {
    claim();
    var statements = new ArrayList<String>();
    if (found.role(Room.SHARED).isEmpty()) {
      statements.add("CREATE ROLE %s NOLOGIN".formatted(name(Room.SHARED)));
    }
    statements.addAll(login());
    statements.addAll(database());
    return new Change(statements.stream().<Deed>map(Deed.OnServer::new).toList());
  }

  /** Whoever made something of these names by hand meant something else. */
  private void claim() {
    found.roles().stream()
        .filter(role -> !role.isBounded())
        .findFirst()
        .ifPresent(
            role -> {
              throw new NotOurs("role " + role.name());
            });
    if (found.database().filter(database -> !database.owner().equals(KEEPER)).isPresent()) {
      throw new NotOurs("database " + Room.SHARED);
    }
  }

  private List<String> login() {
    var role = found.role(KEEPER);
    var verifier = Verifier.of(keeper);
    var attributes = "LOGIN CONNECTION LIMIT %d PASSWORD %s".formatted(CONNECTIONS, text(verifier));
    if (role.isEmpty()) {
      return List.of(
          "CREATE ROLE %1$s %2$s; GRANT %3$s TO %1$s WITH INHERIT FALSE, SET FALSE; GRANT %4$s TO %1$s WITH INHERIT FALSE, SET FALSE"
              .formatted(name(KEEPER), attributes, Dwelling.GROUP, name(Room.SHARED)));
    }
    return role.filter(r -> !r.mayLogIn() || !r.verifier().equals(verifier))
        .map(r -> List.of("ALTER ROLE %s %s".formatted(name(KEEPER), attributes)))
        .orElse(List.of());
  }

  private List<String> database() {
    var name = name(Room.SHARED);
    var statements = new ArrayList<String>();
    if (found.database().isEmpty()) {
      statements.add(
          "CREATE DATABASE %s OWNER %s ALLOW_CONNECTIONS false".formatted(name, name(KEEPER)));
    }
    if (found.database().map(Database::isPublic).orElse(true)) {
      statements.add("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
    }
    if (!found.database().map(Database::isOpen).orElse(false)) {
      statements.add("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name));
    }
    return statements;
  }

  /** Names no password: the text may be logged. */
  @Override
  public String toString() {
    return SUBJECT.words() + Optional.of(found).map(f -> " with " + f.roles()).orElse("");
  }
}
