"""The two servers, as the mover's login sees them: in a session of either, a value has the same text."""

import contextlib
import os
import time

import psycopg2
from psycopg2 import errors

from common import Refusal, Trouble, authority, login

TRIES = 60

SCHEMA = "generalbots_move"

# What a Tenant sets for its database or logins would change how a row is written, or end a long statement.
SETTINGS = {
    "search_path": "pg_catalog",
    "client_encoding": "UTF8",
    "datestyle": "ISO,YMD",
    "intervalstyle": "postgres",
    "timezone": "UTC",
    "extra_float_digits": "3",
    "bytea_output": "hex",
    "lc_monetary": "C",
    "xmloption": "content",
    "default_transaction_isolation": "read\\ committed",
    "default_transaction_read_only": "off",
    "row_security": "off",
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    # The server has to notice when a node with a mover on it is gone: what that held would stay locked.
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "client_connection_check_interval": "5s",
}

# Classes of SQLSTATE that say nothing of what was asked: connections, resources, locks, an end from outside.
PASSING = ("08", "25", "40", "53", "55", "57", "58", "XX")

LOCK = "SELECT pg_try_advisory_lock(hashtextextended('generalbots_move', 0))"


class Closed(Trouble):
    """The database takes nobody in."""


class Server:
    """One of the two."""

    def __init__(self, name):
        self.name, self.host, self.port = name, os.environ[name.upper() + "_HOST"], port_of(name)
        self.database, self.owner = os.environ["DATABASE"], os.environ["OWNER"]
        self.login, self.authority = login("mover"), authority("mover")

    def open(self):
        """A session in which each statement stands for itself; not through a pooler, which would give it to others."""
        settings = {**SETTINGS, "role": self.owner}
        session = psycopg2.connect(
            host=self.host,
            port=self.port,
            dbname=self.database,
            user=self.login["username"],
            password=self.login["password"],
            sslmode="verify-full" if self.authority else "prefer",
            sslrootcert=self.authority,
            options=" ".join(f"-c {name}={value}" for name, value in settings.items()),
            application_name="generalbots-move",
            connect_timeout=15,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
            tcp_user_timeout=30_000,
        )
        session.autocommit = True
        return session

    def await_way(self):
        """A session as soon as there is one: a new pod gets into the rules of its network a moment after it has begun."""
        for left in range(TRIES, -1, -1):
            try:
                return self.open()
            except psycopg2.OperationalError as e:
                if "not currently accepting connections" in str(e):
                    raise Closed(f"the database of the {self.name} is closed") from e
                if not left:
                    raise Trouble(f"the {self.name} said: {line(e)}") from e
            time.sleep(1)

    def environment(self):
        """The same, for the programs of PostgreSQL."""
        known = {
            **os.environ,
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.login["username"],
            "PGPASSWORD": self.login["password"],
            "PGDATABASE": self.database,
            "PGCONNECT_TIMEOUT": "15",
            "PGSSLMODE": "verify-full" if self.authority else "prefer",
            "PGAPPNAME": "generalbots-move",
            "PGOPTIONS": "-c default_transaction_read_only=off",
        }
        return {**known, "PGSSLROOTCERT": self.authority} if self.authority else known


def port_of(name):
    """Both servers listen where they always do; tests have two of them on one machine."""
    return os.environ.get(name.upper() + "_PORT") or os.environ.get("PGPORT") or "5432"


def ask(session, statement, values=None):
    with session.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def one(session, statement, values=None):
    return ask(session, statement, values)[0][0]


@contextlib.contextmanager
def transaction(session, kind=""):
    """Some statements that hold together, or not at all."""
    ask(session, f"BEGIN {kind}")
    try:
        yield session
        ask(session, "COMMIT")
    except BaseException:
        with contextlib.suppress(psycopg2.Error):
            ask(session, "ROLLBACK")
        raise


def hold(session, server, seconds=5):
    """Fails if another program is at it. That of a pod that was killed is gone as soon as the server notices."""
    until = time.monotonic() + seconds
    while not one(session, LOCK):
        if time.monotonic() > until:
            raise Trouble(f"another program is at it, says the {server.name}")
        time.sleep(0.2)


def patiently(session, statements, told):
    """Statements that need a lock on a table which others write to: nobody else waits behind them for long."""
    for attempt in range(100_000):
        try:
            with transaction(session):
                ask(session, "SET LOCAL lock_timeout = '500ms'")
                for statement in statements:
                    ask(session, statement)
            return
        except (errors.LockNotAvailable, errors.DeadlockDetected):
            told(attempt)
            time.sleep(min(2, 0.1 * (attempt + 1)))
    raise Trouble("there was always somebody who wrote")


def is_passing(error):
    """Whether another try may end otherwise."""
    return not error.pgcode or error.pgcode.startswith(PASSING)


def failure(error, what):
    """An error of a server as what becomes of the try."""
    kind = Trouble if is_passing(error) else Refusal
    return kind(f"{what}: {line(error)}")


def line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
