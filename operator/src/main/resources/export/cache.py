"""The keys of a Tenant in Valkey, read and written type by type: what a server dumps in a form of its own it would have
to trust when it is brought back, which is why no Tenant may RESTORE."""

import socket
import ssl
import struct

from common import PIECE, RESERVED, Refusal, Trouble

SECONDS = 60
PAGE = 100

# Of any one element; a key may have any number of them.
LARGEST = 64 * 1024 * 1024
MOST = 4 * PAGE

# The operator lists a Tenant's keys in one that is the Tenant's: to list them, one has to see everybody's.
LISTING = (RESERVED + "keys").encode()
MARK = (RESERVED + "import").encode()


class Gone(Exception):
    """The server said no."""


class Cache:
    """A server, as one login sees it."""

    def __init__(self, login, authority):
        self.prefix = login.get("prefix", "").encode()
        port = login.get("tls-port") or login.get("port")
        if not self.prefix or not port:
            raise Trouble("the Secret of the cache does not say where it is")
        connection = socket.create_connection((login["host"], int(port)), timeout=SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if login.get("tls-port"):
            context = ssl.create_default_context(cafile=authority)
            connection = context.wrap_socket(connection, server_hostname=login["host"])
        self.connection, self.answers = connection, connection.makefile("rb", 1 << 16)
        self.ask("AUTH", login["username"], login["password"])

    def ask(self, *command):
        return self.all([command])[0]

    def all(self, commands):
        """The answers to commands that are sent at once."""
        self.connection.sendall(b"".join(map(encoded, commands)))
        answers = [self.answer() for _ in commands]
        for answer in answers:
            if isinstance(answer, Gone):
                raise Trouble(f"the cache said: {answer}")
        return answers

    def answer(self):
        line = self.answers.readline().rstrip(b"\r\n")
        kind, rest = line[:1], line[1:]
        if kind == b"+":
            return rest
        if kind == b"-":
            return Gone(rest.decode(errors="replace"))
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == b"-1" else self.exactly(int(rest))
        if kind == b"*":
            return None if rest == b"-1" else [self.answer() for _ in range(int(rest))]
        raise Trouble("the cache ended the connection")

    def exactly(self, size):
        data = self.answers.read(size + 2)
        if len(data) != size + 2:
            raise Trouble("the cache ended the connection")
        return data[:-2]

    def scan(self, command, key):
        """All of a key that is read by cursor; something may come twice."""
        cursor = b"0"
        while True:
            cursor, page = self.ask(command, key, cursor, "COUNT", PAGE)
            yield page
            if cursor == b"0":
                return

    def listed(self):
        """The keys that the operator found, without their prefix."""
        if not self.ask("EXISTS", self.prefix + LISTING):
            raise Trouble("the operator has not listed the keys")
        for page in self.scan("SSCAN", self.prefix + LISTING):
            for key in page:
                if key.startswith(self.prefix) and not key.startswith(self.prefix + RESERVED.encode()):
                    yield key[len(self.prefix) :]

    def forget_listing(self):
        self.ask("DEL", self.prefix + LISTING)


def encoded(command):
    words = [w if isinstance(w, bytes) else str(w).encode() for w in command]
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%b\r\n" % (len(w), w) for w in words)


# A part of a key: what it is for, and what it says.
#   K name type expiry      a key begins; when it ends in milliseconds of the epoch, 0 for never
#   V …                     some of its value, in the words of its type
#   S id added deleted      of a stream: the last id, how many there were, the last that was deleted
#   G name id read          of a stream: a group


def frame(kind, *words):
    words = [w if isinstance(w, bytes) else str(w).encode() for w in words]
    for word in words:
        if len(word) > LARGEST:
            raise Refusal(f"an element of a key in the cache has more than {LARGEST} bytes")
    return kind + struct.pack(">I", len(words)) + b"".join(struct.pack(">I", len(w)) + w for w in words)


def frames(read):
    """The frames of a stream; read(n) gives n bytes, or fewer at its end."""
    while kind := read(1):
        count = number(read)
        if kind not in b"KVSG" or count > MOST:
            raise Refusal("the keys in the archive cannot be read")
        words = []
        for _ in range(count):
            size = number(read)
            if size > LARGEST:
                raise Refusal("the keys in the archive cannot be read")
            words.append(exact(read, size))
        yield kind, words


def number(read):
    return struct.unpack(">I", exact(read, 4))[0]


def exact(read, size):
    data = read(size)
    if len(data) != size:
        raise Refusal("the keys in the archive end too early")
    return data


def parts(cache, name):
    """A key as frames, in order; nothing of one that is gone or that no Tenant can have made."""
    key = cache.prefix + name
    kind, expiry = cache.all([("TYPE", key), ("PEXPIRETIME", key)])
    if kind.decode() not in READERS:
        return
    yield frame(b"K", name, kind, max(expiry, 0))
    for words in READERS[kind.decode()](cache, key):
        yield words if isinstance(words, bytes) else frame(b"V", *words)


def read_string(cache, key):
    place, chunk = 0, cache.ask("GETRANGE", key, 0, PIECE - 1)
    yield [chunk]
    while chunk:
        place += len(chunk)
        chunk = cache.ask("GETRANGE", key, place, place + PIECE - 1)
        yield [chunk]


def read_list(cache, key):
    place = 0
    while page := cache.ask("LRANGE", key, place, place + PAGE - 1):
        yield page
        place += len(page)


def read_scan(command):
    def read(cache, key):
        for page in cache.scan(command, key):
            # A small one comes whole, whatever number was asked for.
            for place in range(0, len(page), 2 * PAGE):
                yield page[place : place + 2 * PAGE]

    return read


def read_stream(cache, key):
    start = b"-"
    while page := cache.ask("XRANGE", key, start, "+", "COUNT", PAGE):
        for entry, fields in page:
            yield [entry, *fields]
        start = b"(" + page[-1][0]
    # After the entries: nothing among them is newer than the last id.
    info = dict(pairs(cache.ask("XINFO", "STREAM", key)))
    yield frame(
        b"S", info[b"last-generated-id"], info.get(b"entries-added", 0), info.get(b"max-deleted-entry-id", b"0-0")
    )
    for group in cache.ask("XINFO", "GROUPS", key):
        told = dict(pairs(group))
        read = told.get(b"entries-read")
        yield frame(b"G", told[b"name"], told[b"last-delivered-id"], -1 if read is None else read)


def pairs(flat):
    return zip(flat[::2], flat[1::2])


READERS = {
    "string": read_string,
    "list": read_list,
    "set": read_scan("SSCAN"),
    "zset": read_scan("ZSCAN"),
    "hash": read_scan("HSCAN"),
    "stream": read_stream,
}


def write_string(key, words):
    return [("APPEND", key, words[0])]


def write_list(key, words):
    return [("RPUSH", key, *words)]


def write_set(key, words):
    return [("SADD", key, *words)]


def write_zset(key, words):
    return [("ZADD", key, *(word for member, score in pairs(words) for word in (score, member)))]


def write_hash(key, words):
    return [("HSET", key, *words)]


def write_stream(key, words):
    return [("XADD", key, *words)]


WRITERS = {
    "string": write_string,
    "list": write_list,
    "set": write_set,
    "zset": write_zset,
    "hash": write_hash,
    "stream": write_stream,
}


class Writer:
    """Brings keys back, under another prefix."""

    def __init__(self, cache):
        self.cache, self.key, self.kind, self.expiry, self.keys = cache, b"", "", 0, 0
        self.held, self.bytes = [], 0

    def take(self, kind, words):
        self.hold(COMMANDS[kind](self, words))

    def hold(self, commands):
        """Many small ones go at once."""
        self.held += commands
        self.bytes += sum(len(word) for command in self.held[-1:] for word in command if isinstance(word, bytes))
        if len(self.held) >= PAGE or self.bytes >= PIECE:
            self.flush()

    def flush(self):
        self.cache.all(self.held)
        self.held, self.bytes = [], 0

    def begin(self, words):
        yield from self.end()
        name, kind, expiry = words
        if kind.decode() not in WRITERS or name.startswith(RESERVED.encode()):
            raise Refusal("a key in the archive cannot be read")
        self.key, self.kind, self.expiry = self.cache.prefix + name, kind.decode(), int(expiry)
        self.keys += 1
        # What an earlier try made of it.
        yield "DEL", self.key

    def value(self, words):
        return WRITERS[self.kind](self.key, words)

    def stream(self, words):
        last, added, deleted = words
        # A stream without entries exists by its groups, or not at all.
        yield "XGROUP", "CREATE", self.key, RESERVED, "0", "MKSTREAM"
        yield "XGROUP", "DESTROY", self.key, RESERVED
        yield "XSETID", self.key, last, "ENTRIESADDED", added, "MAXDELETEDID", deleted

    def group(self, words):
        name, last, read = words
        more = () if read == b"-1" else ("ENTRIESREAD", read)
        yield "XGROUP", "CREATE", self.key, name, last, *more

    def end(self):
        """What ended meanwhile goes at once."""
        if self.key and self.expiry:
            yield "PEXPIREAT", self.key, self.expiry
        self.key = b""

    def close(self):
        self.hold(self.end())
        self.flush()


COMMANDS = {b"K": Writer.begin, b"V": Writer.value, b"S": Writer.stream, b"G": Writer.group}
