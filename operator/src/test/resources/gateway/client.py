#!/usr/bin/env python3
"""Clients of the gateway, over TLS that is verified against /tls/ca.crt.

Usage: client.py [-h] requests|sockets [options]

  requests  asks for /api/who again and again, each time on a connection of its own
  sockets   opens websockets and has each say something every second

Both end when the file --stop appears, and print one line of JSON.
"""

import argparse
import base64
import collections
import json
import os
import socket
import ssl
import sys
import threading
import time

PATIENCE = 15


class Dropped(Exception):
    """The other end left without an answer."""


def connect(options):
    context = ssl.create_default_context(cafile=options.authority)
    plain = socket.create_connection((options.address, options.port), PATIENCE)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return context.wrap_socket(plain, server_hostname=options.host)


class Requests(threading.Thread):
    """One client that asks in a loop."""

    def __init__(self, options, stopped):
        super().__init__(daemon=True)
        self.options = options
        self.stopped = stopped
        self.statuses = collections.Counter()
        self.servers = collections.Counter()
        self.refused = 0
        self.repeated = 0
        self.errors = collections.Counter()

    def run(self):
        while not self.stopped.is_set():
            try:
                self.insist()
            except ConnectionRefusedError:
                self.refused += 1
            except (OSError, Dropped, ValueError) as error:
                self.errors[f"{type(error).__name__}: {error}"] += 1
            self.stopped.wait(self.options.every)

    def insist(self):
        """As browsers do: a connection that ends without a word is opened once more."""
        try:
            self.ask()
        except (Dropped, ConnectionResetError):
            self.repeated += 1
            self.ask()

    def ask(self):
        with connect(self.options) as connection:
            request = f"GET /api/who HTTP/1.1\r\nHost: {self.options.host}\r\nConnection: close\r\n\r\n"
            connection.sendall(request.encode())
            answer = b""
            while piece := connection.recv(4096):
                answer += piece
        head, _, body = answer.partition(b"\r\n\r\n")
        if not head:
            raise Dropped("no answer")
        status = head.split()[1].decode()
        self.statuses[status] += 1
        if status == "200":
            self.servers[body.decode()] += 1


class Socket(threading.Thread):
    """One websocket, kept for as long as it stays open."""

    def __init__(self, options, stopped, cookie=""):
        super().__init__(daemon=True)
        self.options = options
        self.stopped = stopped
        self.messages = 0
        self.trouble = ""
        self.connection = connect(options)
        self.file = self.connection.makefile("rb")
        self.cookie = self.shake_hands(cookie)
        self.server = self.receive()

    def shake_hands(self, cookie):
        key = base64.b64encode(os.urandom(16)).decode()
        more = f"Cookie: {cookie}\r\n" if cookie else ""
        self.connection.sendall(
            f"GET /ws/default HTTP/1.1\r\nHost: {self.options.host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{more}\r\n".encode()
        )
        status = self.file.readline()
        if b" 101 " not in status:
            raise Dropped(f"no websocket: {status!r}")
        while (line := self.file.readline().strip()) and line:
            name, _, value = line.decode().partition(": ")
            if name.lower() == "set-cookie":
                cookie = value.partition(";")[0]
        return cookie

    def run(self):
        try:
            while not self.stopped.wait(1):
                self.send(str(self.messages))
                if self.receive() != str(self.messages):
                    raise Dropped("another answer")
                self.messages += 1
        except (OSError, Dropped) as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def send(self, text):
        mask = os.urandom(4)
        masked = bytes(b ^ mask[i % 4] for i, b in enumerate(text.encode()))
        self.connection.sendall(bytes([0x81, 0x80 | len(masked)]) + mask + masked)

    def receive(self):
        head = self.file.read(2)
        if len(head) < 2 or head[0] != 0x81:
            raise Dropped(f"the end: {head!r}")
        return self.file.read(head[1]).decode()


def await_stop(options, stopped, clients):
    """Until it is told to stop, or nothing of them is left to stop."""
    with open(options.running, "w", encoding="ascii"):
        pass
    while not os.path.exists(options.stop) and any(one.is_alive() for one in clients):
        time.sleep(0.2)
    stopped.set()


def sockets(options):
    stopped = threading.Event()
    first = Socket(options, stopped, options.cookie)
    all_of_them = [first] + [Socket(options, stopped) for _ in range(options.count - 1)]
    for one in all_of_them:
        one.start()
    await_stop(options, stopped, all_of_them)
    for one in all_of_them:
        one.join()
    return {
        "opened": len(all_of_them),
        "dropped": sum(1 for one in all_of_them if one.trouble),
        "messages": sum(one.messages for one in all_of_them),
        "fewest": min(one.messages for one in all_of_them),
        "servers": collections.Counter(one.server for one in all_of_them),
        "errors": collections.Counter(one.trouble for one in all_of_them if one.trouble),
        "cookie": first.cookie,
    }


def requests(options):
    stopped = threading.Event()
    clients = [Requests(options, stopped) for _ in range(options.count)]
    for one in clients:
        one.start()
    await_stop(options, stopped, clients)
    for one in clients:
        one.join()
    return {
        "statuses": sum((one.statuses for one in clients), collections.Counter()),
        "servers": sum((one.servers for one in clients), collections.Counter()),
        "refused": sum(one.refused for one in clients),
        "repeated": sum(one.repeated for one in clients),
        "errors": sum((one.errors for one in clients), collections.Counter()),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["requests", "sockets"])
    parser.add_argument("--host", default="bots.example.com")
    parser.add_argument("--address", default="demo-gateway")
    parser.add_argument("--port", type=int, default=443)
    parser.add_argument("--authority", default="/tls/ca.crt")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--every", type=float, default=0.05)
    parser.add_argument("--cookie", default="")
    parser.add_argument("--running", default="/tmp/running")
    parser.add_argument("--stop", default="/tmp/stop")
    options = parser.parse_args()
    print(json.dumps(requests(options) if options.what == "requests" else sockets(options)))


sys.setswitchinterval(0.02)
main()
