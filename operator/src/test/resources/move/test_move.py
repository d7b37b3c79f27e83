#!/usr/bin/env python3
"""A Tenant's database is carried from one real server to another. Usage: test_move.py FOLDER [of the programs]"""

import contextlib
import json
import os
import pathlib
import random
import subprocess
import sys
import threading
import time
import unittest

import psycopg2

sys.dont_write_bytecode = True
FOLDER = sys.argv.pop(1)
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from harness import Cluster, Operator
from writers import Writers

EVERYTHING = pathlib.Path(__file__).with_name("everything.sql").read_text()

CUTS = int(os.environ.get("CUTS", "6"))
SEED = int(os.environ.get("SEED", "7"))


WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'tm_acme'"

TRIGGER = """
CREATE TABLE a (id int PRIMARY KEY);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE a ENABLE ALWAYS TRIGGER t
"""
FORCED = "CREATE TABLE f (id int PRIMARY KEY); ALTER TABLE f ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
OWN = "CREATE TABLE own (id int PRIMARY KEY); REVOKE SELECT ON own FROM t_acme"
HASHED = "CREATE TYPE e AS ENUM ('a'); CREATE TABLE h (e e) PARTITION BY HASH (e)"
FAR = "CREATE FOREIGN TABLE far (id int) SERVER s; ALTER TABLE far OWNER TO t_acme"
SERVER = "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; ALTER SERVER s OWNER TO t_acme"

# What is made, and a part of what is said of it; of some, nothing.
REFUSED = {
    "SELECT lo_create(0)": "large objects",
    "CREATE UNLOGGED TABLE u (id int)": "unlogged tables or sequences: public.u",
    FORCED: "of which the owner does not see all: public.f",
    TRIGGER: "ENABLE ALWAYS or ENABLE REPLICA: t on public.a",
    "CREATE PUBLICATION p": "publications: p",
    "CREATE TABLE large AS SELECT generate_series(1, 100001)": "more than 100000 rows: public.large",
    "CREATE TABLE small AS SELECT generate_series(1, 100000)": None,
    "CREATE TABLE numbers (id int PRIMARY KEY, c regclass[])": "regclass and the like): public.numbers.c",
    OWN: "read, write or put triggers on: public.own",
    "CREATE TABLE nothing ()": "tables without columns: public.nothing",
    HASHED: "hash of an enum, which each server counts for itself: public.h",
    "CREATE TEMP TABLE temporary (id int)": None,
    "CREATE EXTENSION hstore": None,
}
REFUSED_OF_OTHERS = {
    "CREATE TABLE theirs (id int); ALTER TABLE theirs OWNER TO ta_acme": "role than the owner: table public.theirs of ta_acme",
    "CREATE EXTENSION bloom": "that the target has not: bloom 1.0",
    "GRANT SELECT ON own TO t_only_here": "roles that the target has not: t_only_here",
    SERVER: "passwords nobody may read: s",
    FAR: "foreign tables: public.far",
    "BEGIN; CREATE TABLE later (id int); PREPARE TRANSACTION 'p1'": "prepared transactions: p1",
}


class MoveTest(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.source, cls.target = Cluster("source"), Cluster("target")
        cls.source.sql("postgres", "CREATE ROLE t_only_here")

    @classmethod
    def tearDownClass(cls):
        cls.source.stop()
        cls.target.stop()

    def setUp(self):
        self.source.database()
        self.target.database()
        self.operator = Operator(FOLDER, self.source, self.target)
        self.addCleanup(self.operator.close)

    def everything(self):
        self.source.sql("t_acme", EVERYTHING, "tm_acme")

    def handed(self, isCut=False):
        """Whether the target is what the source was when it was closed."""
        code, said = self.operator.ended()
        self.assertEqual((code, json.loads(said)["phase"], json.loads(said)["failed"]), (0, "Handed", []))
        self.operator.open_source()
        self.source.sql("t_acme", "REFRESH MATERIALIZED VIEW app.counted")
        wanted, found = self.source.rows(), self.target.rows()
        self.assertEqual(wanted.keys(), found.keys())
        for name, rows in wanted.items():
            if isCut and name in self.sequences():
                self.ahead(name, rows[0][0], found[name][0][0])
            else:
                self.assertEqual(rows, found[name], name)
        self.assertEqual(self.target.sql("t_acme", "SELECT count(*) FROM pg_namespace WHERE nspname ~ 'move'"), [(0,)])

    def sequences(self):
        found = self.source.sql("t_acme", "SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences")
        return [name for name, in found]

    def ahead(self, name, wanted, found):
        """A server that was cut off skips up to 32 values of each sequence; of the target's, none may be there already."""
        self.assertLessEqual(wanted - found, 5 * 32, name)
        if name == "app.audit_id_seq":
            last = self.target.sql("t_acme", "SELECT max(id) FROM app.audit")[0][0]
            self.assertLessEqual(last, found)

    def test_everything_is_there_afterwards(self):
        self.everything()
        outline = self.source.outline()
        self.operator.start()
        self.operator.await_phase("Verified")
        pause = self.operator.hand_over()
        self.assertIsNotNone(pause, self.operator.log.read_text())
        print(f"pause {pause:.3f} s", flush=True)
        self.handed()
        self.assertEqual(outline, self.target.outline())


    def test_nothing_is_lost_or_doubled_while_clients_write(self):
        self.everything()
        with Writers(self.source, 6) as writers:
            self.operator.start()
            self.operator.await_phase("Verified")
            before = writers.written()
            time.sleep(2)
            pause = self.operator.hand_over()
            self.assertIsNotNone(pause, self.operator.log.read_text())
        print(f"pause {pause:.3f} s, {writers.written()} transactions", flush=True)
        self.assertGreater(writers.written(), before)
        self.assertEqual(writers.faults(), [])
        self.handed()
        self.assertLess(pause, 3)

    def test_what_is_cut_off_is_done_again(self):
        cuts = Cuts(self.operator, random.Random(SEED))
        for number in range(0, CUTS, 6):
            self.setUp()
            cuts.operator = self.operator
            self.everything()
            with self.subTest(number=number), Writers(self.source, 2, SEED + number) as writers:
                cuts.until_handed(min(6, CUTS - number))
            self.assertEqual(writers.faults(), [])
            self.handed(isCut=True)
        print(f"cuts {cuts.told}", flush=True)

    def test_who_gives_up_has_the_source_as_it_was(self):
        self.everything()
        outline = self.source.outline()
        for phase in ("Copying", "CatchingUp", "Verified"):
            with self.subTest(phase=phase), Writers(self.source, 2):
                self.operator.start()
                self.operator.await_phase(phase, "Verified")
                self.operator.say("Back")
                code, said = self.operator.ended()
                self.assertEqual((code, json.loads(said)["phase"]), (0, "Back"), self.operator.log.read_text())
            self.assertEqual(outline, self.source.outline())
            self.assertIsNone(self.operator.phase())

    def test_who_gives_up_at_the_hand_over_has_the_source_as_it_was(self):
        self.everything()
        outline = self.source.outline()
        self.operator.start()
        self.operator.await_phase("Verified")
        # Somebody's session keeps the hand-over waiting.
        with self.source.open("t_acme", "tb_acme"):
            self.source.sql("postgres", "ALTER DATABASE t_acme ALLOW_CONNECTIONS false")
            self.operator.open_source()
            held = self.source.open("t_acme", "tm_acme")
            self.source.sql("postgres", "ALTER DATABASE t_acme ALLOW_CONNECTIONS false")
            held.cursor().execute("UPDATE generalbots_move.course SET phase = 'CuttingOver'; NOTIFY generalbots_move")
            time.sleep(0.5)
            self.assertIsNone(self.operator.program.poll())
            held.cursor().execute("UPDATE generalbots_move.course SET phase = 'Back'; NOTIFY generalbots_move")
            code, said = self.operator.ended()
        held.close()
        self.assertEqual((code, json.loads(said)["phase"]), (0, "Back"))
        self.operator.open_source()
        self.assertEqual(outline, self.source.outline())

    def handed_and_cut(self):
        """The target was told that it is the one, and the program ended before it could say so in the source."""
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        with contextlib.closing(self.source.open("t_acme", "tm_acme")) as held, held.cursor() as cursor:
            visitor = self.source.open("t_acme", "tb_acme")
            self.source.sql("postgres", "ALTER DATABASE t_acme ALLOW_CONNECTIONS false")
            cursor.execute("UPDATE generalbots_move.course SET phase = 'CuttingOver'; NOTIFY generalbots_move")
            cursor.execute("BEGIN; SELECT * FROM generalbots_move.course FOR UPDATE")
            visitor.close()
            self.await_mark("Handed")
            while not self.source.sql("postgres", WAITING):
                time.sleep(0.02)
            self.operator.kill()
            self.source.sql("postgres", f"SELECT pg_terminate_backend(pid) FROM ({WAITING}) AS waiting")

    def await_mark(self, state, seconds=20):
        until = time.monotonic() + seconds
        while self.target.sql("t_acme", "SELECT state FROM generalbots_move.mark") != [(state,)]:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.02)

    def test_what_was_handed_over_is_so_even_if_nobody_said_it(self):
        self.handed_and_cut()
        self.operator.start()
        self.handed()

    def test_what_was_handed_over_is_not_if_the_source_was_opened_again(self):
        self.handed_and_cut()
        self.operator.open_source()
        self.source.sql("t_acme", "INSERT INTO app.seen VALUES (1234, 'here')", "ta_acme")
        self.operator.start()
        code, said = self.operator.ended()
        self.assertEqual((code, self.operator.phase()), (4, "SchemaChanged"), said)
        self.operator.start()
        self.operator.await_phase("Verified")
        self.operator.hand_over()
        self.handed()
        self.assertIn(("(1234,here)",), self.target.rows()["app.seen"])

    def test_what_was_handed_over_is_not_if_somebody_gave_up(self):
        self.handed_and_cut()
        self.operator.open_source()
        self.operator.say("Back")
        self.operator.start()
        code, said = self.operator.ended()
        self.assertEqual((code, json.loads(said)["phase"]), (0, "Back"))
        self.assertNotIn("generalbots_move", "".join(self.source.outline()))

    def test_an_open_source_is_not_handed_over(self):
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        self.operator.say("CuttingOver")
        time.sleep(1)
        self.assertEqual(self.operator.phase(), "Verified")
        message = self.source.sql("t_acme", "SELECT message FROM generalbots_move.course")[0][0]
        self.assertIn("the source is open", message)
        self.operator.hand_over()
        self.handed()

    def test_back_cleans_up_without_a_program(self):
        self.everything()
        outline = self.source.outline()
        self.operator.start()
        self.operator.await_phase("Verified")
        self.operator.kill()
        code, said = self.operator.ended(self.operator.start("back"))
        self.assertEqual((code, json.loads(said)), (0, {"phase": "Back"}))
        self.assertEqual(outline, self.source.outline())
        # What was carried before that is of no use to the next one.
        self.source.sql("t_acme", "DELETE FROM app.notes WHERE id % 2 = 0", "ta_acme")
        self.operator.start()
        self.operator.await_phase("Verified")
        self.operator.hand_over()
        self.handed()

    def test_an_outline_that_changes_is_carried_anew(self):
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        made = "ALTER TABLE app.bag ADD c int DEFAULT 5; CREATE TABLE app.late (id int PRIMARY KEY)"
        self.source.sql("t_acme", made, "ta_acme")
        self.operator.await_verified_anew()
        self.source.sql("t_acme", "INSERT INTO app.late VALUES (1); UPDATE app.bag SET c = a", "ta_acme")
        self.operator.hand_over()
        self.handed()
        self.assertEqual(self.target.sql("t_acme", "SELECT DISTINCT c IS NULL FROM app.bag"), [(False,)])

    def test_an_outline_that_changed_in_the_last_moment_is_not_handed_over(self):
        self.everything()
        self.operator.start()
        for attempt in range(20):
            self.operator.await_phase("Verified")
            self.source.sql("t_acme", f"ALTER TABLE app.bag ALTER a SET DEFAULT {attempt}", "ta_acme")
            if self.operator.hand_over() is None and self.operator.program.wait(20) == 4:
                break
        self.operator.open_source()
        self.assertEqual(self.operator.phase(), "SchemaChanged")
        self.operator.start()
        self.operator.await_phase("Verified")
        self.assertIsNotNone(self.operator.hand_over())
        self.handed()

    def test_what_changes_no_outline_is_no_reason_to_start_over(self):
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        session = self.source.open("t_acme", "ta_acme")
        with session, session.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE mine (id serial PRIMARY KEY, m app.mood DEFAULT 'ok', CHECK (id > 0))")
            cursor.execute("CREATE TEMP VIEW v AS SELECT * FROM mine")
        for statement in (
            "REFRESH MATERIALIZED VIEW CONCURRENTLY app.counted",
            "VACUUM FULL app.people",
            "ANALYZE",
            "REINDEX TABLE CONCURRENTLY app.notes",
            "TRUNCATE app.secret, app.bag",
        ):
            self.source.sql("t_acme", statement, "ta_acme")
        time.sleep(2.5)
        self.assertEqual(self.operator.phase(), "Verified")
        self.assertNotIn("starting over", self.operator.log.read_text())
        session.close()
        self.assertIsNotNone(self.operator.hand_over())
        self.handed()

    def test_triggers_that_were_off_for_a_moment_are_noticed(self):
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        self.source.sql(
            "t_acme",
            "ALTER TABLE app.bag DISABLE TRIGGER USER; DELETE FROM app.bag; ALTER TABLE app.bag ENABLE TRIGGER USER",
            "ta_acme",
        )
        self.operator.await_verified_anew()
        self.operator.hand_over()
        self.handed()

    def test_rows_that_differ_are_found_and_after_a_cut_carried_again(self):
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        self.operator.kill()
        # As if the target were a replica that had not heard of the last changes.
        self.target.sql("t_acme", "DELETE FROM app.people WHERE number % 100 = 7; UPDATE app.bag SET a = 9 WHERE a = 3")
        self.operator.start()
        self.operator.await_verified_anew()
        self.operator.hand_over()
        self.handed()

    def test_rows_that_swap_what_only_one_may_have_come_through(self):
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        self.operator.kill()
        # The first of them is in another portion of the changes than the second.
        self.source.sql(
            "t_acme",
            "UPDATE app.notes SET place = NULL WHERE id = 1; UPDATE app.people SET ratio = 1;"
            "UPDATE app.people SET ratio = 2; UPDATE app.people SET ratio = 3;"
            "UPDATE app.notes SET place = 1 WHERE id = 2; UPDATE app.notes SET place = 2 WHERE id = 1",
            "ta_acme",
        )
        self.operator.start()
        self.operator.await_verified_anew()
        self.operator.hand_over()
        self.handed()

    def test_of_two_programs_one_ends(self):
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        other = Operator(FOLDER, self.source, self.target)
        self.addCleanup(other.close)
        other.start()
        code, said = other.ended()
        self.assertEqual(code, 4)
        self.assertIn("another program is at it", said)
        self.operator.hand_over()
        self.handed()

    def test_a_target_that_is_not_empty_is_left_as_it_is(self):
        self.target.sql("t_acme", "CREATE TABLE public.theirs (id int)", "tm_acme")
        self.refused("the target is not empty: it has table")
        self.assertEqual(self.operator.phase(), "Refused")
        self.target.sql("t_acme", "DROP TABLE public.theirs")
        self.operator.start()
        self.operator.await_phase("Verified")

    def refused(self, *words):
        self.operator.start()
        code, said = self.operator.ended()
        self.assertEqual(code, 3, said)
        for word in words:
            self.assertIn(word, said)

    def test_what_cannot_be_carried_is_refused_all_at_once(self):
        for statement in REFUSED:
            self.source.sql("t_acme", statement, "tm_acme")
        for statement in REFUSED_OF_OTHERS:
            self.source.sql("t_acme", statement)
        self.addCleanup(self.source.sql, "t_acme", "ROLLBACK PREPARED 'p1'")
        self.refused(*(word for word in [*REFUSED.values(), *REFUSED_OF_OTHERS.values()] if word))
        for word in ("small", "hstore", "temporary"):
            self.assertNotIn(word, self.operator.said.read_text())
        self.assertEqual(self.operator.phase(), "Refused")

    def test_another_locale_is_refused(self):
        self.target.sql("postgres", "DROP DATABASE t_acme")
        self.target.sql("postgres", "CREATE DATABASE t_acme OWNER t_acme TEMPLATE template0 LOCALE 'C.UTF-8'")
        self.refused("encoding and locale of the databases differ")

    def test_a_login_that_is_not_the_owner_writes_as_well(self):
        self.everything()
        self.operator.start()
        self.operator.await_phase("Verified")
        self.source.sql("t_acme", "SET ROLE tb_acme; INSERT INTO app.seen VALUES (77, 'by another')", "tb_acme")
        self.operator.hand_over()
        self.handed()
        self.assertIn(("(77,\"by another\")",), self.target.rows()["app.seen"])


class Cuts:
    """Something that ends suddenly, again and again, and a Job that starts the program again."""

    def __init__(self, operator, numbers):
        self.operator, self.random, self.told = operator, numbers, []

    def until_handed(self, count):
        for _ in range(count):
            self.start_again()
            self.cut()
        for _ in range(20):
            self.start_again()
            if self.is_ended():
                return
            self.hand_over(10)
        raise AssertionError(f"{self.told}: {self.operator.log.read_text()}")

    def cut(self):
        """Some at random, some while it is handed over."""
        time.sleep(self.random.random() * 1.5)
        what, moment = self.random.choice(("program", "source", "target")), self.random.random() * 0.08
        if self.random.random() < 0.5:
            self.wait_for_verified()
            what += " at the hand-over"
        later = threading.Timer(moment, self.end, [what])
        later.start()
        if "hand-over" in what:
            self.hand_over(3)
        later.join()
        self.told.append(what)

    def end(self, what):
        if what.startswith("program"):
            self.operator.kill()
        else:
            getattr(self.operator, what.split()[0]).cut()

    def hand_over(self, seconds):
        self.wait_for_verified()
        with contextlib.suppress(psycopg2.Error):
            self.operator.hand_over(seconds)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.operator.program.wait(0.5)

    def wait_for_verified(self):
        until = time.monotonic() + 15
        while self.operator.phase() != "Verified" and self.operator.program.poll() is None and time.monotonic() < until:
            time.sleep(0.02)

    def is_ended(self):
        return self.operator.program is not None and self.operator.program.poll() == 0

    def start_again(self):
        """A source that is closed is opened only if a program has said that nothing was handed over."""
        while self.operator.program is None or self.operator.program.poll() not in (None, 0):
            if "is closed" in self.operator.said_last():
                self.operator.open_source()
            self.operator.start()
            # On its way it does not end within a moment.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.operator.program.wait(0.7)



if __name__ == "__main__":
    unittest.main(verbosity=2)
