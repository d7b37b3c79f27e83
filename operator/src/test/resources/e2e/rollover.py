#!/usr/bin/env python3
"""Clients of every store, over TLS that is verified against the mounted authorities, which are read
again for each connection.

Usage: rollover.py [-h] DOMAIN

Of each store, one client asks again and again on a connection of its own each time, and another on one
that it keeps. Makes the file /tmp/running once all were answered, ends some questions after /tmp/stop
appears, and prints one line of JSON: by store and client how often it asked, how often that failed and
with which errors, and how often a connection ended without an answer and was opened once more, as who keeps
one has to and browsers do.
"""

import collections
import http.client
import json
import pathlib
import socket
import ssl
import sys
import threading
import time
import urllib.parse

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

SECRETS = pathlib.Path("/secrets")
RUNNING, STOP = pathlib.Path("/tmp/running"), pathlib.Path("/tmp/stop")
PATIENCE = 10
AFTERWARDS = 20
ENDED = (OSError, http.client.HTTPException, psycopg.OperationalError, redis.ConnectionError)


def secret(name, key):
    return (SECRETS / name / key).read_text(encoding="utf-8").strip()


def authority(name):
    return str(SECRETS / name / "ca.crt")


class Refused(Exception):
    """An answer, but not the one that was asked for."""


class Postgres:
    def __init__(self, host):
        self.host = host

    def open(self):
        return psycopg.connect(
            host=self.host,
            user=secret("app", "username"),
            password=secret("app", "password"),
            dbname=secret("app", "dbname"),
            sslmode="verify-full",
            sslrootcert=authority("server"),
            connect_timeout=PATIENCE,
            autocommit=True,
            prepare_threshold=None,
        )

    def ask(self, connection):
        connection.execute("SELECT 1").fetchone()


class Valkey:
    def open(self):
        client = redis.Redis(
            host=secret("valkey", "host"),
            port=int(secret("valkey", "tls-port")),
            username=secret("valkey", "username"),
            password=secret("valkey", "password"),
            ssl=True,
            ssl_ca_certs=authority("valkey"),
            ssl_check_hostname=True,
            socket_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
            single_connection_client=True,
        )
        client.ping()
        return client

    def ask(self, client):
        client.ping()


class Http:
    """Something that answers 200 by HTTPS: its URL, where that leads, and who vouches for it."""

    def __init__(self, trusted, url, address=None, headers=None):
        self.trusted = trusted
        self.url = url
        self.address = address
        self.headers = headers

    def open(self):
        url = urllib.parse.urlsplit(self.url())
        port = url.port or 443
        plain = socket.create_connection((self.address or url.hostname, port), PATIENCE)
        context = ssl.create_default_context(cafile=authority(self.trusted))
        connection = http.client.HTTPConnection(url.hostname, port)
        connection.auto_open = 0
        connection.sock = context.wrap_socket(plain, server_hostname=url.hostname)
        return connection

    def ask(self, connection):
        connection.request("GET", urllib.parse.urlsplit(self.url()).path, headers=self.headers() if self.headers else {})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise Refused(f"status {answer.status}")


def stores(domain):
    vault = lambda: f"{secret('vault', 'address')}/v1/{secret('vault', 'mount')}/data/{secret('vault', 'path')}/tables"
    return {
        "postgres": Postgres("demo-postgres-rw"),
        "pooler": Postgres("demo-pooler"),
        "valkey": Valkey(),
        "drive": Http("s3", lambda: secret("s3", "tls-uri") + "/healthz"),
        "vault": Http("vault", vault, headers=lambda: {"X-Vault-Token": secret("vault", "token")}),
        "gateway and livekit": Http("gateway", lambda: f"https://meet.{domain}/", "demo-gateway"),
    }


class Client(threading.Thread):
    """Asks one store in a loop."""

    def __init__(self, store, stopped):
        super().__init__(daemon=True)
        self.store = store
        self.stopped = stopped
        self.asked = self.failed = self.ended = 0
        self.errors = collections.Counter()

    def run(self):
        while not self.stopped.is_set():
            self.once()
            self.stopped.wait(0.25)
        for _ in range(AFTERWARDS):
            self.once()

    def once(self):
        try:
            self.question()
            self.asked += 1
        except Exception as error:  # whatever it is, it is counted and told
            self.failed += 1
            self.errors[f"{time.strftime('%X')} {type(error).__name__}: {error}".strip()[:200]] += 1

    def report(self):
        return {"asked": self.asked, "failed": self.failed, "ended": self.ended, "errors": dict(self.errors.most_common(5))}


class Anew(Client):
    def question(self):
        try:
            self.visit()
        except http.client.RemoteDisconnected:
            self.ended += 1
            self.visit()

    def visit(self):
        connection = self.store.open()
        try:
            self.store.ask(connection)
        finally:
            connection.close()


class Kept(Client):
    connection = None

    def question(self):
        if self.connection is None:
            self.connection = self.store.open()
        try:
            self.store.ask(self.connection)
        except ENDED:
            self.ended += 1
            self.connection = None
            self.connection = self.store.open()
            self.store.ask(self.connection)


def await_answers(all_stores):
    """A new pod is not in the network policies yet at first."""
    deadline = time.monotonic() + 60
    for name, store in all_stores.items():
        while True:
            client = Anew(store, threading.Event())
            client.once()
            if client.asked:
                break
            if time.monotonic() > deadline:
                sys.exit(f"{name} does not answer: {dict(client.errors)}")
            time.sleep(0.5)


def main():
    if len(sys.argv) != 2 or sys.argv[1] == "-h":
        print(__doc__)
        sys.exit(0 if sys.argv[1:] == ["-h"] else 2)
    all_stores = stores(sys.argv[1])
    await_answers(all_stores)
    stopped = threading.Event()
    clients = {(name, kind.__name__.lower()): kind(store, stopped) for name, store in all_stores.items() for kind in (Anew, Kept)}
    for client in clients.values():
        client.start()
    RUNNING.touch()
    while not STOP.exists():
        time.sleep(0.2)
    stopped.set()
    for client in clients.values():
        client.join(120)
    print(json.dumps([{"store": name, "client": kind, **client.report()} for (name, kind), client in clients.items()]), flush=True)


if __name__ == "__main__":
    main()
