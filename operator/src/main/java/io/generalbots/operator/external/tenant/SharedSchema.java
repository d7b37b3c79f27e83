package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.Sql.name;

import io.generalbots.operator.external.Sql;
import io.generalbots.operator.kernel.NotOurs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A schema in the database that Tenants share. It belongs to the keeper of that database, so that
 * no Tenant can let another one in; all that is in it belongs to the Tenant's owner.
 *
 * @param dwelling its names
 * @param found what is there
 */
record SharedSchema(Dwelling dwelling, Found found) implements Space {

  private static final List<String> IN_SCHEMA = List.of("CREATE", "USAGE");

  /** Extensions are there, and nobody can make anything. */
  private static final List<String> IN_PUBLIC = List.of("USAGE");

  private static final List<String> IN_DATABASE = List.of("CONNECT", "TEMPORARY");

  /** Whether what a Tenant has is such a schema. */
  static boolean isOf(Dwelling dwelling, Found found) {
    return found
        .role(dwelling.owner())
        .filter(role -> role.groups().contains(Room.SHARED))
        .isPresent();
  }

  @Override
  public void claim() {
    if (found.database().isPresent()) {
      throw new NotOurs("database " + dwelling.owner());
    }
    if (!found.interior().owner().orElse(Foundation.KEEPER).equals(Foundation.KEEPER)) {
      throw new NotOurs("schema " + dwelling.owner());
    }
  }

  /** Rules of the server let a login into the database that is named as a role it is in. */
  @Override
  public List<String> groups() {
    return List.of(Dwelling.GROUP, Room.SHARED);
  }

  @Override
  public List<Deed> made(int connections) {
    var owner = name(dwelling.owner());
    var interior = found.interior();
    var deeds = new ArrayList<Deed>();
    if (interior.isPublicOpen()) {
      deeds.add(new Deed.InShared("REVOKE ALL ON SCHEMA public FROM PUBLIC"));
    }
    if (interior.owner().isEmpty()) {
      deeds.add(new Deed.InShared("CREATE SCHEMA " + owner));
    }
    deeds.addAll(rights());
    return deeds;
  }

  private List<Deed> rights() {
    var interior = found.interior();
    var deeds = new ArrayList<Deed>();
    if (!interior.rights().equals(IN_SCHEMA)) {
      deeds.add(grant(IN_SCHEMA, "SCHEMA " + name(dwelling.owner())));
    }
    if (!interior.rightsInPublic().equals(IN_PUBLIC)) {
      deeds.add(grant(IN_PUBLIC, "SCHEMA public"));
    }
    if (!interior.rightsInDatabase().equals(IN_DATABASE)) {
      deeds.add(grant(IN_DATABASE, "DATABASE " + name(Room.SHARED)));
    }
    return deeds;
  }

  private Deed grant(List<String> rights, String object) {
    return new Deed.InShared(
        "GRANT %s ON %s TO %s"
            .formatted(String.join(", ", rights), object, name(dwelling.owner())));
  }

  /** What is temporary comes last: nobody is given another table than the one that stays. */
  @Override
  public Map<String, String> settings() {
    return Map.of("search_path", path(dwelling.owner()));
  }

  /** The path of a schema as PostgreSQL writes it, be it to a statement or into its catalogue. */
  static String path(String schema) {
    var isPlain = schema.matches("[a-z_][a-z0-9_]*");
    return (isPlain ? schema : name(schema)) + ", public, pg_temp";
  }

  /**
   * The keeper gets the rights of the roles for this alone, and of those who gave them something:
   * otherwise anybody could keep them from going. Dropping runs nothing of what is dropped.
   */
  @Override
  public List<Deed> removed() {
    var keeper = name(Foundation.KEEPER);
    var givers = Sql.names(found.interior().givers());
    var own = found.names();
    var deeds = new ArrayList<Deed>();
    var lent = givers.isEmpty() ? own : own + ", " + givers;
    deeds.add(new Deed.EndSessions(dwelling.slots()));
    deeds.add(
        new Deed.OnServer("GRANT %s TO %s WITH INHERIT TRUE, SET FALSE".formatted(lent, keeper)));
    if (found.interior().owner().isPresent()) {
      deeds.add(new Deed.Emptied(dwelling.owner()));
      deeds.add(new Deed.InShared("DROP SCHEMA %s CASCADE".formatted(name(dwelling.owner()))));
    }
    deeds.add(new Deed.InShared("DROP OWNED BY %s CASCADE".formatted(own)));
    if (!givers.isEmpty()) {
      deeds.add(new Deed.OnServer("REVOKE %s FROM %s".formatted(givers, keeper)));
    }
    return deeds;
  }
}
