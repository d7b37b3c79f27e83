package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.residents.Restraint;
import java.util.List;

/**
 * What a Tenant has in PostgreSQL, with these logins and no other.
 *
 * @param cluster the name of the BotCluster
 * @param namespace of the BotCluster
 * @param room what of the server is the Tenant's own
 * @param tenant the name of the Tenant
 * @param holder the uid of the Tenant, by which what is already there is known to be its own
 * @param logins that open it; names of roles
 * @param connections that the tenant may have at a time, all logins together
 * @param suspended whether nobody gets in
 * @param adopt whether what is of this name and has nobody's mark becomes the Tenant's
 * @param restraint what the tenant may not, as there is more in it than it may have
 * @param turned whether sessions that are there began under another one
 */
public record OpenDatabase(
    String cluster,
    String namespace,
    Room room,
    String tenant,
    String holder,
    List<Credential> logins,
    int connections,
    boolean suspended,
    boolean adopt,
    Restraint restraint,
    boolean turned)
    implements ServerStep {

  public OpenDatabase {
    logins = List.copyOf(logins);
  }

  @Override
  public String server() {
    return Servers.ofDatabases(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal("DatabaseOpened", "the database of %s is %s".formatted(tenant, state()));
  }

  /** Whether nobody gets in, for whatever reason. */
  boolean isShut() {
    return suspended || restraint == Restraint.CLOSED;
  }

  private String state() {
    if (isShut()) {
      return "closed to everybody";
    }
    return restraint == Restraint.NONE ? "open to its logins" : "open to its logins, and read-only";
  }
}
