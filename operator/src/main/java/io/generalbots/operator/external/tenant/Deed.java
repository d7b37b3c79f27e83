package io.generalbots.operator.external.tenant;

import java.util.List;

/** One thing that is done to a server; nothing secret is in it that a log could not hold. */
sealed interface Deed {

  /** A statement of the provisioner, who enters no database of a tenant. */
  record OnServer(String statement) implements Deed {}

  /** A statement of the keeper in the database that tenants share. */
  record InShared(String statement) implements Deed {}

  /**
   * All but a few of the objects of a schema there are dropped, some at a time: together they could
   * be more than a transaction can lock.
   */
  record Emptied(String schema) implements Deed {}

  /**
   * A role goes. If something in a database where it was given rights holds it, it keeps none of
   * its name, its groups or its mark, and goes later.
   *
   * @param groups it is a member of
   * @param remnant what it is called then
   */
  record Dropped(String role, List<String> groups, String remnant) implements Deed {
    public Dropped {
      groups = List.copyOf(groups);
    }
  }

  /** Roles that could not go before do so now, as far as nothing holds them any more. */
  record Swept() implements Deed {}

  /** The sessions of these roles end. */
  record EndSessions(List<String> roles) implements Deed {
    public EndSessions {
      roles = List.copyOf(roles);
    }
  }
}
