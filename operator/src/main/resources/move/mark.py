"""What the target knows of a move: that the database was made for it, how far it has come, and what is still to be made."""

import psycopg2
from psycopg2 import errors, sql

from common import Refusal
from servers import SCHEMA, ask, failure, one, transaction

OUTLINED, INDEXED, HANDED, GIVEN_UP = "Outlined", "Indexed", "Handed", "GivenUp"

# The source says so as well: it need not be asked again.
TOLD = "Told"

INDEXES, REST, AFTERWARDS, VIEWS = "indexes", "rest", "afterwards", "views"

PREPARED = f"""
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}.mark (move text PRIMARY KEY, state text NOT NULL, token text, digest text);
CREATE TABLE {SCHEMA}.copied (relation text PRIMARY KEY, rows bigint NOT NULL, bytes bigint NOT NULL);
CREATE TABLE {SCHEMA}.statement (
  place int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, statement text NOT NULL);
"""

MARKED = f"SELECT count(*) FROM pg_tables WHERE schemaname = '{SCHEMA}' AND tablename = 'mark'"

# What the owner has made here, by what a database knows of owners.
MADE = """
SELECT pg_describe_object(d.classid, d.objid, 0) FROM pg_shdepend d
WHERE d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND d.deptype = 'o'
AND d.refclassid = 'pg_authid'::regclass AND d.refobjid = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
AND NOT (d.classid = 'pg_class'::regclass AND EXISTS (
  SELECT FROM pg_class c WHERE c.oid = d.objid AND c.relpersistence = 't'))
ORDER BY 1 LIMIT 1
"""

PUBLIC_BACK = """
SELECT 'ALTER SCHEMA public OWNER TO pg_database_owner' FROM pg_namespace
WHERE nspname = 'public' AND nspowner = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
"""


class Mark:
    """The mark of this move in the target."""

    def __init__(self, session, owner, move):
        self.session, self.owner, self.move = session, owner, move

    def is_there(self):
        return one(self.session, MARKED) > 0

    def row(self):
        """Of which move, in what state, for which source and outline."""
        if not self.is_there():
            return (None, None, None, None)
        found = ask(self.session, f"SELECT move, state, token, digest FROM {SCHEMA}.mark")
        return found[0] if found else (None, None, None, None)

    def state(self):
        """That of this move."""
        move, state = self.row()[:2]
        return state if move == self.move else None

    def fits(self, token, digest):
        """Whether what is there can be gone on with."""
        move, state, *of = self.row()
        return move == self.move and state in (OUTLINED, INDEXED) and of == [token, digest]

    def require_place(self):
        """What is dropped is what an earlier try has made, and nothing else."""
        move, state = self.row()[:2]
        if state in (HANDED, TOLD) and move != self.move:
            raise Refusal("the target is not empty: another move has brought a database there")
        made = ask(self.session, MADE)
        if made and not self.is_there():
            raise Refusal(f"the target is not empty: it has {made[0][0]}")

    def begin(self, outline, token, digest):
        """Everything of an earlier try goes and the outline is there, or nothing happens."""
        try:
            with transaction(self.session):
                self.clear()
                if outline.isPublicOwned:
                    ask(self.session, sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(self.owner)))
                self.run(outline.first)
                for statement in outline.settings:
                    self.set(statement)
                self.keep(outline)
                ask(
                    self.session,
                    f"INSERT INTO {SCHEMA}.mark VALUES (%s, %s, %s, %s)",
                    [self.move, OUTLINED, token, digest],
                )
        except psycopg2.Error as e:
            raise failure(e, "the target did not take the outline") from e

    def set(self, statement):
        """What the owner may not set, somebody else has: the platform does so in both servers."""
        ask(self.session, "SAVEPOINT setting")
        try:
            ask(self.session, statement)
        except errors.InsufficientPrivilege:
            ask(self.session, "ROLLBACK TO SAVEPOINT setting")

    def clear(self):
        """The schema public is no part of what goes, whoever owns it: what the platform has in it would go as well."""
        ask(self.session, "SET LOCAL client_min_messages = error")
        for statement, in ask(self.session, PUBLIC_BACK):
            ask(self.session, statement)
        ask(self.session, sql.SQL("DROP OWNED BY {} CASCADE").format(sql.Identifier(self.owner)))
        ask(self.session, PREPARED)

    def keep(self, outline):
        kept = [(INDEXES, outline.indexes), (REST, outline.rest)]
        kept += [(AFTERWARDS, s) for s in outline.afterwards] + [(VIEWS, s) for s in outline.views]
        for pair in kept:
            ask(self.session, f"INSERT INTO {SCHEMA}.statement (kind, statement) VALUES (%s, %s)", pair)

    def statements(self, kind):
        found = f"SELECT place, statement FROM {SCHEMA}.statement WHERE kind = %s ORDER BY place"
        return ask(self.session, found, [kind])

    def run(self, script):
        """Statements of a dump; what they set for the session is set back."""
        if script.strip():
            ask(self.session, script)
        ask(self.session, "SET search_path = pg_catalog")

    def copied(self):
        return {name: (rows, size) for name, rows, size in ask(self.session, f"SELECT * FROM {SCHEMA}.copied")}

    def note_copied(self, table, rows, size):
        statement = f"INSERT INTO {SCHEMA}.copied VALUES (%s, %s, %s)"
        ask(self.session, statement, [table.name, rows, size])

    def enter(self, state):
        ask(self.session, f"UPDATE {SCHEMA}.mark SET state = %s", [state])

    def index(self):
        """Keys and indexes, and what a planner knows of the rows."""
        if self.row()[1] == INDEXED:
            return
        try:
            with transaction(self.session):
                for _, statement in self.statements(INDEXES):
                    self.run(statement)
                self.enter(INDEXED)
            for _, statement in self.statements(VIEWS):
                ask(self.session, statement)
            for _, statement in self.statements(AFTERWARDS):
                if statement.startswith("ANALYZE "):
                    ask(self.session, statement)
        except psycopg2.Error as e:
            raise failure(e, "the target did not take keys and indexes") from e

    def forget(self):
        ask(self.session, f"SET client_min_messages = warning; DROP SCHEMA {SCHEMA} CASCADE")
