#!/usr/bin/env python3
"""Compares the gateway's Caddy with Caddy alone, on this machine: the same program before the same server, once with
a proxy and nothing else, once as the operator configures it (limits kept in a Valkey, circuits, counts, servers from a
file). Both are asked in turns, so that whatever else the machine does is shared; times count from when a request was
due. Then the configuration of each changes again and again while websockets are open, and those that end are counted;
and servers come and go behind each, and the requests that had to be sent again are counted."""

import argparse
import asyncio
import base64
import hashlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

DEV = os.environ["GBO_BENCH_DEV"]
LOAD = os.path.join(DEV, "lib", "load.py")
SOURCE = os.path.join(DEV, "images", "caddy", "source")
BACKEND, PLAIN, OURS, VALKEY, ANOTHER = 18180, 18181, 18182, 18183, 18184
UPGRADE = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

PROXY = "reverse_proxy {servers}"
GUARDED = """limit {{
            by ip
            zone all 1000000 60 1000000
            zone chat 1000000 60 0 /ws /api/chat
            valkey {folder}
            gateways 1
        }}
        measure bots
        reverse_proxy {{
            dynamic servers {folder}/servers/addresses {{
                health_uri /api/health
                health_interval 10s
                health_timeout 6s
            }}
            lb_policy circuit bots {{
                threshold 5
                timeout 30s
                half_open 3
                policy round_robin
            }}
            transport circuit {{
                dial_timeout 2s
            }}
            stream_close_delay 720h
        }}"""
CONFIGURATION = """{{
    admin unix/{folder}/{name}.sock
    auto_https off
    persist_config off
    log {{
        output discard
    }}
}}
http://127.0.0.1:{port} {{
    bind 127.0.0.1
    handle /remark {{
        respond "{remark}"
    }}
    handle {{
        {route}
    }}
}}
"""


def say(text):
    print(text, file=sys.stderr, flush=True)


class Caddy:
    """One of the two, and its configuration."""

    def __init__(self, program, folder, name, port, route):
        self.program, self.folder, self.name, self.port = program, folder, name, port
        self.route, self.servers = route, [BACKEND]
        self.file = os.path.join(folder, name + ".caddy")
        self.list = os.path.join(folder, "servers", "addresses") if "dynamic servers" in route else None
        self.write_list()
        self.configure("first")
        data = os.path.join(folder, name)
        environment = os.environ | {"XDG_DATA_HOME": data, "XDG_CONFIG_HOME": data}
        command = [program, "run", "--adapter", "caddyfile", "--config", self.file]
        self.running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    def configure(self, remark):
        route = self.route.format(servers=" ".join(self.addresses()), folder=self.folder)
        values = {"folder": self.folder, "name": self.name, "port": self.port, "route": route, "remark": remark}
        with open(self.file, "w", encoding="ascii") as file:
            file.write(CONFIGURATION.format(**values))

    def addresses(self):
        return [f"127.0.0.1:{port}" for port in self.servers]

    def write_list(self):
        """In one step, as a kubelet does."""
        if self.list:
            os.makedirs(os.path.dirname(self.list), exist_ok=True)
            with open(self.list + ".new", "w", encoding="ascii") as file:
                file.write("\n".join([f"# revision {len(self.servers):012x}", *self.addresses(), ""]))
            os.replace(self.list + ".new", self.list)

    def serve_by(self, *servers):
        """As the operator does: by the list, or without one by another configuration."""
        self.servers = servers
        if self.list:
            self.write_list()
        else:
            self.reload(f"{len(servers)} servers")

    def reload(self, remark):
        self.configure(remark)
        address = f"unix/{self.folder}/{self.name}.sock"
        command = [self.program, "reload", "--adapter", "caddyfile", "--config", self.file, "--address", address]
        subprocess.run(command, check=True, capture_output=True)

    def load(self, *options):
        command = [sys.executable, LOAD, "--plain", "--host", f"127.0.0.1:{self.port}", "--address", "127.0.0.1"]
        return subprocess.Popen([*command, "--port", str(self.port), "--path", "/api/bench", *options], stdout=subprocess.PIPE)


async def serve(reader, writer):
    """Answers requests at once, and says back what websockets say."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            headers = {k.lower(): v for k, _, v in (line.partition(b": ") for line in head.split(b"\r\n")[1:])}
            if b"sec-websocket-key" in headers:
                accept = base64.b64encode(hashlib.sha1(headers[b"sec-websocket-key"] + UPGRADE).digest())
                writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
                await echo(reader, writer)
                return
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def echo(reader, writer):
    while True:
        _, size = await reader.readexactly(2)
        mask, body = await reader.readexactly(4), await reader.readexactly(size & 127)
        writer.write(bytes([0x81, len(body)]) + bytes(b ^ mask[i % 4] for i, b in enumerate(body)))


async def backend():
    servers = [await asyncio.start_server(serve, "127.0.0.1", port) for port in (BACKEND, ANOTHER)]
    await asyncio.gather(*(server.serve_forever() for server in servers))


def await_answer(port):
    """Until somebody answers there."""
    for _ in range(100):
        if subprocess.run(["curl", "-sf", "-o", "/dev/null", f"http://127.0.0.1:{port}/remark"], check=False).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit(f"nobody answers on port {port}")


def latency(both, options):
    """The answers of each in turns: times of each turn, and all statuses."""
    told = {caddy.name: [] for caddy in both}
    for turn in range(options.turns):
        for caddy in both:
            running = caddy.load("--rate", str(options.rate), "--seconds", str(options.seconds))
            told[caddy.name].append(json.loads(running.communicate()[0])["requests"])
        say(f"turn {turn + 1} of {options.turns}")
    return told


def dropped(caddy, options):
    """Websockets that end while the configuration changes."""
    running = caddy.load("--sockets", str(options.sockets), "--every", "1", "--seconds", str(options.reloads + 4))
    time.sleep(2)
    for change in range(options.reloads):
        caddy.reload(f"change {change}")
        time.sleep(1)
    return json.loads(running.communicate()[0])["sockets"]["dropped"]


def repeated(caddy, options):
    """Requests on kept connections that end without an answer, while a server comes and goes."""
    running = caddy.load("--rate", str(options.rate), "--seconds", str(options.reloads + 2))
    time.sleep(1)
    for change in range(options.reloads):
        caddy.serve_by(*(BACKEND, ANOTHER)[: 2 - change % 2])
        time.sleep(1)
    told = json.loads(running.communicate()[0])["requests"]
    return {"answered": sum(told["statuses"].values()), "repeated": told["repeated"], "failed": sum(told["errors"].values())}


def measure(both, options):
    told = latency(both, options)
    middle = {name: {p: statistics.median(t[p] for t in turns) for p in ("p50", "p95")} for name, turns in told.items()}
    statuses = {name: sorted({s for t in turns for s in t["statuses"]}) for name, turns in told.items()}
    return {
        "rate": options.rate,
        "milliseconds": middle,
        "added": {p: round(middle["ours"][p] - middle["plain"][p], 2) for p in ("p50", "p95")},
        "statuses": statuses,
        "errors": {name: sum(sum(t["errors"].values()) for t in turns) for name, turns in told.items()},
        "reloads": options.reloads,
        "sockets": options.sockets,
        "dropped": {caddy.name: dropped(caddy, options) for caddy in both},
        "servers changed": {caddy.name: repeated(caddy, options) for caddy in both},
    }


def prepare(folder):
    say("compiling Caddy")
    program = os.path.join(folder, "caddy")
    environment = os.environ | {"CGO_ENABLED": "0", "GOWORK": "off"}
    subprocess.run(["go", "build", "-o", program, "."], cwd=SOURCE, env=environment, check=True)
    tools = subprocess.run([os.path.join(DEV, "tools", "valkey"), os.path.join(folder, "valkey")],
                           stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    with open(os.path.join(folder, "uri"), "w", encoding="ascii") as file:
        file.write(f"redis://127.0.0.1:{VALKEY}")
    server = [os.path.join(tools, "valkey-server"), "--port", str(VALKEY), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    return program, subprocess.Popen(server, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(prog="dev/bench edge", description=__doc__)
    parser.add_argument("--rate", type=int, default=200, help="requests per second (200)")
    parser.add_argument("--seconds", type=int, default=10, help="length of each turn (10)")
    parser.add_argument("--turns", type=int, default=4, help="turns of each of both (4)")
    parser.add_argument("--sockets", type=int, default=50, help="websockets (50)")
    parser.add_argument("--reloads", type=int, default=10, help="changes of the configuration (10)")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp()
    running = []
    try:
        program, valkey = prepare(folder)
        running.append(valkey)
        running.append(subprocess.Popen([sys.executable, __file__], env=os.environ | {"BENCH_BACKEND": "1"}))
        both = [Caddy(program, folder, "plain", PLAIN, PROXY), Caddy(program, folder, "ours", OURS, GUARDED)]
        running += [caddy.running for caddy in both]
        for caddy in both:
            await_answer(caddy.port)
        print(json.dumps(measure(both, options)))
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait()
        shutil.rmtree(folder)


if os.environ.get("BENCH_BACKEND"):
    asyncio.run(backend())
else:
    main()
