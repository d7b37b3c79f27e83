package io.generalbots.operator.external.tenant;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;

/**
 * What the database that tenants share has of one of them.
 *
 * @param owner of the tenant's schema, if that is there
 * @param rights of the tenant's owner in its schema
 * @param rightsInPublic of the tenant's owner in the schema {@code public}
 * @param rightsInDatabase of the tenant's owner in the database
 * @param isPublicOpen whether everybody has a right in the schema {@code public}
 * @param givers roles of other tenants who gave a right on something of theirs to one of this
 *     tenant's: while that is so, the role cannot go
 */
record Interior(
    Optional<String> owner,
    List<String> rights,
    List<String> rightsInPublic,
    List<String> rightsInDatabase,
    boolean isPublicOpen,
    List<String> givers) {

  /** Where nobody looked, as of a tenant with a database of its own. */
  static final Interior NONE =
      new Interior(Optional.empty(), List.of(), List.of(), List.of(), false, List.of());

  /** Of the tenant whose schema, and role that owns what is in it, are of this name. */
  static final String QUERY =
      """
      WITH mine AS (SELECT oid FROM pg_roles WHERE rolname = $1::text::name),
      ours AS (SELECT oid FROM pg_roles
        WHERE rolname ~ '^t[ab]?_' AND substr(rolname, strpos(rolname, '_')) = substr($1::text, 2))
      SELECT
        (SELECT pg_get_userbyid(nspowner)::text FROM pg_namespace
          WHERE nspname = $1::text::name),
        ARRAY(SELECT a.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) a, mine
          WHERE n.nspname = $1::text::name AND a.grantee = mine.oid ORDER BY 1),
        ARRAY(SELECT a.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) a, mine
          WHERE n.nspname = 'public' AND a.grantee = mine.oid ORDER BY 1),
        ARRAY(SELECT a.privilege_type FROM pg_database d, aclexplode(d.datacl) a, mine
          WHERE d.datname = current_database() AND a.grantee = mine.oid ORDER BY 1),
        EXISTS (SELECT FROM pg_namespace n, aclexplode(n.nspacl) a
          WHERE n.nspname = 'public' AND a.grantee = 0),
        ARRAY(SELECT DISTINCT r.rolname::text FROM pg_shdepend d
          LEFT JOIN pg_policy p ON d.classid = 'pg_policy'::regclass AND p.oid = d.objid
          JOIN pg_shdepend o ON o.dbid = d.dbid AND o.deptype = 'o'
            AND o.objid = coalesce(p.polrelid, d.objid)
            AND o.classid = CASE WHEN p.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass END
          JOIN pg_roles r ON r.oid = o.refobjid
          WHERE d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND d.refobjid IN (SELECT oid FROM ours) AND d.deptype IN ('a', 'r')
            AND r.oid NOT IN (SELECT oid FROM ours) AND r.rolname ~ '^t[ab]?_' ORDER BY 1)
      """;

  Interior {
    rights = List.copyOf(rights);
    rightsInPublic = List.copyOf(rightsInPublic);
    rightsInDatabase = List.copyOf(rightsInDatabase);
    givers = List.copyOf(givers);
  }

  static Interior of(Row row) {
    return new Interior(
        Optional.ofNullable(row.getString(0)),
        List.of(row.getArrayOfStrings(1)),
        List.of(row.getArrayOfStrings(2)),
        List.of(row.getArrayOfStrings(3)),
        row.getBoolean(4),
        List.of(row.getArrayOfStrings(5)));
  }
}
