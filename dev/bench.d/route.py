#!/usr/bin/env python3
"""Asks a router of this machine which shard or region serves a request, so many times a second, and
tells how long the answers took. The router runs from its jar on one core, with a table by hash and
one by place; the other core asks. Each time is counted from the moment a request was due, whether or
not it could be sent then. Every answer is compared with what an independent program says."""

import argparse
import collections
import hashlib
import json
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

JAR = os.path.join(os.environ["GBO_BENCH_DEV"], "..", "edge", "target", "quarkus-app", "quarkus-run.jar")
SHARDS = 16
CONNECTIONS = 64
REGIONS = {"us-east": (["US"], ["NA", "SA"]), "eu-west": (["DE"], ["EU", "AF"]), "ap-south": (["IN"], ["AS", "OC"])}
COUNTRIES = {"US": "us-east", "BR": "us-east", "DE": "eu-west", "FR": "eu-west", "ZA": "eu-west", "IN": "ap-south", "NZ": "ap-south", "XX": "us-east"}


def say(text):
    print(text, file=sys.stderr, flush=True)


def tables(folder):
    """What an operator would publish, as files."""
    about = {"version": 1, "namespace": "bots", "cluster": "prod"}
    shards = [
        {"name": f"by-user-{n}", "endpoint": f"pooler-{n}.bots.svc:6432", "database": "botserver", "ready": True}
        for n in range(SHARDS)
    ]
    by_user = {"policy": "by-user", "strategy": "Hash", "hosts": ["users.example.com"], "key": "user_id", "keyType": "UUID",
               "line": f"v1 ConsistentHash {SHARDS}", "shards": shards}
    regions = [
        {"name": name, "upstream": f"http://{name}.bots.svc:8080", "countries": countries, "continents": continents, "ready": True}
        for name, (countries, continents) in REGIONS.items()
    ]
    by_place = {"policy": "by-place", "strategy": "Geo", "hosts": ["world.example.com"], "regions": regions,
                "defaultRegion": "us-east", "detection": "Header"}
    for table in (by_user, by_place):
        with open(os.path.join(folder, table["policy"] + "-routing.json"), "w", encoding="utf-8") as file:
            json.dump(about | table, file)


def shard_of(key):
    """Jump consistent hash in whole numbers, as docs/reference/hash-function.md has it."""
    state = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    shard = following = 0
    while following < SHARDS:
        shard = following
        state = (state * 2862933555777941757 + 1) % 2**64
        following = (shard + 1) * 2**31 // (state // 2**33 + 1)
    return shard


def requests(count, chance):
    """Requests as Caddy sends them, each with what has to be in its answer."""
    made = []
    for number in range(count):
        address = ".".join(str(chance.randrange(1, 224)) for _ in range(4))
        head = (
            "GET /authorize HTTP/1.1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: */*\r\n"
            f"X-Forwarded-For: {address}\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Method: GET\r\n"
        )
        if number % 2:
            key = str(uuid.UUID(int=chance.getrandbits(128)))
            head += f"Host: users.example.com\r\nX-Forwarded-Host: users.example.com\r\nX-Forwarded-Uri: /chat?user_id={key}&x=1\r\n"
            expected = f"X-Generalbots-Shard: by-user-{shard_of(key)}\r\n"
        else:
            country, region = chance.choice(list(COUNTRIES.items()))
            head += f"Host: world.example.com\r\nX-Forwarded-Host: world.example.com\r\nX-Forwarded-Uri: /\r\nX-Generalbots-Country: {country}\r\nCookie: session=1; gbo-region=us-east\r\n"
            expected = f"X-Generalbots-Region: {region}\r\n"
        made.append(((head + "\r\n").encode(), expected.encode()))
    return made


class Client:
    """Connections that are kept, and what came back."""

    def __init__(self, port):
        self.selector = selectors.DefaultSelector()
        self.free = collections.deque()
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ)
            self.free.append(connection)
        self.asked = {}
        self.took, self.errors, self.wrong = [], 0, 0

    def run(self, rate, seconds, chosen):
        """Asks for so long, and waits a second for what is still on its way."""
        began = time.perf_counter()
        count = int(rate * seconds)
        sent = 0
        while sent < count or (self.asked and time.perf_counter() < began + seconds + 1):
            now = time.perf_counter()
            while sent < count and self.free and began + sent / rate <= now:
                connection = self.free.popleft()
                head, expected = chosen[sent % len(chosen)]
                self.asked[connection] = (began + sent / rate, expected)
                connection.send(head)
                sent += 1
            for key, _ in self.selector.select(0):
                self.answered(key.fileobj)
        self.errors += len(self.asked)

    def answered(self, connection):
        answer = connection.recv(65536)
        due, expected = self.asked.pop(connection)
        self.took.append(time.perf_counter() - due)
        if not answer.startswith(b"HTTP/1.1 200 ") or not answer.endswith(b"\r\n\r\n"):
            self.errors += 1
        elif expected.lower() not in answer.lower():
            self.wrong += 1
        self.free.append(connection)

    def forget(self):
        self.took, self.errors, self.wrong = [], 0, 0

    def at(self, share):
        """Milliseconds within which this share of the answers came."""
        ordered = sorted(self.took)
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


def started(folder, port):
    """A router on the first core, as soon as it is ready."""
    environment = os.environ | {"EDGE_FOLDER": folder, "EDGE_TRUSTED_PROXIES": "127.0.0.0/8",
                                "QUARKUS_HTTP_HOST": "127.0.0.1", "QUARKUS_HTTP_PORT": str(port)}
    router = subprocess.Popen(["taskset", "-c", "0", "java", "-Xmx96m", "-jar", JAR], env=environment, stdout=sys.stderr)
    for _ in range(300):
        if router.poll() is not None:
            sys.exit(f"dev/bench: the router ended with {router.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/q/health/ready", timeout=1).read()
            return router
        except OSError:
            time.sleep(0.1)
    router.kill()
    sys.exit("dev/bench: the router was not ready within 30 s")


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return next(int(line.split()[1]) // 1024 for line in file if line.startswith("VmRSS"))


def main():
    parser = argparse.ArgumentParser(prog="dev/bench route", description=__doc__)
    parser.add_argument("--rate", type=int, default=2000, help="requests a second (2000)")
    parser.add_argument("--seconds", type=float, default=20, help="how long (20)")
    parser.add_argument("--warm", type=float, default=10, help="seconds of the same before, which do not count (10)")
    parser.add_argument("--seed", type=int, default=1, help="of keys and countries (1)")
    options = parser.parse_args()
    if not os.path.exists(JAR):
        sys.exit("dev/bench: the router is not built (mvn -pl edge -am -DskipTests package)")
    os.sched_setaffinity(0, os.sched_getaffinity(0) - {0} or {0})
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        tables(folder)
        router = started(folder, port)
        try:
            chosen = requests(4000, random.Random(options.seed))
            client = Client(port)
            client.run(options.rate, options.warm, chosen)
            say(f"while it was warming up: p99 {client.at(0.99)} ms, {client.errors} errors")
            client.forget()
            load, used = os.getloadavg()[0], processor_seconds(router.pid)
            client.run(options.rate, options.seconds, chosen)
            used = processor_seconds(router.pid) - used
            result = {
                "rate": options.rate, "seconds": options.seconds, "answers": len(client.took),
                "p50_ms": client.at(0.5), "p99_ms": client.at(0.99), "p999_ms": client.at(0.999), "max_ms": client.at(1),
                "errors": client.errors, "wrong": client.wrong, "core_percent": round(100 * used / options.seconds),
                "resident_mib": resident_mib(router.pid), "load_average": round(load, 1),
            }
        finally:
            router.send_signal(signal.SIGTERM)
            router.wait(30)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
