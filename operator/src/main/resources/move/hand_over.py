"""The moment in which the Tenant's database is no longer here but there, and what is left to do after it."""

import contextlib
import time

import psycopg2

import capture
from common import Trouble
from course import BACK, CUTTING_OVER, HANDED, SCHEMA_CHANGED, VERIFIED, GivenUp
from digest import digest
from mark import AFTERWARDS, HANDED as MARK_HANDED, REST, TOLD
from servers import ask, failure, is_passing, line, one, patiently, transaction

# So long do sessions that were ended take to end, at most.
ENDING = 20

CLOSED = "SELECT NOT datallowconn FROM pg_database WHERE datname = current_database()"

# Those of the mover's login are the operator's and ours. A superuser's write nothing of the Tenant's.
OTHERS = """
SELECT count(*) FROM pg_stat_activity a LEFT JOIN pg_roles r ON r.oid = a.usesysid
WHERE a.datname = current_database() AND a.usesysid IS NOT NULL AND a.usename <> session_user
AND NOT coalesce(r.rolsuper, false)
"""

PREPARED = "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()"

SEQUENCES = """
SELECT string_agg(format('SELECT %L, last_value, is_called FROM %I.%I', format('%I.%I', n.nspname, c.relname),
  n.nspname, c.relname), ' UNION ALL ')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND c.relpersistence = 'p' AND n.nspname <> 'generalbots_move'
AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
"""


class HandOver:
    """Everything it needs is there before: sessions, and the statements that are left."""

    def __init__(self, course, follower, mark, outlineDigest):
        self.course, self.follower, self.mark, self.digest = course, follower, mark, outlineDigest
        self.rest = "".join(statement for _, statement in mark.statements(REST))
        self.sequences = one(follower.here, SEQUENCES)
        self.rehearse()

    def rehearse(self):
        """What the target would not take is known before anybody has to wait for it."""
        try:
            ask(self.mark.session, "BEGIN")
            self.mark.run(self.rest)
        except psycopg2.Error as e:
            raise failure(e, "the target did not take the rest of the outline") from e
        finally:
            ask(self.mark.session, "ROLLBACK")

    def is_possible(self):
        """Whether nobody but us can write to the source any more."""
        if not one(self.course.session, CLOSED):
            self.course.enter(VERIFIED, CUTTING_OVER, message="the source is open: close it before the hand-over")
            return False
        until = time.monotonic() + ENDING
        while one(self.course.session, OTHERS) or one(self.course.session, PREPARED):
            self.course.require()
            if time.monotonic() > until:
                raise Trouble("sessions of the Tenant did not end")
            time.sleep(0.01)
        return True

    def run(self):
        """Whether it was handed over; the operator may have given up meanwhile."""
        if not self.is_possible():
            return False
        self.follower.drain()
        if self.follower.portion(None):
            raise Trouble("somebody wrote after the source was closed")
        self.require_outline()
        with transaction(self.mark.session):
            self.set_sequences()
            self.mark.run(self.rest)
            self.mark.enter(MARK_HANDED)
        tell(self.course, self.mark)
        return True

    def require_outline(self):
        tables = self.follower.tables.values()
        if digest(self.follower.here) != self.digest or not capture.is_whole(self.follower.here, tables):
            changed(self.course, "the outline changed after it was carried")

    def set_sequences(self):
        values = ask(self.follower.here, self.sequences) if self.sequences else []
        for name, last, isCalled in values:
            ask(self.mark.session, "SELECT setval(%s::regclass, %s, %s)", [name, last, isCalled])


def changed(course, message):
    """Nothing is lost: the source has everything, and the next try starts over."""
    course.enter(SCHEMA_CHANGED, CUTTING_OVER, message=message)
    raise Trouble(message)


def tell(course, mark):
    """Says so in the source, unless the operator gave up before."""
    if course.enter(HANDED, CUTTING_OVER):
        mark.enter(TOLD)
    else:
        if course.phase() == BACK:
            raise GivenUp
        raise Trouble(f"the phase is {course.phase()} where it was handed over")


def finish(mark):
    """What nobody waits for; each statement once. What fails for good is told, for the rows are where they belong."""
    failed = []
    for place, statement in mark.statements(AFTERWARDS):
        try:
            patiently(mark.session, [statement, f"DELETE FROM generalbots_move.statement WHERE place = {place}"], waits)
        except psycopg2.Error as e:
            if is_passing(e):
                raise failure(e, "the target said") from e
            print(f"failed: {statement}: {line(e)}", flush=True)
            failed.append(statement)
    with contextlib.suppress(psycopg2.errors.UndefinedTable):
        mark.forget()
    return failed


def waits(attempt):
    if attempt % 50 == 0:
        print("waiting for those who use the tables", flush=True)
