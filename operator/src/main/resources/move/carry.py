"""Rows on their way: whole tables first, and then each row that was written to, as it is in the source by then."""

import contextlib
import os
import threading
import time

import psycopg2
from psycopg2 import errors

from common import Trouble
from servers import SCHEMA, ask, failure, one, transaction
from tables import plain

SNAPSHOT = "ISOLATION LEVEL REPEATABLE READ"

# Changes that are taken at a time.
PORTION = 5000

# So often it gives way to others who lock tables.
TRIES = 600

# More than so many are not counted.
COUNTED = 100_000

PIECE = 1 << 16

TAKEN = f"""
DELETE FROM {SCHEMA}.change WHERE id = ANY (ARRAY(SELECT id FROM {SCHEMA}.change ORDER BY id LIMIT %s))
RETURNING relation, key
"""

PENDING = f"SELECT count(*) FROM (SELECT FROM {SCHEMA}.change LIMIT {COUNTED}) AS found"


class Counter:
    """A file that is written to, and how much that was."""

    def __init__(self, file, told):
        self.file, self.told, self.bytes = file, told, 0

    def write(self, data):
        self.file.write(data)
        self.bytes += len(data)
        self.told(len(data))


class Source(threading.Thread):
    """Writes what a query of the source gives into a pipe, while somebody reads."""

    def __init__(self, session, query, told):
        super().__init__(daemon=True)
        self.session, self.query, self.error = session, query, None
        reading, writing = os.pipe()
        self.reading, self.writing = open(reading, "rb", PIECE), open(writing, "wb", PIECE)
        self.counter = Counter(self.writing, told)

    def run(self):
        try:
            with self.session.cursor() as cursor:
                cursor.copy_expert(f"COPY ({self.query}) TO STDOUT", self.counter, PIECE)
            self.writing.flush()
        except (psycopg2.Error, OSError) as e:
            self.error = e
        finally:
            with contextlib.suppress(OSError):
                self.writing.close()


def stream(here, there, query, table, told=lambda size: None):
    """How many rows and bytes a query of the source brought into a table of the target. An end of the pipe is the end of the
    rows only if the source says so."""
    source = Source(here, query, told)
    source.start()
    try:
        with there.cursor() as cursor:
            cursor.copy_expert(f"COPY {table.name} ({table.list()}) FROM STDIN", source.reading, PIECE)
            rows = cursor.rowcount
    except errors.IntegrityError:
        # Another try follows, in the same sessions.
        while source.reading.read(PIECE):
            pass
        raise
    except BaseException:
        here.cancel()
        raise
    finally:
        source.reading.close()
        source.join()
    if source.error:
        raise source.error
    return rows, source.counter.bytes


def whole(here, there, table, told=lambda size: None):
    """The table as it is now, and nothing of what it was."""
    ask(there, f"TRUNCATE ONLY {table.name}")
    return stream(here, there, f"SELECT {table.list()} FROM ONLY {table.name}", table, told)


def copy(here, mark, table, told):
    """A table for the first time: it is there whole and is known as that, or it is not."""
    try:
        with transaction(here, SNAPSHOT + " READ ONLY"), transaction(mark.session):
            rows, size = whole(here, mark.session, table, told)
            mark.note_copied(table, rows, size)
        return rows, size
    except psycopg2.Error as e:
        raise failure(e, f"rows of {table.name} could not be carried") from e


class Follower:
    """Carries what was written meanwhile. A row is removed from the target by its key and comes again as it is in one snapshot
    of the source. What was noted goes by the same snapshot, and only when the target has it all: whatever is cut off is done
    again, to the same end, and what is noted later is of a later state."""

    def __init__(self, here, there, tables, heard):
        self.here, self.there, self.heard = here, there, heard
        self.tables = {table.oid: table for table in tables}

    def pending(self):
        return one(self.here, PENDING)

    def drain(self, told=lambda: None):
        """Everything that was noted, but for what is noted meanwhile."""
        while self.portion(PORTION) == PORTION:
            told()

    def portion(self, size, then=lambda: None):
        """How many changes it took; then, in the same snapshot, the target is as the source if there was no limit."""
        for _ in range(TRIES):
            try:
                return self.take(size, then)
            except (errors.LockNotAvailable, errors.DeadlockDetected):
                self.heard()
                time.sleep(0.05)
            except (errors.UniqueViolation, errors.ExclusionViolation):
                # Rows that swapped what only one of them may have: all of them at once are what the source has.
                if size is None:
                    raise
                size = None
        raise Trouble("tables of the source were locked all the time")

    def take(self, size, then):
        with transaction(self.here, SNAPSHOT):
            # It gives way before PostgreSQL ends one of those who wait for each other, which may be the Tenant.
            ask(self.here, "SET LOCAL lock_timeout = '300ms'")
            changes = ask(self.here, TAKEN, [size])
            if changes:
                with transaction(self.there):
                    self.apply(changes)
            then()
        return len(changes)

    def apply(self, changes):
        keys = {}
        for relation, key in changes:
            keys.setdefault(relation, set()).add(None if key is None else tuple(key))
        for relation, wanted in sorted(keys.items()):
            table = self.tables.get(relation)
            if table and (None in wanted or not table.key):
                whole(self.here, self.there, table)
            elif table:
                self.rows(table, wanted)

    def rows(self, table, keys):
        columns = [list(column) for column in zip(*sorted(keys))]
        condition = f"FROM ONLY {plain(table.name)} t WHERE {table.matching()}"
        ask(self.there, f"DELETE {condition}", columns)
        names = ", ".join(f"t.{plain(name)}" for name in table.stored)
        with self.here.cursor() as cursor:
            query = cursor.mogrify(f"SELECT {names} {condition}", columns)
        stream(self.here, self.there, query.decode(), table)
