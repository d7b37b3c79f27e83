package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.Sql.name;

import io.generalbots.operator.kernel.NotOurs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A database that is one Tenant's, which its owner may do anything in.
 *
 * @param dwelling its names
 * @param found what is there
 */
record OwnDatabase(Dwelling dwelling, Found found) implements Space {

  @Override
  public void claim() {
    var owner = dwelling.owner();
    if (SharedSchema.isOf(dwelling, found)) {
      throw new NotOurs("role " + owner);
    }
    if (!found.database().map(Database::owner).orElse(owner).equals(owner)
        || (found.database().isPresent() && found.role(owner).isEmpty())) {
      throw new NotOurs("database " + owner);
    }
  }

  @Override
  public List<String> groups() {
    return List.of(Dwelling.GROUP);
  }

  /** One that was handed over stays closed. */
  @Override
  public List<Deed> made(int connections) {
    return found.isHandedOver(dwelling) ? List.of() : opened(connections);
  }

  /** Nobody can enter it before its rights are as they should be. */
  private List<Deed> opened(int connections) {
    var name = name(dwelling.owner());
    var deeds = new ArrayList<Deed>();
    if (found.database().isEmpty()) {
      deeds.add(
          new Deed.OnServer(
              "CREATE DATABASE %1$s OWNER %1$s ALLOW_CONNECTIONS false CONNECTION LIMIT %2$d"
                  .formatted(name, connections)));
    }
    if (found.database().map(Database::isPublic).orElse(true)) {
      deeds.add(new Deed.OnServer("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name)));
    }
    if (found.database().map(d -> isChanged(d, connections)).orElse(true)) {
      deeds.add(
          new Deed.OnServer(
              "ALTER DATABASE %s ALLOW_CONNECTIONS true IS_TEMPLATE false CONNECTION LIMIT %d"
                  .formatted(name, connections)));
    }
    return deeds;
  }

  private static boolean isChanged(Database database, int connections) {
    return !database.isOpen() || database.isTemplate() || database.limit() != connections;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public List<Deed> removed() {
    var name = name(dwelling.owner());
    var deeds = new ArrayList<Deed>();
    // One whose removal was cut off takes no ALTER any more, only another DROP.
    if (found.database().filter(Database::isTemplate).isPresent()) {
      deeds.add(new Deed.OnServer("ALTER DATABASE %s IS_TEMPLATE false".formatted(name)));
    }
    if (found.database().isPresent()) {
      deeds.add(new Deed.OnServer("DROP DATABASE %s WITH (FORCE)".formatted(name)));
    }
    return deeds;
  }
}
