"""Load for a gateway: requests at a steady rate, and websockets that stay open.

Usage: load.py [-h] --host HOST [--address ADDRESS] [--port PORT] [options]

Requests are begun when their time has come, whether or not earlier ones were answered, and times count from there:
a server that stalls does not make its clients ask less. A request whose connection ends without an answer is repeated
on another one, as browsers do, three times at most, and each time is counted. Ends after --seconds, or when the file --stop appears, and prints one
line of JSON: statuses, errors, times in milliseconds, and of websockets how many ended by themselves and when.
"""

import argparse
import asyncio
import base64
import collections
import json
import os
import ssl
import struct
import time

PATIENCE = 30
REPEATS = 3
MOST = 500
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Gone(Exception):
    """The other end left without an answer."""


class Gateway:
    """Where it is, and as whom it is trusted."""

    def __init__(self, options):
        self.options = options
        self.tls = None
        if not options.plain:
            self.tls = ssl.create_default_context(cafile=options.authority or None)

    async def connect(self):
        name = self.options.host if self.tls else None
        opened = asyncio.open_connection(self.options.address, self.options.port, ssl=self.tls, server_hostname=name)
        return await asyncio.wait_for(opened, PATIENCE)


class Requests:
    """Requests at a rate, each on a connection that is idle."""

    def __init__(self, gateway):
        self.gateway = gateway
        self.idle = []
        self.statuses = collections.Counter()
        self.errors = collections.Counter()
        self.repeated = 0
        self.times = []

    async def run(self, rate, stopped):
        """Begins one after the other until it is told to stop, and waits for the last."""
        begun, count, running = time.monotonic(), 0, set()
        while not stopped.is_set():
            due = begun + count / rate
            await wait(stopped, due - time.monotonic())
            count += 1
            if len(running) >= MOST:
                self.errors["not begun, as too many are open"] += 1
                continue
            one = asyncio.create_task(self.ask(due))
            running.add(one)
            one.add_done_callback(running.discard)
        if running:
            await asyncio.wait(running)

    async def ask(self, due):
        try:
            status = await self.insist()
        except (OSError, Gone, ValueError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.errors[f"{type(error).__name__}: {error}"] += 1
            return
        self.statuses[status] += 1
        self.times.append((time.monotonic() - due) * 1000)

    async def insist(self):
        for _ in range(REPEATS):
            try:
                return await asyncio.wait_for(self.exchange(), PATIENCE)
            except (Gone, ConnectionError, asyncio.IncompleteReadError):
                self.repeated += 1
                while self.idle:
                    self.idle.pop()[1].close()
        return await asyncio.wait_for(self.exchange(), PATIENCE)

    async def exchange(self):
        reader, writer = self.idle.pop() if self.idle else await self.gateway.connect()
        try:
            options = self.gateway.options
            writer.write(f"GET {options.path} HTTP/1.1\r\nHost: {options.host}\r\n\r\n".encode())
            status, headers = await read_head(reader)
            await read_body(reader, headers)
        except BaseException:
            writer.close()
            raise
        if headers.get("connection", "").lower() == "close":
            writer.close()
        else:
            self.idle.append((reader, writer))
        return status

    def report(self):
        times = sorted(self.times)
        shares = {f"p{share}": quantile(times, share / 100) for share in (50, 95, 99)}
        return {"statuses": self.statuses, "errors": self.errors, "repeated": self.repeated, **shares}


class Socket:
    """A websocket that says something now and then."""

    def __init__(self, gateway, begun):
        self.gateway = gateway
        self.begun = begun
        self.answers = 0
        self.trouble = ""
        self.ended = None

    async def open(self):
        self.reader, self.writer = await self.gateway.connect()
        key = base64.b64encode(os.urandom(16)).decode()
        self.writer.write(
            f"GET /ws/default HTTP/1.1\r\nHost: {self.gateway.options.host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        status, _ = await asyncio.wait_for(read_head(self.reader), PATIENCE)
        if status != "101":
            raise Gone(f"no websocket: {status}")

    async def run(self, every, stopped):
        """Until it is told to stop; whatever ends it before is trouble."""
        listening = asyncio.create_task(self.listen())
        stopping = asyncio.create_task(stopped.wait())
        try:
            while not stopped.is_set() and not listening.done():
                self.send(TEXT, b"hello")
                await asyncio.wait({listening, stopping}, timeout=every, return_when=asyncio.FIRST_COMPLETED)
        except OSError as error:
            self.trouble = str(error)
        if listening.done() and not stopped.is_set():
            self.trouble = str(listening.exception() or "closed")
            self.ended = round(time.time() - self.begun, 1)
        listening.cancel()
        stopping.cancel()
        await asyncio.gather(listening, stopping, return_exceptions=True)
        self.writer.close()

    async def listen(self):
        while True:
            kind, size = await self.reader.readexactly(2)
            if size > 125:
                length = 2 if size == 126 else 8
                size = struct.unpack(">H" if length == 2 else ">Q", await self.reader.readexactly(length))[0]
            body = await self.reader.readexactly(size)
            if kind & 15 == PING:
                self.send(PONG, body)
            if kind & 15 == CLOSE:
                raise Gone(f"closed: {body[2:].decode(errors='replace') or 'no reason'}")
            self.answers += kind & 15 == TEXT

    def send(self, kind, body):
        mask = os.urandom(4)
        masked = bytes(b ^ mask[i % 4] for i, b in enumerate(body))
        self.writer.write(bytes([0x80 | kind, 0x80 | len(body)]) + mask + masked)


async def read_head(reader):
    """The status, and headers by their names in small letters."""
    line = await reader.readline()
    if not line:
        raise Gone("no answer")
    headers = {}
    while (header := (await reader.readline()).strip()) != b"":
        name, _, value = header.decode().partition(":")
        headers[name.lower()] = value.strip()
    return line.split()[1].decode(), headers


async def read_body(reader, headers):
    if headers.get("transfer-encoding") == "chunked":
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(headers.get("content-length", 0)))


async def wait(stopped, seconds):
    """Until it is told to stop, but no longer than so many seconds."""
    if seconds > 0:
        try:
            await asyncio.wait_for(stopped.wait(), seconds)
        except TimeoutError:
            pass


def quantile(times, share):
    """Of sorted times; none of none."""
    return round(times[min(len(times) - 1, int(share * len(times)))], 2) if times else None


def report_of_sockets(sockets):
    return {
        "opened": len(sockets),
        "dropped": sum(1 for one in sockets if one.trouble),
        "answers": sum(one.answers for one in sockets),
        "ended": sorted(one.ended for one in sockets if one.ended is not None),
        "troubles": collections.Counter(one.trouble for one in sockets if one.trouble),
    }


async def await_end(options, stopped, work):
    """Until the time is over, somebody says so, or all work has ended by itself."""
    deadline = time.monotonic() + options.seconds if options.seconds else None
    while not all(one.done() for one in work):
        if (deadline and time.monotonic() > deadline) or (options.stop and os.path.exists(options.stop)):
            break
        await asyncio.wait(work, timeout=0.2)
    stopped.set()
    await asyncio.gather(*work)


async def run(options):
    gateway, stopped = Gateway(options), asyncio.Event()
    requests = Requests(gateway)
    sockets = [Socket(gateway, time.time()) for _ in range(options.sockets)]
    for one in sockets:
        await one.open()
    work = [asyncio.create_task(one.run(options.every, stopped)) for one in sockets]
    if options.rate:
        work.append(asyncio.create_task(requests.run(options.rate, stopped)))
    if options.running:
        with open(options.running, "w", encoding="ascii"):
            pass
    await await_end(options, stopped, work)
    return {"requests": requests.report(), "sockets": report_of_sockets(sockets)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--host", required=True, help="name that the certificate is for")
    parser.add_argument("--address", default="demo-gateway")
    parser.add_argument("--port", type=int, default=443)
    parser.add_argument("--plain", action="store_true", help="no TLS")
    parser.add_argument("--authority", default="", help="file of who signed the certificate")
    parser.add_argument("--path", default="/api/health")
    parser.add_argument("--rate", type=float, default=0, help="requests per second")
    parser.add_argument("--sockets", type=int, default=0, help="websockets")
    parser.add_argument("--every", type=float, default=5, help="seconds between two messages of a websocket")
    parser.add_argument("--seconds", type=float, default=0, help="how long")
    parser.add_argument("--running", default="", help="file that is made once all websockets are open")
    parser.add_argument("--stop", default="", help="file whose appearance ends it")
    options = parser.parse_args()
    print(json.dumps(asyncio.run(run(options))))


main()
