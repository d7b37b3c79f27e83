package io.generalbots.operator.external.tenant;

import java.util.List;
import java.util.Map;

/**
 * What a Tenant has to itself beside its roles: how it is made, closed to others and removed. Its
 * roles, their passwords and marks are the same whatever it is.
 */
interface Space {

  /** What is, or is to be, a Tenant's. */
  static Space of(Room room, Dwelling dwelling, Found found) {
    return switch (room) {
      case DATABASE -> new OwnDatabase(dwelling, found);
      case SCHEMA -> new SharedSchema(dwelling, found);
      case LOGINS -> new Elsewhere();
    };
  }

  /** What a Tenant had that goes. */
  static Space found(Dwelling dwelling, Found found) {
    return of(SharedSchema.isOf(dwelling, found) ? Room.SCHEMA : Room.DATABASE, dwelling, found);
  }

  /** Nothing here belongs to somebody else. */
  void claim();

  /** The roles that the owner is a member of, without any right of theirs. */
  List<String> groups();

  /** All that makes it as it should be; nobody comes in before. */
  List<Deed> made(int connections);

  /** What sessions of the logins begin with, as it is written in a statement. */
  Map<String, String> settings();

  /** All that removes it, once nobody comes in any more. */
  List<Deed> removed();
}
