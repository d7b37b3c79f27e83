"""The outline of the database, in three parts: what rows need, what makes them quick to find, and what would fire or fail
while they come in the order of nothing."""

import dataclasses
import os
import re
import subprocess
import tempfile

from common import Trouble
from servers import SCHEMA, ask

LEFT_OUT = ("--no-owner", "--no-tablespaces", "--no-security-labels", "--no-publications", "--no-subscriptions")

ENTRY = re.compile(r"(\d+); (\d+) (\d+) (.*)")
DEPENDS = re.compile(r";\s+depends on: ([\d ]+)")

# Numbers of catalogues.
TRIGGER, EXTENSION = "2620", "3079"

FOREIGN_KEY = "FK CONSTRAINT "
LATER = ("CHECK CONSTRAINT ", "TRIGGER ", "POLICY ", "ROW SECURITY ")
NEVER = ("EVENT TRIGGER ", "PUBLICATION ", "SUBSCRIPTION ", "MATERIALIZED VIEW DATA ")

# Schemas that the platform brings into every database.
SCHEMAS = """
SELECT nspname FROM pg_namespace WHERE oid >= 16384 AND nspname <> 'public'
AND nspowner <> (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
"""

EXTENSIONS = """
SELECT oid::text FROM pg_extension WHERE extowner = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
"""

NOTES = f"SELECT oid::text FROM pg_trigger WHERE tgname IN ('{SCHEMA}', '{SCHEMA}_all')"

FOREIGN_KEYS = """
SELECT format('%I.%I', n.nspname, c.relname), quote_ident(k.conname), pg_get_constraintdef(k.oid), k.convalidated,
  format('COMMENT ON CONSTRAINT %I ON %I.%I IS %L', k.conname, n.nspname, c.relname,
    obj_description(k.oid, 'pg_constraint')),
  CASE c.relkind WHEN 'p' THEN (
    SELECT coalesce(json_agg(format('%I.%I', m.nspname, l.relname)), '[]') FROM pg_partition_tree(c.oid) p
    JOIN pg_class l ON l.oid = p.relid JOIN pg_namespace m ON m.oid = l.relnamespace WHERE p.isleaf) END
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0
  AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
ORDER BY 1, 2
"""

# In the order in which they were made: one may be of another.
VIEWS = """
SELECT format('REFRESH MATERIALIZED VIEW %I.%I', n.nspname, c.relname) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND c.relispopulated AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
ORDER BY c.oid
"""

ANALYZED = f"""
SELECT format('ANALYZE %I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence = 'p' AND n.nspname <> '{SCHEMA}'
AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER) ORDER BY 1
"""

SETTINGS = """
SELECT setting FROM pg_db_role_setting, unnest(setconfig) AS setting
WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

COMMENT = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"

PUBLIC = """
SELECT count(*) FROM pg_namespace WHERE nspname = 'public'
AND nspowner = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
"""


@dataclasses.dataclass
class Outline:
    """Statements: for rows, for quick looks, for the moment of the hand-over, and for afterwards."""

    first: str
    indexes: str
    rest: str
    afterwards: list
    views: list
    settings: list
    isPublicOwned: bool


def outline(server, session):
    """What the source has now."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "dump")
        left = [f"--exclude-schema={pattern(name)}" for name, in ask(session, SCHEMAS)]
        left.append(f"--exclude-schema={SCHEMA}")
        program(
            server, "pg_dump", "--format=custom", "--schema-only", "--lock-wait-timeout=60s", f"--role={server.owner}",
            "--file", file, *LEFT_OUT, *left,
        )
        first, indexes, rest = sorted_out(server, session, file)
        texts = [script(server, file, entries) for entries in (first, indexes, rest)]
    atOnce, afterwards = foreign_keys(session)
    views = [statement for statement, in ask(session, VIEWS)]
    texts[2] = ";\n".join([*atOnce, texts[2]])
    analyzed = [statement for statement, in ask(session, ANALYZED)]
    public = ask(session, PUBLIC)[0][0] > 0
    return Outline(*texts, [*afterwards, *views, *analyzed], views, [*settings(session, server)], public)


def program(server, *command):
    done = subprocess.run(command, env=server.environment(), capture_output=True, text=True, errors="surrogateescape")
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise Trouble(f"{command[0]} said: {said}")
    return done.stdout


def sorted_out(server, session, file):
    """The entries of a dump, by when they are made. What belongs to others is there already."""
    before = listed(program(server, "pg_restore", "--list", "--section=pre-data", file))
    after = listed(program(server, "pg_restore", "--list", "--section=post-data", file))
    depends = dependencies(program(server, "pg_restore", "--list", "--verbose", file))
    notes = {oid for oid, in ask(session, NOTES)}
    extensions = {oid for oid, in ask(session, EXTENSIONS)}
    chosen = {}
    for entry in before + after:
        chosen[entry[0]] = place(entry, server.owner, notes, extensions)
    for number, _, _, text in before + after:
        if text.startswith(("COMMENT ", "ACL ")):
            of = depends.get(number, [None])[0]
            chosen[number] = chosen.get(of, chosen[number])
    first = [e for e in before if chosen[e[0]] in ("first", "rest")]
    indexes = [e for e in after if chosen[e[0]] == "first"]
    return first, indexes, [e for e in after if chosen[e[0]] == "rest"]


def place(entry, owner, notes, extensions):
    """When an entry is made; of those of foreign keys another statement is."""
    _, catalogue, oid, text = entry
    if text.startswith((*NEVER, FOREIGN_KEY)) or (catalogue == TRIGGER and oid in notes):
        return "never"
    if catalogue == EXTENSION:
        return "first" if oid in extensions else "never"
    if text.startswith("ACL - SCHEMA public ") or text.startswith("COMMENT - SCHEMA public "):
        return "first" if text.endswith((" pg_database_owner", f" {owner}")) else "never"
    if not text.endswith(f" {owner}"):
        return "never"
    isRule = text.startswith("RULE ") and not text.endswith(f" _RETURN {owner}")
    return "rest" if isRule or text.startswith(LATER) else "first"


def listed(text):
    return [match.groups() for match in map(ENTRY.match, text.splitlines()) if match]


def dependencies(text):
    found, number = {}, None
    for row in text.splitlines():
        entry, depends = ENTRY.match(row), DEPENDS.match(row)
        if entry:
            number = entry[1]
        elif depends:
            found[number] = depends[1].split()
    return found


def script(server, file, entries):
    """Their statements. The first and the last word of a script are for psql."""
    if not entries:
        return ""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", errors="surrogateescape") as wished:
        wished.writelines(f"{number}; {catalogue} {oid} {text}\n" for number, catalogue, oid, text in entries)
        wished.flush()
        text = program(server, "pg_restore", "--file=-", f"--use-list={wished.name}", *LEFT_OUT, file)
    text = re.sub(r"\A((?:--.*\n|\n)*)\\restrict \w+\n", r"\1", text)
    return re.sub(r"\n\\unrestrict \w+\s*\Z", "\n", text)


def foreign_keys(session):
    """Statements for the hand-over, which look at no row, and for afterwards, which do. One of a partitioned table begins as
    one of each partition: it cannot be made without looking."""
    atOnce, afterwards, last = [], [], []
    for table, name, definition, isValid, comment, leaves in ask(session, FOREIGN_KEYS):
        later = definition if definition.endswith(" NOT VALID") else f"{definition} NOT VALID"
        for part in leaves if leaves is not None else [table]:
            atOnce.append(f"ALTER TABLE ONLY {part} ADD CONSTRAINT {name} {later}")
            if isValid:
                afterwards.append(f"ALTER TABLE {part} VALIDATE CONSTRAINT {name}")
        if leaves is not None:
            last.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        if not comment.endswith(" IS NULL"):
            (atOnce if leaves is None else last).append(comment)
    return atOnce, afterwards + last


def settings(session, server):
    """What a dump says nothing of: what is set for the database, and said of it."""
    name = pattern(server.database)
    with session.cursor() as cursor:
        for setting, in ask(session, SETTINGS):
            key, _, value = setting.partition("=")
            yield from _set(cursor, name, key, value)
        told = ask(session, COMMENT)[0][0]
        if told:
            yield cursor.mogrify(f"COMMENT ON DATABASE {name} IS %s", [told]).decode()


# Lists of names: one word of them each, or the list would be one name.
LISTS = ("search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries")


def _set(cursor, name, key, value):
    words = value if key in LISTS else cursor.mogrify("%s", [value]).decode()
    yield f"ALTER DATABASE {name} SET {key} = {words or chr(39) * 2}"


def pattern(name):
    """A name as pg_dump takes one that is to match nothing else."""
    return '"' + name.replace('"', '""') + '"'
