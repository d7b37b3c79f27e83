"""The database of a Tenant, by PostgreSQL's own programs: a dump is never read by psql, which would run commands of its
own."""

import contextlib
import itertools
import os
import re
import subprocess
import tempfile
import time

from common import PIECE, Refusal, Trouble

TRIES = 30

LOG = "/tmp/pg_restore.log"
WISHED = "/tmp/pg_restore.list"

LEFT_OUT = ("--no-owner", "--no-privileges", "--no-tablespaces", "--no-security-labels")
NOT_OURS = ("--no-publications", "--no-subscriptions")

# What the Tenant's role has made; extensions of the platform's belong to somebody else.
OWN = """
SELECT kind FROM (
  SELECT 'table ' || relname AS kind, relowner AS owner FROM pg_catalog.pg_class WHERE relkind <> 'i'
  UNION ALL SELECT 'function ' || proname, proowner FROM pg_catalog.pg_proc
  UNION ALL SELECT 'type ' || typname, typowner FROM pg_catalog.pg_type
  UNION ALL SELECT 'schema ' || nspname, nspowner FROM pg_catalog.pg_namespace
  UNION ALL SELECT 'extension ' || extname, extowner FROM pg_catalog.pg_extension
  UNION ALL SELECT 'large object ' || oid, lomowner FROM pg_catalog.pg_largeobject_metadata
) AS made, pg_catalog.pg_roles AS roles
WHERE roles.oid = made.owner AND roles.rolname = CURRENT_USER
ORDER BY 1 LIMIT 1
"""

# Those that the platform brings into every database: not the Tenant's to make.
EXTENSIONS = """
SELECT extname FROM pg_catalog.pg_extension, pg_catalog.pg_roles AS roles
WHERE roles.rolname = CURRENT_USER AND extowner <> roles.oid AND pg_extension.oid >= 16384 ORDER BY 1
"""

# The same of schemas. That of everybody, public, has things of both.
SCHEMAS = """
SELECT nspname FROM pg_catalog.pg_namespace, pg_catalog.pg_roles AS roles
WHERE roles.rolname = CURRENT_USER AND nspowner <> roles.oid AND pg_namespace.oid >= 16384 ORDER BY 1
"""

# Nobody but a superuser makes these, and the database has them already; pg_dump has no option that leaves them out.
PLATFORM = re.compile(r"\d+; \d+ \d+ (COMMENT - )?EVENT TRIGGER ")

SIZE = "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())"


class Database:
    """A database, as one login sees it; not through a pooler, which lends a session for a transaction only."""

    def __init__(self, login, authority):
        self.environment = {
            **os.environ,
            "PGHOST": os.environ["PGHOST"],
            "PGPORT": login.get("port", "5432"),
            "PGUSER": login["username"],
            "PGPASSWORD": login["password"],
            "PGDATABASE": login["dbname"],
            "PGCONNECT_TIMEOUT": "15",
            "PGSSLMODE": "verify-full" if authority else "prefer",
            "PGAPPNAME": "generalbots-export",
        }
        if authority:
            self.environment["PGSSLROOTCERT"] = authority

    def ask(self, statement):
        command = ("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement)
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise Trouble(f"the database said: {last(done.stderr)}")
        return done.stdout.splitlines()

    def await_way(self):
        """A new pod gets into the rules of its network a moment after it has begun."""
        for _ in range(TRIES):
            try:
                self.ask("SELECT 1")
                return
            except Trouble:
                time.sleep(2)
        self.ask("SELECT 1")

    def extensions(self):
        return self.ask(EXTENSIONS)

    def left_out(self):
        """What the platform brings into every database."""
        extensions = [f"--exclude-extension={pattern(name)}" for name in self.extensions()]
        return extensions + [f"--exclude-schema={pattern(name)}" for name in self.ask(SCHEMAS)]

    def dump(self):
        """The dump, piece by piece; whether it is whole is known at its end alone."""
        command = ["pg_dump", "--format=custom", "--compress=1", "--lock-wait-timeout=60s", *LEFT_OUT, *NOT_OURS]
        with subprocess.Popen(
            command + self.left_out(), env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as program:
            try:
                while data := program.stdout.read(PIECE):
                    yield data
                said = program.stderr.read().decode(errors="replace")
                if program.wait():
                    raise Trouble(f"pg_dump said: {last(said)}")
            finally:
                program.kill()

    def made(self):
        """Something that is there; empty where nothing is."""
        return "".join(self.ask(OWN))

    def restore(self, pieces):
        """All in one transaction, or nothing."""
        contents, pieces = listed(pieces)
        with open(WISHED, "w", encoding="utf-8", errors="surrogateescape") as wished:
            wished.writelines(line for line in contents if not PLATFORM.match(line))
        command = ["pg_restore", "--dbname", self.environment["PGDATABASE"], "--single-transaction", "--exit-on-error"]
        done, said = fed([*command, "--use-list", WISHED, *LEFT_OUT, *NOT_OURS], pieces, self.environment)
        if done:
            # A server that goes away is no fault of the archive's.
            kind = Trouble if "connection" in said else Refusal
            raise kind(f"the database did not take it: {said}")


def listed(pieces):
    """The table of contents of a dump, and the dump. It stands at the beginning: no more than that is read."""
    read = []

    def noting():
        for data in pieces:
            read.append(data)
            yield data

    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogateescape") as contents:
        done, said = fed(["pg_restore", "--list"], noting(), os.environ, contents)
        if done:
            raise Refusal(f"this is no dump: {said}")
        contents.seek(0)
        return contents.readlines(), itertools.chain(read, pieces)


def fed(command, pieces, environment, out=None):
    """The exit code of a program that reads from a pipe as much as it needs, and the first line of its errors."""
    with open(LOG, "w+", encoding="utf-8", errors="replace") as log:
        with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=out, stderr=log) as program:
            try:
                with contextlib.suppress(BrokenPipeError):
                    for data in pieces:
                        program.stdin.write(data)
                        program.stdin.flush()
                with contextlib.suppress(BrokenPipeError):
                    program.stdin.close()
            except BaseException:
                program.kill()
                raise
            done = program.wait()
        log.seek(0)
        return done, first(log.read(4000))


def pattern(name):
    """A name as pg_dump takes one that is to match nothing else."""
    return '"' + name.replace('"', '""') + '"'


def last(text):
    return (text.strip().splitlines() or ["nothing"])[-1]


def first(text):
    return (text.strip().splitlines() or ["nothing"])[0]
