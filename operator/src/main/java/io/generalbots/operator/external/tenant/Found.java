package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.Sql;
import io.generalbots.operator.kernel.NotOurs;
import java.util.List;
import java.util.Optional;

/**
 * What is in the server of what a Tenant has there.
 *
 * @param roles of its names
 * @param database of its name
 * @param interior what the database that tenants share has of it, where that was looked at
 */
record Found(List<Role> roles, Optional<Database> database, Interior interior) {

  Found {
    roles = List.copyOf(roles);
  }

  /** Where nobody looked into the database that tenants share. */
  Found(List<Role> roles, Optional<Database> database) {
    this(roles, database, Interior.NONE);
  }

  Found with(Interior seen) {
    return new Found(roles, database, seen);
  }

  Optional<Role> role(String name) {
    return roles.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** The names of all roles, as they are written in a statement. */
  String names() {
    return Sql.names(roles.stream().map(Role::name).toList());
  }

  /** Whether the database here is being handed over to another server, or was. */
  boolean isHandedOver(Dwelling dwelling) {
    var isMarked =
        role(dwelling.mover()).map(Role::mark).filter(Dwelling.HANDED_OVER::equals).isPresent();
    return isMarked && database.isPresent();
  }

  /** Whether the Tenant left its mark here. */
  boolean isHeldBy(Dwelling dwelling) {
    return role(dwelling.owner()).map(Role::mark).filter(dwelling::isOwn).isPresent();
  }

  /**
   * No role here belongs to somebody else.
   *
   * @param adopt whether what has nobody's mark is the Tenant's
   */
  void claim(Dwelling dwelling, boolean adopt) {
    var name = dwelling.owner();
    role(name).ifPresent(role -> claim(role, dwelling, adopt));
    roles.stream()
        .filter(role -> dwelling.slots().contains(role.name()))
        .filter(role -> !role.groups().contains(name) || !role.isBounded())
        .forEach(Found::refuse);
  }

  private static void claim(Role owner, Dwelling dwelling, boolean adopt) {
    var mark = owner.mark();
    var mayBe = dwelling.isOwn(mark) || (adopt && !dwelling.isAnothers(mark));
    if (!mayBe || !owner.isBounded()) {
      refuse(owner);
    }
  }

  private static void refuse(Role role) {
    throw new NotOurs("role " + role.name());
  }
}
