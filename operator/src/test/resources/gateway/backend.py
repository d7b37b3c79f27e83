#!/usr/bin/env python3
"""Stands for a bot server behind the gateway: says who it is, and echoes on websockets.

Usage: backend.py [-h] NAME [PORT]

  /api/health  200
  /ws…         a websocket: the first message is NAME, every further one an echo
  /stream      a line every 0.2 s for 3 s
  /api/whose   the tenant that the gateway names, or nobody
  /api/told    all headers, a line each
  other paths  200 with NAME; a POST also gets its body back

While there is a file /tmp/failing, all but /api/health is 503. /tmp/asked has a line for each of those.
"""

import base64
import hashlib
import http.server
import os
import signal
import sys
import time

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE = 0x81, 0x88


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    name = ""

    def do_GET(self):
        if self.path != "/api/health" and os.path.exists("/tmp/failing"):
            with open("/tmp/asked", "a") as asked:
                asked.write(self.path + "\n")
            self.answer(b"", 503)
        elif self.headers.get("Upgrade", "").lower() == "websocket":
            self.upgrade()
        elif self.path == "/stream":
            self.stream()
        elif self.path.partition("?")[0] == "/api/whose":
            whose = self.headers.get_all("X-Generalbots-Tenant") or ["nobody"]
            self.answer(" ".join(whose).encode())
        elif self.path.partition("?")[0] == "/api/told":
            self.answer("".join(f"{n}: {v}\n" for n, v in self.headers.items()).encode())
        else:
            self.answer(self.name.encode())

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        self.answer(self.name.encode() + b" " + self.rfile.read(length))

    def answer(self, body, status=200):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for number in range(15):
            self.wfile.write(f"data: {number}\n\n".encode())
            self.wfile.flush()
            time.sleep(0.2)
        self.close_connection = True

    def upgrade(self):
        key = self.headers["Sec-WebSocket-Key"].encode()
        accept = base64.b64encode(hashlib.sha1(key + MAGIC).digest()).decode()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept)
        self.end_headers()
        self.close_connection = True
        self.send(self.name.encode())
        while (message := self.receive()) is not None:
            self.send(message)

    def send(self, message):
        self.wfile.write(bytes([TEXT, len(message)]) + message)
        self.wfile.flush()

    def receive(self):
        """The next message, none longer than 125 bytes; nothing at the end."""
        head = self.rfile.read(2)
        if len(head) < 2 or head[0] == CLOSE:
            return None
        length = head[1] & 0x7F
        mask = self.rfile.read(4)
        return bytes(b ^ mask[i % 4] for i, b in enumerate(self.rfile.read(length)))

    def log_message(self, *_):
        """Says nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Takes a hundred clients at once."""

    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that left is no error."""


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    Handler.name = sys.argv[1]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Server(("", int(sys.argv[2]) if len(sys.argv) > 2 else 8080), Handler).serve_forever()


main()
