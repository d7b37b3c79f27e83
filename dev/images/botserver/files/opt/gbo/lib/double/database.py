"""PostgreSQL, as botserver uses it: a pool, one connection that is never given back, a database for each bot."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import connection
from psycopg2.pool import PoolError, ThreadedConnectionPool

from double.migrations import MIGRATIONS
from double.refusal import Refusal

DEFAULT_BOT = "f47ac10b-58cc-4372-a567-0e02b2c3d480"
NOBODY = "00000000-0000-0000-0000-000000000000"
POOL_SIZE = 10


def url(settings: dict[str, str]) -> str:
    """The address as botserver puts it together: nothing is escaped, so nothing may need it."""
    if not re.fullmatch(r"[A-Za-z0-9]+", settings["password"]):
        raise Refusal("secret/gbo/tables: botserver puts the password into a URL as it is: only letters and digits work")
    return "postgres://{username}:{password}@{host}:{port}/{database}".format(**settings)


def database_of(bot: str) -> str:
    """The name of a bot's database."""
    return "bot_" + re.sub(r"[^a-z0-9_]", "", re.sub(r"[- ]", "_", bot.lower()))


class Database:
    """The connections to the databases; TLS comes from libpq's own variables (PGSSLMODE, PGSSLROOTCERT)."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = settings
        try:
            self.pool = ThreadedConnectionPool(1, POOL_SIZE, url(settings), connect_timeout=5)
            self.pinned = psycopg2.connect(url(settings), connect_timeout=5)
        except psycopg2.OperationalError as failure:
            raise Refusal(f"the database does not answer: {str(failure).splitlines()[0]}") from failure
        self.pinned.autocommit = True

    @contextmanager
    def pooled(self, autocommit: bool = True) -> Iterator[connection]:
        """A connection of the pool; a broken one is not kept."""
        taken = self.pool.getconn()
        try:
            taken.autocommit = autocommit
            yield taken
        finally:
            self.pool.putconn(taken, close=bool(taken.closed))

    def alive(self) -> bool:
        """What /api/health says: whether the pool has a connection that works."""
        try:
            with self.pooled() as taken, taken.cursor() as cursor:
                cursor.execute("SELECT 1")
                return True
        except (psycopg2.Error, PoolError):
            return False

    def migrate(self) -> int:
        """Applies what is missing, without a lock, as botserver does; gives the number of all that are in."""
        with self.pooled() as taken, taken.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS public.__diesel_schema_migrations"
                " (version varchar(50) PRIMARY KEY, run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)"
            )
            cursor.execute("SELECT version FROM public.__diesel_schema_migrations")
            done = {version for (version,) in cursor}
        for version, statements in MIGRATIONS:
            if version not in done:
                self.apply(version, statements)
        return len(MIGRATIONS)

    def apply(self, version: str, statements: str) -> None:
        """One migration with its row, both or neither."""
        with self.pooled(autocommit=False) as taken, taken, taken.cursor() as cursor:
            cursor.execute(statements)
            cursor.execute("INSERT INTO public.__diesel_schema_migrations (version) VALUES (%s)", (version,))

    def ensure_bot(self, bot: str) -> str:
        """The row and the database of a bot; gives its id. One that may not make databases warns, and goes on."""
        with self.pooled() as taken, taken.cursor() as cursor:
            cursor.execute(
                "INSERT INTO public.bots (name, slug) VALUES (%s, %s) ON CONFLICT (slug) DO NOTHING", (bot, bot)
            )
            cursor.execute("SELECT id, database_name FROM public.bots WHERE slug = %s", (bot,))
            identity, database = cursor.fetchone()
            database = database or database_of(bot)
            try:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
            except errors.DuplicateDatabase:
                pass  # of an earlier start, or of another replica
            except errors.InsufficientPrivilege as refusal:
                logging.warning("bot %s has no tables of its own: %s", bot, str(refusal).splitlines()[0])
                return str(identity)
            cursor.execute("UPDATE public.bots SET database_name = %s WHERE id = %s", (database, identity))
        self.enter(database)
        return str(identity)

    def enter(self, database: str) -> None:
        """Shows that a bot's database can be connected to."""
        try:
            psycopg2.connect(url(self.settings | {"database": database}), connect_timeout=5).close()
        except psycopg2.OperationalError as failure:
            raise Refusal(f"the database {database} does not answer: {str(failure).splitlines()[0]}") from failure

    def setting(self, bot: str, key: str) -> str | None:
        """A value of config.csv: the bot's own, else everybody's."""
        with self.pooled() as taken, taken.cursor() as cursor:
            cursor.execute(
                "SELECT config_value FROM public.bot_configuration WHERE config_key = %s AND bot_id IN (%s, %s)"
                " ORDER BY bot_id = %s LIMIT 1",
                (key, bot, NOBODY, NOBODY),
            )
            found = cursor.fetchone()
        return found[0] if found and found[0] not in ("", "none", "null", "n/a") else None

    def settings_of_all(self) -> list[dict[str, str]]:
        """What /api/bot/config gives away to anyone who asks."""
        with self.pooled() as taken, taken.cursor() as cursor:
            cursor.execute("SELECT bot_id::text, config_key, config_value FROM public.bot_configuration")
            return [dict(zip(("bot_id", "key", "value"), row, strict=True)) for row in cursor]

    def store_settings(self, bot: str, values: dict[str, str], etag: str) -> None:
        """Upserts what config.csv has; what it no longer has stays, as it does in botserver."""
        with self.pooled(autocommit=False) as taken, taken, taken.cursor() as cursor:
            for key, value in values.items():
                cursor.execute(
                    "INSERT INTO public.bot_configuration (id, bot_id, config_key, config_value)"
                    " VALUES (gen_random_uuid()::text, %s, %s, %s)"
                    " ON CONFLICT (bot_id, config_key) DO UPDATE SET config_value = excluded.config_value",
                    (bot, key, value),
                )
            cursor.execute(
                "INSERT INTO public.drive_files (bot_id, file_path, etag) VALUES (%s, 'config.csv', %s)"
                " ON CONFLICT (bot_id, file_path) DO UPDATE SET etag = excluded.etag",
                (bot, etag),
            )

    def known_etag(self, bot: str) -> str | None:
        """The version of config.csv that is in the table."""
        with self.pooled() as taken, taken.cursor() as cursor:
            cursor.execute("SELECT etag FROM public.drive_files WHERE bot_id = %s AND file_path = 'config.csv'", (bot,))
            found = cursor.fetchone()
        return found[0] if found else None

    def remember(self, session: str, text: str) -> int:
        """Stores a message by the connection that is never given back; gives how many the session has."""
        with self.pinned.cursor() as cursor:
            cursor.execute(
                "INSERT INTO public.message_history (session_id, role, content_encrypted) VALUES (%s, 1, %s)",
                (session, text),
            )
            cursor.execute("SELECT count(*) FROM public.message_history WHERE session_id = %s", (session,))
            return cursor.fetchone()[0]

    def open_session(self) -> str:
        """A session of nobody with the default bot, by the same connection."""
        with self.pinned.cursor() as cursor:
            cursor.execute("INSERT INTO public.user_sessions (bot_id) VALUES (%s) RETURNING id", (DEFAULT_BOT,))
            return str(cursor.fetchone()[0])
