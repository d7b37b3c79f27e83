package io.generalbots.operator.external.tenant;

import io.vertx.sqlclient.Row;

/**
 * A database as it is in the server.
 *
 * @param owner of it
 * @param isOpen whether it can be entered at all
 * @param isTemplate whether it can be copied, and not dropped
 * @param isPublic whether everybody has a right to it
 * @param limit of its connections
 */
record Database(String owner, boolean isOpen, boolean isTemplate, boolean isPublic, int limit) {

  /** The one of this name, if it is there. */
  static final String QUERY =
      """
      SELECT o.rolname::text, d.datallowconn, d.datistemplate,
        EXISTS (SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
          WHERE a.grantee = 0),
        d.datconnlimit
      FROM pg_database d JOIN pg_roles o ON o.oid = d.datdba
      WHERE d.datname = $1::text::name
      """;

  static Database of(Row row) {
    return new Database(
        row.getString(0),
        row.getBoolean(1),
        row.getBoolean(2),
        row.getBoolean(3),
        row.getInteger(4));
  }
}
