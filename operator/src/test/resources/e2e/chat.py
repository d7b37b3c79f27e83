"""A chat client: says each line of its input into one websocket, and prints what comes back; usage: chat.py HOST"""

import base64
import json
import os
import socket
import struct
import sys

PORT = 8080


def frame(stream):
    """The text of the next frame that has one."""
    while True:
        first, second = stream.read(2)
        length = second & 127
        if length > 125:
            length = struct.unpack(">H", stream.read(2))[0]
        body = stream.read(length)
        if first & 15 == 1:
            return json.loads(body)
        if first & 15 == 8:
            sys.exit(f"closed: {body!r}")


def masked(text):
    """A frame as clients send it."""
    body, mask = text.encode(), os.urandom(4)
    head = bytes([0x81, 0x80 | len(body)]) if len(body) < 126 else b"\x81\xfe" + struct.pack(">H", len(body))
    return head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(body))


def main(host):
    """Greets, then answers line by line."""
    link = socket.create_connection((host, PORT), timeout=60)
    key = base64.b64encode(os.urandom(16)).decode()
    link.sendall(
        f"GET /ws/default HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
    )
    stream = link.makefile("rb")
    status = stream.readline().split()[1].decode()
    while stream.readline().strip():
        pass
    print(status, frame(stream)["type"], flush=True)
    for line in sys.stdin:
        link.sendall(masked(line.rstrip("\n")))
        print(frame(stream)["content"], flush=True)


main(sys.argv[1])
