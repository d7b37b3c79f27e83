package io.generalbots.operator.external.tenant;

import io.vertx.sqlclient.Row;
import java.util.List;

/**
 * A role as it is in the server.
 *
 * @param name of the role
 * @param mayLogIn whether it is a login
 * @param limit of its connections
 * @param mark its comment
 * @param verifier of its password; empty without one, or if it is no tenant's
 * @param settings of its sessions, as {@code name=value}
 * @param groups the roles it is a direct member of
 * @param isBounded whether it is free of rights over the server, and the provisioner's to change
 */
record Role(
    String name,
    boolean mayLogIn,
    int limit,
    String mark,
    String verifier,
    List<String> settings,
    List<String> groups,
    boolean isBounded) {

  /** Those of these names, as far as they are there. */
  static final String QUERY =
      """
      SELECT r.rolname::text, r.rolcanlogin, r.rolconnlimit,
        coalesce(shobj_description(r.oid, 'pg_authid'), ''),
        coalesce(provisioner.verifier(r.oid), ''),
        ARRAY(SELECT unnest(s.setconfig) FROM pg_db_role_setting s
          WHERE s.setrole = r.oid AND s.setdatabase = 0),
        ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
          WHERE m.member = r.oid),
        NOT (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls)
          AND EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles p ON p.oid = m.member
            WHERE m.roleid = r.oid AND p.rolname = current_user AND m.admin_option)
          AND pg_has_role(current_user, r.oid, 'USAGE') AND pg_has_role(current_user, r.oid, 'SET')
      FROM pg_roles r
      WHERE r.rolname = ANY ($1::text[]::name[])
      """;

  Role {
    settings = List.copyOf(settings);
    groups = List.copyOf(groups);
  }

  static Role of(Row row) {
    return new Role(
        row.getString(0),
        row.getBoolean(1),
        row.getInteger(2),
        row.getString(3),
        row.getString(4),
        List.of(row.getArrayOfStrings(5)),
        List.of(row.getArrayOfStrings(6)),
        row.getBoolean(7));
  }

  /** The verifier stays out of every text. */
  @Override
  public String toString() {
    return "role " + name;
  }
}
