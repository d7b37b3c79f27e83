"""Triggers in the source that note which rows were written to. They need no right that the Tenant has not, hold across
failovers, and hold back nothing when nobody reads what they note."""

from psycopg2 import sql

from servers import SCHEMA, ask, one, patiently

ROW, WHOLE = SCHEMA, f"{SCHEMA}_all"

# Types whose text is the same whatever a session has set.
PLAIN = (
    *("smallint", "integer", "bigint", "numeric", "oid", "uuid", "boolean"),
    *("text", "character varying", "bpchar", "name"),
)

SETTINGS = """
SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET timezone = 'UTC' SET extra_float_digits = 3
SET bytea_output = 'hex'
"""

HEAD = """
CREATE OR REPLACE FUNCTION {schema}.{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
"""

NOTE_TABLE = f"""
BEGIN
  INSERT INTO {SCHEMA}.change (relation) VALUES (TG_RELID);
  RETURN NULL;
END
"""

# A key that changes is two rows that were written to.
NOTE_ROW = f"""
DECLARE
  former text[];
  present text[];
BEGIN
  IF TG_OP <> 'INSERT' THEN former := %s; END IF;
  IF TG_OP <> 'DELETE' THEN present := %s; END IF;
  IF former IS NOT NULL AND (present IS NULL OR present <> former) THEN
    INSERT INTO {SCHEMA}.change (relation, key) VALUES (TG_RELID, former);
  END IF;
  IF present IS NOT NULL THEN
    INSERT INTO {SCHEMA}.change (relation, key) VALUES (TG_RELID, present);
  END IF;
  RETURN NULL;
END
"""

PRESENT = f"""
SELECT tgrelid::bigint, count(*) FROM pg_trigger
WHERE tgname IN ('{ROW}', '{WHOLE}') AND NOT tgisinternal AND tgenabled = 'A' GROUP BY 1
"""

LEFT = f"""
SELECT format('%I.%I', n.nspname, c.relname), t.tgname FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace m ON m.oid = p.pronamespace
WHERE m.nspname = '{SCHEMA}' AND NOT t.tgisinternal AND t.tgparentid = 0 ORDER BY 1, 2
"""

EXISTS = f"SELECT count(*) FROM pg_namespace WHERE nspname = '{SCHEMA}'"


def install(session, tables, told):
    """Begins to note: when it returns, nothing is written that is not noted. A trigger waits for all who write to its table,
    so that a snapshot of later has what was written before."""
    make(session, "note_all", NOTE_TABLE, "")
    present = dict(ask(session, PRESENT))
    for table in tables:
        note(session, table)
        if present.get(table.oid) != 2:
            patiently(session, [*triggers(table)], lambda n, t=table: told(f"waiting for those who write to {t.name}"))


def note(session, table):
    if not table.key:
        make(session, f"note_{table.oid}", NOTE_TABLE, "")
        return
    isPlain = all(k["type"] in PLAIN for k in table.key)
    body = NOTE_ROW % (table.key_text("OLD"), table.key_text("NEW"))
    make(session, f"note_{table.oid}", body, "" if isPlain else SETTINGS)


def make(session, name, body, settings):
    head = sql.SQL(HEAD).format(schema=sql.Identifier(SCHEMA), name=sql.Identifier(name))
    ask(session, head + sql.SQL(settings + " AS ") + sql.Literal(body))


def triggers(table):
    """They fire whatever a session says of triggers; one that somebody switched off and on again is told by that."""
    yield (
        f"CREATE OR REPLACE TRIGGER {ROW} AFTER INSERT OR UPDATE OR DELETE ON {table.name}"
        f" FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.note_{table.oid}()"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {WHOLE} AFTER TRUNCATE ON {table.name}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {SCHEMA}.note_all()"
    )
    yield f"ALTER TABLE {table.name} ENABLE ALWAYS TRIGGER {ROW}, ENABLE ALWAYS TRIGGER {WHOLE}"


def is_whole(session, tables):
    """Whether all are there, and nobody switched one off."""
    present = dict(ask(session, PRESENT))
    return all(present.get(table.oid) == 2 for table in tables)


def remove(session):
    """The source as it was before."""
    if not one(session, EXISTS):
        return
    for table, trigger in ask(session, LEFT):
        patiently(session, [f"DROP TRIGGER IF EXISTS {trigger} ON {table}"], lambda n: None)
    ask(session, f"SET client_min_messages = warning; DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
