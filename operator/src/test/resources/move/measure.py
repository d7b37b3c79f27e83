#!/usr/bin/env python3
"""How fast a database is carried, and how long nobody can write. Usage: measure.py FOLDER [of the programs] ROWS"""

import contextlib
import pathlib
import statistics
import sys
import threading
import time

import psycopg2

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from harness import Cluster, Operator

SCHEMA = """
CREATE TABLE wide (id bigint PRIMARY KEY, u uuid DEFAULT gen_random_uuid(), t text, j jsonb, at timestamptz DEFAULT now());
INSERT INTO wide (id, t, j) SELECT i, repeat(md5(i::text), 3), jsonb_build_object('i', i) FROM generate_series(1, {0}) AS i;
CREATE INDEX ON wide (u);
CREATE INDEX ON wide (at);
CREATE TABLE ref (id bigserial PRIMARY KEY, w bigint REFERENCES wide);
INSERT INTO ref (w) SELECT i FROM generate_series(1, {0} / 4) AS i;
"""


class Client(threading.Thread):
    """Updates one row and inserts another, again and again, until it is sent away."""

    def __init__(self, source, rows, number):
        super().__init__(daemon=True)
        self.source, self.rows, self.number, self.seconds = source, rows, number, []

    def run(self):
        with contextlib.suppress(psycopg2.Error), self.source.open("t_acme", "ta_acme").cursor() as cursor:
            while True:
                self.number = (self.number * 7919 + 1) % self.rows
                began = time.monotonic()
                cursor.execute(f"UPDATE wide SET t = 'x' || t WHERE id = {self.number + 1}")
                cursor.execute(f"INSERT INTO ref (w) VALUES ({self.number + 1})")
                self.seconds.append(time.monotonic() - began)
                time.sleep(0.02)


def measure(folder, rows, source, target):
    source.database()
    target.database()
    source.sql("t_acme", SCHEMA.format(rows), "ta_acme")
    operator = Operator(folder, source, target)
    clients = [Client(source, rows, number) for number in range(4)]
    for client in clients:
        client.start()
    began = time.monotonic()
    operator.start()
    operator.await_phase("CatchingUp", "Verified", seconds=3600)
    copied = time.monotonic() - began
    operator.await_phase("Verified", seconds=3600)
    verified = time.monotonic() - began
    count, size = source.sql("t_acme", "SELECT rows_copied, bytes_copied FROM generalbots_move.course")[0]
    time.sleep(2)
    taken = sorted(s for client in clients for s in client.seconds)
    rate, pause = 2 * len(taken) / (time.monotonic() - began), operator.hand_over(60)
    print(f"{count} rows, {size / 1e6:.0f} MB: copied with indexes in {copied:.1f} s, {count / copied:.0f} rows/s")
    print(f"compared after {verified:.1f} s; pause {pause * 1000:.0f} ms at {rate:.0f} writes/s")
    print(f"two writes took {statistics.median(taken) * 1000:.1f} ms (p50), {taken[-1] * 1000:.0f} ms at most")
    print(operator.ended(seconds=3600))
    operator.close()


if __name__ == "__main__":
    servers = Cluster("source"), Cluster("target")
    try:
        measure(sys.argv[1], int(sys.argv[2]), *servers)
    finally:
        for server in servers:
            server.stop()
