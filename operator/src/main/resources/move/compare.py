"""Whether both servers have the same rows: sums that know no order, for a server may sort texts otherwise."""

import threading

import psycopg2

from common import Trouble
from servers import SCHEMA, ask
from tables import plain

BUCKETS = 1024

# A table that is emptied meanwhile looks empty to a snapshot of before.
LOOKS = 3


class Differing(Trouble):
    """What was carried is not what is in the source."""


def bucket(table):
    if not table.key:
        return "0"
    return f"hashtextextended({table.key_text()}::text COLLATE \"C\", 0) & {BUCKETS - 1}"


def row_hash(table):
    return f'hashtextextended({table.row_text()} COLLATE "C", 0)'


def sums(session, table):
    """By part of the table, how many rows there are and the sum of them."""
    query = f"SELECT {bucket(table)}, count(*), sum({row_hash(table)}) FROM ONLY {table.name} t GROUP BY 1"
    return {part: (count, total) for part, count, total in ask(session, query)}


class Sums(threading.Thread):
    """Those of the source, while the target counts as well."""

    def __init__(self, session, table):
        super().__init__(daemon=True)
        self.session, self.table, self.found, self.error = session, table, {}, None

    def run(self):
        try:
            self.found = sums(self.session, self.table)
        except psycopg2.Error as e:
            self.error = e


def differing(follower, table):
    """The parts that differ, in a snapshot of the source that the target has all of."""
    found = []

    def look():
        source = Sums(follower.here, table)
        source.start()
        there = sums(follower.there, table)
        source.join()
        if source.error:
            raise source.error
        parts = source.found.keys() | there.keys()
        found.extend(part for part in parts if source.found.get(part) != there.get(part))

    follower.drain()
    follower.portion(None, look)
    return found


def compare(follower, table, mayHeal):
    """Fails if rows differ. After a cut they may: a server that came back, or another in its place, can have forgotten what it
    said last. Then they are carried again."""
    parts = []
    for _ in range(LOOKS):
        parts = differing(follower, table)
        if not parts:
            return
    if mayHeal:
        heal(follower, table, parts)
        if not differing(follower, table):
            return
    raise Differing(f"rows of table {table.name} differ")


def heal(follower, table, parts):
    """Notes the rows that differ as written to."""
    if not table.key:
        note(follower, table, [None])
        return
    query = f"SELECT {table.key_text()}, {row_hash(table)} FROM ONLY {table.name} t WHERE {bucket(table)} = ANY "
    query = plain(query) + "(%s)"
    here, there = ({(tuple(key), row) for key, row in ask(s, query, [parts])} for s in (follower.here, follower.there))
    note(follower, table, sorted({key for key, _ in here ^ there}))


def note(follower, table, keys):
    statement = f"INSERT INTO {SCHEMA}.change (relation, key) VALUES (%s, %s)"
    for key in keys:
        ask(follower.here, statement, [table.oid, None if key is None else list(key)])
