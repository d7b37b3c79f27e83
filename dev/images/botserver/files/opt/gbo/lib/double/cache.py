"""Valkey, as botserver finds it: a URL of the environment before Vault, no TLS, twelve tries, then without."""

import logging
import time
from collections.abc import Mapping

import redis

URLS = ("CACHE_URL", "REDIS_URL", "VALKEY_URL")
TRIES = 12
PAUSE_SECONDS = 5


def urls(settings: dict[str, str], environment: Mapping[str, str]) -> list[str]:
    """What is tried, in this order: Vault's entry without its password first, and then with it."""
    for name in URLS:
        if environment.get(name):
            return [environment[name]]
    place = f"{settings['host']}:{settings['port']}"
    password = settings.get("password", "")
    return [f"redis://{place}", *([f"redis://:{password}@{place}"] if password else [])]


def connect(addresses: list[str]) -> redis.Redis | None:
    """A client that has answered, or nothing: botserver then runs without a cache."""
    failure: Exception | None = None
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE_SECONDS)
        for address in addresses:
            try:
                client = redis.Redis.from_url(address, socket_timeout=5, socket_connect_timeout=5)
                client.ping()
                return client
            except redis.RedisError as error:
                failure = error
    logging.error("the cache does not answer, going on without: %s", failure)
    return None
