"""What the double has learnt on its way up, and what it goes on doing."""

import logging
import os
from collections.abc import Mapping
from pathlib import Path

import redis

from double import cache, models, vault, vectors
from double.database import DEFAULT_BOT, Database
from double.drive import Drive, config_values
from double.refusal import Refusal


class Server:
    """The stores of one double."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """In botserver's order: Vault, database and migrations, cache, drive, the databases of the bots."""
        self.environment = environment
        self.work = Path(environment.get("GBO_WORK_PATH", "./work"))
        self.database = Database(vault.read("gbo/tables", environment))
        logging.info("%d migrations are in", self.database.migrate())
        self.cache: redis.Redis | None = cache.connect(cache.urls(vault.read("gbo/cache", environment), environment))
        self.drive = Drive(vault.read("gbo/drive", environment))
        self.drive.ensure_default()
        self.vectors = False
        self.bots: dict[str, str] = {}
        self.scan()

    def scan(self) -> None:
        """Every bucket that is a bot's, but for those that LOAD_ONLY leaves out."""
        only = [name for name in self.environment.get("LOAD_ONLY", "").split(",") if name]
        for bucket in self.drive.buckets():
            bot = bucket.removesuffix(".gbai")
            if bot == bucket or (only and bot not in only):
                continue
            if bot not in self.bots:
                self.bots[bot] = self.database.ensure_bot(bot)
                logging.info("bot %s is loaded", bot)
            self.load_config(bot)

    def load_config(self, bot: str) -> None:
        """A config.csv that has changed goes into the table, and into the work folder."""
        found = self.drive.config(bot)
        if not found or found[0] == self.database.known_etag(self.bots[bot]):
            return
        etag, body = found
        folder = self.work / f"{bot}.gbai" / f"{bot}.gbot"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "config.csv").write_bytes(body)
        except OSError as failure:
            raise Refusal(f"the work folder {self.work} cannot be written: {failure.strerror}") from failure
        self.database.store_settings(self.bots[bot], config_values(body.decode()), etag)
        logging.info("%s has a new config.csv", bot)

    def index(self) -> None:
        """Writes a point once it is known where; botserver looks in its table, and nowhere else."""
        url = self.database.setting(DEFAULT_BOT, "vectordb-url")
        if url and not self.vectors:
            vectors.write_point(url)
            self.vectors = True
            logging.info("a point is written")

    def touched(self) -> dict[str, object]:
        """Which stores have answered."""
        return {
            "database": self.database.alive(),
            "cache": self.cache is not None,
            "drive": bool(self.bots),
            "vectordb": self.vectors,
            "bots": sorted(self.bots),
            "replica": os.uname().nodename,
        }

    def answer(self, session: str, text: str) -> str:
        """Stores a message, marks the session in the cache, and says what the model says; without one, what it got."""
        count = self.database.remember(session, text)
        self.mark(session)
        said = models.answer(text, self.environment)
        return f"message {count}: {text}" if said is None else said

    def mark(self, session: str) -> None:
        """A cache that is away is done without, as botserver does."""
        try:
            if self.cache:
                self.cache.set(f"start_bas_executed:default:{session}", "1", ex=86400)
        except redis.RedisError as failure:
            logging.error("the cache is away, going on without: %s", type(failure).__name__)
