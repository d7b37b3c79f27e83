"""Where a move stands: a row in the source, which the operator reads, and in which it says when to hand over and when to
give up."""

import os
import select

from psycopg2 import errors

from servers import SCHEMA, ask, one, transaction

COPYING, CATCHING_UP, VERIFIED, CUTTING_OVER = "Copying", "CatchingUp", "Verified", "CuttingOver"
HANDED, REFUSED, SCHEMA_CHANGED, BACK = "Handed", "Refused", "SchemaChanged", "Back"

PREPARED = f"""
CREATE SCHEMA IF NOT EXISTS {SCHEMA};
CREATE TABLE IF NOT EXISTS {SCHEMA}.course (
  move text PRIMARY KEY, phase text NOT NULL, since timestamptz NOT NULL DEFAULT now(), tables int, rows bigint,
  bytes bigint, rows_copied bigint, bytes_copied bigint, pending bigint, message text);
CREATE TABLE IF NOT EXISTS {SCHEMA}.change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, relation bigint NOT NULL, key text[]);
"""

FOREIGN = f"""
SELECT count(*) FROM pg_namespace WHERE nspname = '{SCHEMA}' AND NOT EXISTS (
  SELECT FROM pg_class WHERE relnamespace = pg_namespace.oid AND relname = 'course')
"""


class GivenUp(Exception):
    """The operator said that the Tenant stays where it is."""


class StartOver(Exception):
    """What was carried so far is of no use."""


class Course:
    """The row, on a session of its own that hears when the operator has written to it."""

    def __init__(self, session):
        self.session, self.move = session, os.environ["MOVE"]

    def is_foreign(self):
        """Whether the Tenant, or an earlier move into this database, has a schema of that name."""
        return one(self.session, FOREIGN) > 0

    def prepare(self):
        with transaction(self.session):
            ask(self.session, "SET LOCAL client_min_messages = warning")
            ask(self.session, PREPARED)
            ask(self.session, f"DELETE FROM {SCHEMA}.course WHERE move <> %s", [self.move])
            ask(
                self.session,
                f"INSERT INTO {SCHEMA}.course (move, phase) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [self.move, COPYING],
            )
        ask(self.session, f"LISTEN {SCHEMA}")

    def token(self):
        """What is another one if changes were not noted for a while."""
        return str(one(self.session, f"SELECT '{SCHEMA}.change'::regclass::oid::bigint"))

    def phase(self):
        """What the row says; without one, somebody gave up."""
        try:
            found = ask(self.session, f"SELECT phase FROM {SCHEMA}.course WHERE move = %s", [self.move])
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            found = []
        return found[0][0] if found else BACK

    def require(self):
        """The phase, unless the operator gave up."""
        phase = self.phase()
        if phase == BACK:
            raise GivenUp
        return phase

    def enter(self, phase, *former, message=None):
        """Whether it is in the phase now: it is not where the operator has written another one meanwhile."""
        changed = ask(
            self.session,
            f"UPDATE {SCHEMA}.course SET since = CASE phase WHEN %(to)s THEN since ELSE now() END, phase = %(to)s,"
            " message = CASE WHEN phase = %(to)s THEN coalesce(%(message)s, message) ELSE %(message)s END"
            " WHERE move = %(move)s AND phase = ANY(%(former)s) RETURNING phase",
            {"to": phase, "message": message, "move": self.move, "former": [phase, *former]},
        )
        ask(self.session, f"NOTIFY {SCHEMA}")
        return bool(changed)

    def note(self, **values):
        names = ", ".join(f"{name} = %({name})s" for name in values)
        statement = f"UPDATE {SCHEMA}.course SET {names} WHERE move = %(move)s"
        ask(self.session, statement, {**values, "move": self.move})

    def wait(self, seconds):
        """Until the operator has said something, at most so long."""
        if not self.session.notifies:
            select.select([self.session], [], [], seconds)
            self.session.poll()
        self.session.notifies.clear()
