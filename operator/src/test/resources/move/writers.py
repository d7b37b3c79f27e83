"""Clients of a Tenant, who write what comes to their mind and come back when they are sent away."""

import random
import threading
import time

import psycopg2

STATEMENTS = (
    "INSERT INTO app.people (name, age, mood) VALUES ('w{r}', 1, 'glad')",
    "INSERT INTO app.notes (person, text) SELECT id, 'w' FROM app.people ORDER BY number DESC LIMIT 3",
    "UPDATE app.people SET name = name || '.', facts = '[{r}]' WHERE number = {r}",
    "UPDATE app.people p SET id = gen_random_uuid() WHERE number = {r} + 1000 AND NOT EXISTS"
    " (SELECT FROM app.log l WHERE l.person = p.id) AND NOT EXISTS (SELECT FROM app.people o WHERE o.boss = p.id)",
    "DELETE FROM app.people WHERE number = {r} + 3",
    "DELETE FROM app.notes WHERE id % 997 = {r}",
    "UPDATE app.notes SET place = place + 100000 WHERE id = {r}",
    "INSERT INTO app.log VALUES (clock_timestamp(), 'a', 'w')",
    "UPDATE app.log SET kind = CASE kind WHEN 'a' THEN 'b' ELSE 'a' END WHERE line = '{r}'",
    "UPDATE app.log SET at = at - interval '1 year' WHERE line = '{r}' AND at > '2026-01-01'",
    "INSERT INTO app.bag VALUES ({r}, 'w'), ({r}, 'w')",
    "DELETE FROM app.bag WHERE ctid = (SELECT min(ctid) FROM app.bag)",
    "TRUNCATE app.bag",
    "UPDATE app.pairs SET b = upper(b || '{r}') WHERE a = {r} % 200",
    "UPDATE app.pairs SET b = lower(b) WHERE a = {r} % 200",
    "UPDATE app.pairs SET c = 201 - c",
    "UPDATE app.parent SET a = 'w{r}' WHERE id = {r} % 120",
    "UPDATE \"Odd \"\"schema\"\"\".\"T%s 'x'\" SET \"V\"\"%s\" = '{r}%', \"select\" = \"select\" + 1000"
    " WHERE \"select\" % 100 = {r} % 100",
    "UPDATE public.plain a SET v = -v::int WHERE id = {r} % 100",
    "DELETE FROM public.plain WHERE id IN (1, 2)",
    "INSERT INTO public.plain VALUES (1, {r} + 5000), (2, {r} + 9000) ON CONFLICT DO NOTHING",
    "TRUNCATE app.seen",
    "UPDATE public.times SET at = at + interval '1 ms', f = f + 0.1 WHERE at = (SELECT min(at) FROM public.times)",
    "INSERT INTO app.seen VALUES ({r} + 100, 'w') ON CONFLICT (id) DO NOTHING",
    "SELECT nextval('app.tickets')",
)


class Writer(threading.Thread):
    """One of them; what it may not is said in the end."""

    def __init__(self, source, seed):
        super().__init__(daemon=True)
        self.source, self.random, self.over, self.written, self.faults = source, random.Random(seed), False, 0, []

    def run(self):
        while not self.over:
            try:
                self.work(self.source.open("t_acme", "ta_acme"))
            except (psycopg2.OperationalError, psycopg2.InterfaceError):
                time.sleep(0.05)
            except psycopg2.Error as e:
                self.faults.append(e)

    def work(self, session):
        session.autocommit = False
        with session, session.cursor() as cursor:
            cursor.execute("SET datestyle = 'SQL, MDY'; SET extra_float_digits = 0; SET intervalstyle = 'iso_8601'")
        while not self.over:
            self.transact(session)
            time.sleep(self.random.random() * 0.01)

    def transact(self, session):
        try:
            with session.cursor() as cursor:
                for _ in range(self.random.choice((1, 1, 1, 3))):
                    number = str(self.random.randrange(1000))
                    cursor.execute(self.random.choice(STATEMENTS).replace("{r}", number))
                if self.random.random() < 0.02:
                    # Commits late, with numbers of changes that are lower than those of others.
                    time.sleep(0.6)
            if self.random.random() < 0.1:
                session.rollback()
            else:
                session.commit()
                self.written += 1
        except (psycopg2.errors.DeadlockDetected, psycopg2.IntegrityError):
            session.rollback()


class Writers:
    def __init__(self, source, count=4, seed=1):
        self.all = [Writer(source, seed + n) for n in range(count)]

    def __enter__(self):
        for writer in self.all:
            writer.start()
        return self

    def __exit__(self, *error):
        for writer in self.all:
            writer.over = True
        for writer in self.all:
            writer.join()

    def written(self):
        return sum(writer.written for writer in self.all)

    def faults(self):
        return [str(fault) for writer in self.all for fault in writer.faults]
