"""One try at LiveKit's door, as a line: what is asked, and options. Says the status, and the beginning of the answer.

  join                   may I come into the room?
  call METHOD BODY       a call of RoomService; a body that begins with @ is Protobuf, in hexadecimal digits
  ask PATH [BODY]        anything else
  back METHOD BODY       comes into the room, and calls with the token that is given for the way back
  stay                   comes into the room, and says when it is put out
  --video JSON           what the token allows
  --claims JSON          what else it says, as the inside of an object
  --key, --secret        other than those of the tenant
  --header JSON          of the token
  --lasts SECONDS        from now on (600); 0: it does not say
  --kind TYPE            of the body, other than it is
  --query TEXT           of the address
  --both TOKENS          another token in the address, by the same options in one word
  --all                  of the answer, not only how it begins
  --straight             past the door, to LiveKit itself
"""
import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import shlex
import socket
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

SERVICE = "/twirp/livekit.RoomService/"


def parser():
    options = argparse.ArgumentParser()
    options.add_argument("words", nargs="*")
    options.add_argument("--video", default='{"roomJoin":true,"room":"t:acme:hall"}')
    options.add_argument("--claims", default="")
    options.add_argument("--key", default=os.environ["LOGIN"])
    options.add_argument("--secret", default=os.environ["PASSWORD"])
    options.add_argument("--header", default='{"alg":"HS256","typ":"JWT"}')
    options.add_argument("--lasts", type=int, default=600)
    options.add_argument("--kind", default="")
    options.add_argument("--query", default="")
    options.add_argument("--both", default="")
    options.add_argument("--all", action="store_true")
    options.add_argument("--straight", action="store_true")
    return options


def encoded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def token(asked):
    said = '{"iss":%s,"sub":"ann"' % json.dumps(asked.key)
    if asked.lasts:
        said += ',"exp":%d' % (time.time() + asked.lasts)
    said += ',"video":%s%s}' % (asked.video, "," + asked.claims if asked.claims else "")
    text = encoded(asked.header.encode()) + "." + encoded(said.encode())
    if '"none"' in asked.header:
        return text + "."
    digest = hashlib.sha512 if "512" in asked.header else hashlib.sha256
    return text + "." + encoded(hmac.new(asked.secret.encode(), text.encode(), digest).digest())


def base(asked):
    return os.environ["STRAIGHT" if asked.straight else "DOOR"]


def send(asked, shown, path, body=None, kind="application/json"):
    headers = {"Authorization": "Bearer " + shown, "Content-Type": asked.kind or kind}
    query = "?" + asked.query if asked.query else ""
    if asked.both:
        other = parser().parse_args(shlex.split(asked.both))
        query += ("&" if query else "?") + "access_token=" + token(other)
    request = urllib.request.Request(base(asked) + path + query, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return "%d %s" % (answer.status, answer.read(-1 if asked.all else 300).decode(errors="replace"))
    except urllib.error.HTTPError as answer:
        return "%d %s" % (answer.code, answer.read(300).decode(errors="replace"))


def call(asked, shown, method, body):
    if body.startswith("@"):
        return send(asked, shown, SERVICE + method, bytes.fromhex(body[1:]), "application/protobuf")
    return send(asked, shown, SERVICE + method, body.encode())


def come_in(asked):
    """A connection to LiveKit, as somebody in a room has it, with what it says first."""
    address = urllib.parse.urlparse(base(asked))
    lines = [
        "GET /rtc?protocol=13&sdk=python&access_token=%s HTTP/1.1" % token(asked),
        "Host: " + address.netloc, "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "", "",
    ]
    connection = socket.create_connection((address.hostname, address.port), timeout=10)
    connection.sendall("\r\n".join(lines).encode())
    said = connection.recv(65536)
    if b" 101 " not in said[:20]:
        raise OSError("nobody is let in: %r" % said[:60])
    return connection, said


def way_back(asked):
    """The token that LiveKit gives to who comes in, for the next time."""
    connection, said = come_in(asked)
    with connection:
        while not (found := re.search(rb"eyJ[\w-]+\.[\w-]+\.[\w-]{43}", said)):
            more = connection.recv(65536)
            if not more:
                raise OSError("there is no way back")
            said += more
    return found.group().decode()


def stay(asked):
    """LiveKit itself puts out who sends nothing at all, after a minute."""
    connection, _ = come_in(asked)
    print("in", flush=True)
    with connection:
        connection.settimeout(50)
        while connection.recv(65536):
            pass
    return "out"


def tried(line):
    asked = parser().parse_args(shlex.split(line))
    what, *rest = asked.words
    if what == "join":
        return send(asked, token(asked), "/rtc/validate")
    if what == "call":
        return call(asked, token(asked), *rest)
    if what == "stay":
        return stay(asked)
    if what == "back":
        return call(asked, way_back(asked), *rest)
    return send(asked, token(asked), rest[0], rest[1].encode() if len(rest) > 1 else None)


try:
    print(tried(sys.argv[1].replace("$PLATFORM", os.environ["PLATFORM"])))
except OSError as error:
    print("no answer:", error)
