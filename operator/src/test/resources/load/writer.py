#!/usr/bin/env python3
"""Writes rows through the pooler, remembers each one that was acknowledged, and checks afterwards
that the table still has them all.

Connects by libpq's environment (PGHOST, PGUSER, PGPASSWORD, PGDATABASE, PGSSLMODE ...). Ends after
--seconds, or when the file --stop appears, and with a row that is answered: a gap at the end counts as
well. The result is one line of JSON:

  acknowledged  rows whose INSERT was answered with success
  lost          acknowledged rows that are not in the table
  failed        transactions that ended in an error, whatever became of them
  errors        the same by message
  longest_gap   seconds in which no writer was answered
  longest_wait  seconds that the slowest answered INSERT took
  gaps          every gap above half a second: when it began (Unix time) and how long it was
"""

import argparse
import collections
import json
import os
import threading
import time

import psycopg

NOTABLE_GAP = 0.5
PAUSE_AFTER_ERROR = 0.05


class Writer(threading.Thread):
    """One client: a connection of its own, one row a transaction."""

    def __init__(self, number, options, stopped):
        super().__init__(name=f"writer-{number}", daemon=True)
        self.number = number
        self.options = options
        self.stopped = stopped
        self.acknowledged = []
        self.errors = collections.Counter()
        self.longest_wait = 0.0
        self.connection = None

    def run(self):
        row = 0
        while not self.stopped.is_set():
            row += 1
            try:
                self.write(row)
                self.stopped.wait(self.options.every)
            except psycopg.Error as error:
                self.errors[first_line(error)] += 1
                self.leave()
                self.stopped.wait(PAUSE_AFTER_ERROR)
        self.leave()

    def write(self, row):
        if self.connection is None:
            self.connection = psycopg.connect(autocommit=True, connect_timeout=70)
        began = time.time()
        self.connection.execute(
            f"INSERT INTO {self.options.table} (writer, row) VALUES (%s, %s)", (self.number, row)
        )
        ended = time.time()
        self.acknowledged.append((row, ended))
        self.longest_wait = max(self.longest_wait, ended - began)

    def leave(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def await_answer(writers):
    """Waits for one more row, so that a gap that is open is measured to its end."""
    began = time.time()
    while time.time() < began + 60:
        if any(w.acknowledged and w.acknowledged[-1][1] > began for w in writers):
            return
        time.sleep(0.05)


def first_line(error):
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:160]


def patiently(work):
    """What the work gives on a connection; tried for a minute, should the server be away just now."""
    deadline = time.time() + 60
    while True:
        try:
            with psycopg.connect(autocommit=True) as connection:
                return work(connection)
        except psycopg.OperationalError:
            if time.time() > deadline:
                raise
            time.sleep(0.2)


def prepare(table):
    def make(connection):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.execute(f"CREATE TABLE {table} (writer int, row int, PRIMARY KEY (writer, row))")

    patiently(make)


def stored(table):
    def read(connection):
        return set(connection.execute(f"SELECT writer, row FROM {table}").fetchall())

    return patiently(read)


def gaps(moments):
    pairs = zip(moments, moments[1:])
    return [(before, after - before) for before, after in pairs]


def report(writers, table):
    acknowledged = {(w.number, row) for w in writers for row, _ in w.acknowledged}
    moments = sorted(moment for w in writers for _, moment in w.acknowledged)
    between = gaps(moments)
    lost = sorted(acknowledged - stored(table))
    errors = sum((w.errors for w in writers), collections.Counter())
    return {
        "acknowledged": len(acknowledged),
        "lost": len(lost),
        "lost_rows": lost[:20],
        "failed": sum(errors.values()),
        "errors": dict(errors.most_common(8)),
        "longest_gap": round(max((gap for _, gap in between), default=0.0), 3),
        "longest_wait": round(max((w.longest_wait for w in writers), default=0.0), 3),
        "gaps": [[round(at, 3), round(gap, 3)] for at, gap in between if gap > NOTABLE_GAP],
        "seconds": round(moments[-1] - moments[0], 1) if moments else 0,
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=30, help="how long at most (30)")
    parser.add_argument("--writers", type=int, default=8, help="clients at a time (8)")
    parser.add_argument("--every", type=float, default=0.01, help="pause between rows (0.01 s)")
    parser.add_argument("--table", default="load_rows", help="table to write to, made anew")
    parser.add_argument("--stop", default="", help="file whose appearance ends the writing")
    parser.add_argument("--writing", default="", help="file that appears when rows are written")
    parser.add_argument("--out", default="", help="file for the result, instead of the output")
    options = parser.parse_args()

    prepare(options.table)
    stopped = threading.Event()
    writers = [Writer(n, options, stopped) for n in range(options.writers)]
    for writer in writers:
        writer.start()
    while not any(writer.acknowledged for writer in writers):
        time.sleep(0.05)
    print("writing", flush=True)
    if options.writing:
        open(options.writing, "w", encoding="utf-8").close()
    deadline = time.time() + options.seconds
    while time.time() < deadline and not (options.stop and os.path.exists(options.stop)):
        time.sleep(0.1)
    await_answer(writers)
    stopped.set()
    for writer in writers:
        writer.join(75)

    result = json.dumps(report(writers, options.table))
    if options.out:
        with open(options.out + ".part", "w", encoding="utf-8") as file:
            file.write(result + "\n")
        os.rename(options.out + ".part", options.out)
    else:
        print(result, flush=True)


if __name__ == "__main__":
    main()
