"""What cannot be carried, or would be lost without a word: all of it at once, before anything is made."""

from servers import ask, one

# Tables without a key are carried whole each time they are written to.
KEYLESS_ROWS = 100_000

NAMED = 5

OWNER = "(SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)"
OURS = "(SELECT oid FROM pg_namespace WHERE nspname ~ '^(pg_|generalbots_move$)')"
MINE = f"c.relowner = {OWNER} AND c.relnamespace NOT IN {OURS}"
TABLE = "format('%I.%I', n.nspname, c.relname)"
CLASSES = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
HERE = "(SELECT oid FROM pg_database WHERE datname = current_database())"

# What people read, and a query that names what it is about.
OF_SOURCE = {
    "large objects, which no trigger sees": "SELECT DISTINCT 'pg_largeobject' FROM pg_largeobject_metadata",
    "unlogged tables or sequences": f"""
        SELECT {TABLE} FROM {CLASSES} WHERE c.relpersistence = 'u' AND c.relkind IN ('r', 'S') AND {MINE}""",
    "foreign tables": f"SELECT {TABLE} FROM {CLASSES} WHERE c.relkind = 'f' AND {MINE}",
    "foreign servers, whose passwords nobody may read": f"SELECT srvname FROM pg_foreign_server WHERE srvowner = {OWNER}",
    "tables with FORCE ROW LEVEL SECURITY, of which the owner does not see all": f"""
        SELECT {TABLE} FROM {CLASSES} WHERE c.relforcerowsecurity AND {MINE}""",
    "triggers that are ENABLE ALWAYS or ENABLE REPLICA": f"""
        SELECT format('%I on %I.%I', t.tgname, n.nspname, c.relname) FROM pg_trigger t, {CLASSES}
        WHERE c.oid = t.tgrelid AND t.tgenabled IN ('A', 'R') AND NOT t.tgisinternal
        AND t.tgname !~ '^generalbots_move' AND {MINE}""",
    "publications": "SELECT pubname FROM pg_publication",
    "subscriptions": f"SELECT subname FROM pg_subscription WHERE subdbid = {HERE}",
    "prepared transactions": "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()",
    "objects that belong to another role than the owner": f"""
        SELECT pg_describe_object(d.classid, d.objid, 0) || ' of ' || r.rolname
        FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
        WHERE d.refclassid = 'pg_authid'::regclass AND d.dbid = {HERE} AND d.deptype = 'o' AND d.refobjid <> {OWNER}
        AND NOT r.rolsuper AND r.rolname !~ '^pg_' AND NOT (d.classid = 'pg_class'::regclass
          AND EXISTS (SELECT FROM pg_class t WHERE t.oid = d.objid AND t.relpersistence = 't'))""",
    "tables that its own role may not read, write or put triggers on": f"""
        SELECT {TABLE} FROM {CLASSES} WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND {MINE} AND NOT (
          has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
          AND has_table_privilege(c.oid, 'DELETE') AND has_table_privilege(c.oid, 'TRUNCATE')
          AND has_table_privilege(c.oid, 'TRIGGER') AND has_schema_privilege(n.oid, 'USAGE'))""",
    "columns with numbers of this server's catalogues (regclass and the like)": f"""
        SELECT format('%I.%I.%I', n.nspname, c.relname, a.attname) FROM pg_attribute a, {CLASSES}, pg_type t
        WHERE c.oid = a.attrelid AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND t.oid = a.atttypid
        AND EXISTS (SELECT FROM pg_type b WHERE b.oid IN (t.oid, t.typelem, t.typbasetype)
          AND b.typname ~ '^reg' AND b.typnamespace = 'pg_catalog'::regnamespace) AND {MINE}""",
    "tables without columns": f"""
        SELECT {TABLE} FROM {CLASSES} WHERE c.relkind = 'r' AND {MINE} AND NOT EXISTS (
          SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)""",
    "tables that are distributed by the hash of an enum, which each server counts for itself": f"""
        SELECT {TABLE} FROM pg_partitioned_table p, {CLASSES} WHERE c.oid = p.partrelid AND p.partstrat = 'h' AND {MINE}
        AND EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
          WHERE a.attrelid = c.oid AND a.attnum = ANY (p.partattrs::int2[]) AND t.typtype = 'e')""",
    "extensions of its own with tables in them": f"""
        SELECT extname FROM pg_extension e WHERE extowner = {OWNER} AND EXISTS (
          SELECT FROM pg_depend d JOIN pg_class c ON c.oid = d.objid
          WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
          AND d.deptype = 'e' AND c.relkind IN ('r', 'p'))""",
}

# Whether a role that something is granted to is there is asked of the target.
ROLES = f"""
SELECT DISTINCT r.rolname FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
WHERE d.refclassid = 'pg_authid'::regclass AND d.dbid = {HERE} AND d.deptype IN ('a', 'r')
"""

EXTENSIONS = f"SELECT extname, extversion, extowner = {OWNER} FROM pg_extension"

AVAILABLE = "SELECT name, version FROM pg_available_extension_versions"

SORTING = """
SELECT pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider::text,
  coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', '-')
FROM pg_database d WHERE datname = current_database()
"""

SUM = "SELECT count(*) FROM (SELECT FROM ONLY {} LIMIT {}) AS found"


def refusals(here, there, tables):
    """The reasons, as people read them."""
    found = [of_versions(here, there), of_sorting(here, there), of_extensions(here, there), of_roles(here, there)]
    found += [of(ask(here, query), what) for what, query in OF_SOURCE.items()]
    found.append(of_keys(here, tables))
    return [reason for reason in found if reason]


def of(rows, what):
    names = sorted(name for name, *_ in rows)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"it has {what}: {', '.join(names[:NAMED])}{more}" if names else ""


def of_versions(here, there):
    mine, other = here.server_version // 10000, there.server_version // 10000
    return f"the target has PostgreSQL {other}, older than {mine}" if other < mine else ""


def of_sorting(here, there):
    mine, other = (ask(session, SORTING)[0] for session in (here, there))
    if mine[0] == "SQL_ASCII":
        return "its texts have no encoding (SQL_ASCII)"
    told = f"encoding and locale of the databases differ: {', '.join(mine)} and {', '.join(other)}"
    return told if mine != other else ""


def of_extensions(here, there):
    """Those of its own are made anew; those of the platform have to be there."""
    installed = {name: version for name, version, _ in ask(there, EXTENSIONS)}
    available = set(ask(there, AVAILABLE))
    lacking = []
    for name, version, isOwn in ask(here, EXTENSIONS):
        isThere = (name, version) in available and (isOwn or name in installed)
        if not isThere and installed.get(name) != version:
            lacking.append((f"{name} {version}",))
    return of(lacking, "extensions that the target has not")


def of_roles(here, there):
    known = {name for name, in ask(there, "SELECT rolname FROM pg_roles")}
    return of([row for row in ask(here, ROLES) if row[0] not in known], "rights for roles that the target has not")


def of_keys(here, tables):
    large = [t for t in tables if not t.key and one(here, SUM.format(t.name, KEYLESS_ROWS + 1)) > KEYLESS_ROWS]
    return of([(t.name,) for t in large], f"tables without a primary key and with more than {KEYLESS_ROWS} rows")
