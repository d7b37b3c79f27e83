"""Two PostgreSQL servers in a temporary folder, a Tenant with a database on each, and somebody who does what the operator
does."""

import contextlib
import glob
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import psycopg2

PROGRAMS = os.environ.get("PG_BIN") or max(glob.glob("/usr/lib/postgresql/*/bin"), default="")

# PostgreSQL refuses to run as root.
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []

ROLES = """
CREATE ROLE t_acme NOLOGIN;
CREATE ROLE ta_acme LOGIN IN ROLE t_acme;
CREATE ROLE tb_acme LOGIN IN ROLE t_acme;
CREATE ROLE tm_acme LOGIN IN ROLE t_acme PASSWORD 'secret';
CREATE ROLE t_other NOLOGIN;
ALTER ROLE ta_acme SET role = 't_acme';
ALTER ROLE tm_acme SET role = 't_acme';
"""

# What the platform brings into every database.
TEMPLATE = """
CREATE EXTENSION pgcrypto SCHEMA public;
CREATE EXTENSION citext SCHEMA public;
CREATE SCHEMA generalbots;
CREATE FUNCTION generalbots.unlock() RETURNS void LANGUAGE sql AS '';
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
"""


LOGIN_TRIGGER = """
CREATE FUNCTION generalbots.on_login() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN END';
REVOKE ALL ON FUNCTION generalbots.on_login() FROM PUBLIC;
CREATE EVENT TRIGGER generalbots_unlock ON login EXECUTE FUNCTION generalbots.on_login();
"""

# Older servers have no trigger for logins.
LOGIN_TRIGGERS = 170000


class Cluster:
    """A server on loopback."""

    def __init__(self, name):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"move-{name}-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if NOBODY:
            os.chown(self.folder, 65534, 65534)
        self.call("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()
        self.sql("postgres", ROLES)
        self.sql("template1", TEMPLATE)
        if int(self.sql("postgres", "SHOW server_version_num")[0][0]) >= LOGIN_TRIGGERS:
            self.sql("template1", LOGIN_TRIGGER)

    def call(self, program, *arguments):
        command = [*NOBODY, os.path.join(PROGRAMS, program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self):
        options = f"-F -p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_prepared_transactions=5"
        self.call("pg_ctl", "start", "-w", "-s", "-o", options, "-l", str(self.folder / "log"))

    def cut(self):
        """As a machine that lost its power and came back."""
        self.call("pg_ctl", "stop", "-w", "-s", "-m", "immediate")
        self.start()

    def stop(self):
        self.call("pg_ctl", "stop", "-w", "-s", "-m", "immediate")
        shutil.rmtree(self.folder)

    def open(self, database, user="postgres"):
        session = psycopg2.connect(
            host="127.0.0.1", port=self.port, dbname=database, user=user, password="secret", connect_timeout=5
        )
        session.autocommit = True
        return session

    def sql(self, database, statements, user="postgres"):
        with contextlib.closing(self.open(database, user)) as session, session.cursor() as cursor:
            cursor.execute(statements)
            return cursor.fetchall() if cursor.description else []

    def program(self, name, *arguments):
        command = [os.path.join(PROGRAMS, name), "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def database(self):
        """An empty one of the Tenant's."""
        self.sql("postgres", "DROP DATABASE IF EXISTS t_acme WITH (FORCE)")
        self.sql("postgres", "CREATE DATABASE t_acme OWNER t_acme")
        self.sql("postgres", "REVOKE ALL ON DATABASE t_acme FROM PUBLIC")

    def outline(self):
        text = self.program("pg_dump", "--schema-only", "--exclude-schema=generalbots_move", "--create", "t_acme")
        return [row for row in text.splitlines() if not row.startswith(("\\restrict", "\\unrestrict"))]

    def rows(self):
        """All rows of all tables, in an order of their own, and what sequences give next."""
        return {name: self.sql("t_acme", query) for name, query in self.sql("t_acme", QUERIES)}


QUERIES = """
SELECT format('%I.%I', n.nspname, c.relname), CASE c.relkind
  WHEN 'S' THEN format('SELECT last_value, is_called FROM %I.%I', n.nspname, c.relname)
  ELSE format('SELECT t::text FROM ONLY %I.%I t ORDER BY t::text COLLATE "C"', n.nspname, c.relname) END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'S', 'm') AND c.relpersistence = 'p'
AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'generalbots_move') AND (c.relkind <> 'm' OR c.relispopulated)
ORDER BY 1
"""


class Operator:
    """Runs the program, and says when to hand over."""

    def __init__(self, folder, source, target, move="one"):
        self.source, self.target, self.move = source, target, move
        self.logins = pathlib.Path(tempfile.mkdtemp(prefix="move-login-"))
        (self.logins / "mover").mkdir()
        (self.logins / "mover" / "username").write_text("tm_acme")
        (self.logins / "mover" / "password").write_text("secret")
        self.said, self.log, self.program, self.folder = self.logins / "said", self.logins / "log", None, folder

    def start(self, *arguments):
        environment = {
            **os.environ,
            "PATH": PROGRAMS + ":" + os.environ["PATH"],
            "PYTHONPATH": os.path.join(self.folder, "..", "export"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LOGINS": str(self.logins),
            "TERMINATION": str(self.said),
            "SOURCE_HOST": "127.0.0.1",
            "TARGET_HOST": "127.0.0.1",
            "SOURCE_PORT": str(self.source.port),
            "TARGET_PORT": str(self.target.port),
            "DATABASE": "t_acme",
            "OWNER": "t_acme",
            "MOVE": self.move,
        }
        self.said.write_text("")
        with open(self.log, "ab") as log:
            command = [sys.executable, os.path.join(self.folder, "move.py"), *arguments]
            program = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        if not arguments:
            self.program = program
        return program

    def ended(self, program=None, seconds=60):
        """How it ended, and what it said."""
        code = (program or self.program).wait(seconds)
        return code, self.said.read_text()

    def said_last(self):
        return self.said.read_text() if self.said.exists() else ""

    def kill(self):
        if self.program and self.program.poll() is None:
            self.program.kill()
            self.program.wait()

    def phase(self):
        try:
            found = self.source.sql("t_acme", "SELECT phase FROM generalbots_move.course", "tm_acme")
            return found[0][0] if found else None
        except psycopg2.Error:
            return None

    def await_phase(self, *phases, seconds=60):
        until = time.monotonic() + seconds
        while (phase := self.phase()) not in phases:
            if time.monotonic() > until or (self.program.poll() is not None and phase not in phases):
                raise AssertionError(f"{phase} instead of {phases}: {self.log.read_text()}")
            time.sleep(0.02)
        return phase

    def await_verified_anew(self):
        """From a Verified that is none any more."""
        self.await_phase("Copying", "CatchingUp")
        self.await_phase("Verified")

    def say(self, phase):
        self.source.sql(
            "t_acme",
            f"UPDATE generalbots_move.course SET phase = '{phase}' WHERE phase <> 'Handed'; NOTIFY generalbots_move",
            "tm_acme",
        )

    def open_source(self):
        self.source.sql("postgres", "ALTER DATABASE t_acme ALLOW_CONNECTIONS true")

    def close_source(self):
        self.source.sql("postgres", "ALTER DATABASE t_acme ALLOW_CONNECTIONS false")
        self.source.sql(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 't_acme' AND usename <> 'tm_acme'",
        )

    def hand_over(self, seconds=10):
        """How long nobody could write, in seconds; None if it came to nothing."""
        with contextlib.closing(self.source.open("t_acme", "tm_acme")) as held, held.cursor() as cursor:
            cursor.execute("SELECT phase FROM generalbots_move.course")
            if cursor.fetchone() != ("Verified",):
                return None
            began = time.monotonic()
            self.close_source()
            cursor.execute(
                "UPDATE generalbots_move.course SET phase = 'CuttingOver' WHERE phase = 'Verified';"
                " NOTIFY generalbots_move"
            )
            while time.monotonic() < began + seconds and self.program.poll() is None:
                cursor.execute("SELECT phase FROM generalbots_move.course")
                phase = cursor.fetchone()[0]
                if phase == "Handed":
                    return time.monotonic() - began
                if phase != "CuttingOver":
                    return None
                time.sleep(0.005)
        return None

    def close(self):
        self.kill()
        self.open_source()
        shutil.rmtree(self.logins)
