"""Says each message to a bot through a gateway, and prints what it answers.

Usage: chat.py HOST ADDRESS PORT [MESSAGE…]

HOST is the name that the gateway's certificate has to be good for; ADDRESS and PORT are where the gateway is.
The variable AUTHORITY names the file of the authority that signed it; without it, those of the machine count.
"""

import base64
import json
import os
import socket
import ssl
import struct
import sys

PATIENCE = 30
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Chat:
    """One websocket."""

    def __init__(self, host, address, port):
        context = ssl.create_default_context(cafile=os.environ.get("AUTHORITY") or None)
        self.link = context.wrap_socket(socket.create_connection((address, port), PATIENCE), server_hostname=host)
        self.stream = self.link.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self.link.sendall(
            f"GET /ws/default HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        status = self.stream.readline().decode().strip()
        if " 101 " not in f"{status} ":
            sys.exit(f"no websocket: {status or 'the gateway hung up'}")
        while self.stream.readline().strip():
            pass

    def send(self, kind, body):
        """A frame as clients send it: masked."""
        mask = os.urandom(4)
        size = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + struct.pack(">H", len(body))
        self.link.sendall(bytes([0x80 | kind]) + size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(body)))

    def receive(self):
        """The next text; meanwhile the server may ask whether anybody is there."""
        while True:
            kind, length = self.stream.read(2)
            if length > 125:
                length = struct.unpack(">H" if length == 126 else ">Q", self.stream.read(2 if length == 126 else 8))[0]
            body = self.stream.read(length)
            if kind & 15 == TEXT:
                return json.loads(body)
            if kind & 15 == PING:
                self.send(PONG, body)
            if kind & 15 == CLOSE:
                sys.exit(f"the bot server closed: {body[2:].decode(errors='replace') or 'no reason'}")


def main(host, address, port, *messages):
    chat = Chat(host, address, int(port))
    greeting = chat.receive()
    print(f"{greeting.get('type')}: bot {greeting.get('bot')}, session {greeting.get('session_id')}", file=sys.stderr)
    for message in messages:
        chat.send(TEXT, message.encode())
        print(chat.receive().get("content"), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__.strip())
    try:
        main(*sys.argv[1:])
    except (OSError, ValueError) as failure:
        sys.exit(f"the gateway does not answer: {failure}")
