"""The archive: a plain tar, written and read as a stream, so that none of it is ever on a disk. What has no size before
it has been read (the dump, the keys) is cut into pieces; each object is a member of its own, after one that tells its
name.

  export.json              format, tenant, time
  postgres/00000001 …      pg_dump's custom format
  valkey/00000001 …        frames of cache.py
  drive/BUCKET/00000001.json and drive/BUCKET/00000001 …

The manifest is an object beside it, and is written last: without one, an archive is none."""

import hashlib
import re
import tarfile

from common import PIECE, Refusal, readable

BLOCK = 512
BUCKET = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
NAME = re.compile(rf"(export)\.json|(postgres|valkey)/(\d{{8}})|(drive/{BUCKET})/(\d{{8}})(\.json)?")
HEADER_LIMIT = 1 << 20
HEAD = "export"


class Sum:
    """How much of something there was, and its digest."""

    def __init__(self):
        self.bytes, self.digest = 0, hashlib.sha256()

    def add(self, data):
        self.bytes += len(data)
        self.digest.update(data)

    def told(self):
        return {"bytes": self.bytes, "sha256": self.digest.hexdigest()}


class Writer:
    """Writes members to an upload."""

    def __init__(self, upload):
        self.upload, self.whole, self.parts = upload, Sum(), {}

    def write(self, data):
        self.upload.write(data)
        self.whole.add(data)

    def member(self, name, size, pieces):
        """One member; its part is what its name begins with."""
        info = tarfile.TarInfo(name)
        info.size = size
        self.write(info.tobuf(tarfile.GNU_FORMAT))
        for data in pieces:
            self.write(data)
            self.part(name).add(data)
        self.write(bytes(-size % BLOCK))

    def part(self, name):
        return self.parts.setdefault(part(name), Sum())

    def stream(self, name, chunks):
        """Chunks of any size as members of one."""
        held, count = bytearray(), 0
        for chunk in chunks:
            held += chunk
            while len(held) >= PIECE:
                count += 1
                self.member(f"{name}/{count:08d}", PIECE, [bytes(held[:PIECE])])
                del held[:PIECE]
        if held:
            self.member(f"{name}/{count + 1:08d}", len(held), [bytes(held)])
        self.parts.setdefault(name, Sum())

    def end(self):
        self.write(bytes(2 * BLOCK))


def part(name):
    """What a member is of: the head, a store, or a bucket."""
    found = NAME.fullmatch(name)
    return found[1] or found[2] or found[4]


class Reader:
    """Reads members from chunks of any size, and sums up all that it reads. Whatever the archive says is not believed:
    a member has a name of these, in order, and is never a path."""

    def __init__(self, chunks):
        self.whole, self.parts, self.begins, self.place = Sum(), {}, {}, 0
        self.file = readable(self.summed(chunks))

    def summed(self, chunks):
        for chunk in chunks:
            self.whole.add(chunk)
            yield chunk

    def read(self, size):
        """So many bytes, or fewer at the end."""
        data = self.file.read(size)
        self.place += len(data)
        return data

    def exactly(self, size):
        data = self.read(size)
        if len(data) != size:
            raise Refusal("the archive ends too early: it is truncated")
        return data

    def members(self, former=""):
        """Each member's name and what is in it; all of that is read before the next one."""
        while True:
            place = self.place
            header = self.exactly(BLOCK)
            if header == bytes(BLOCK):
                self.end()
                return
            info = parsed(header)
            if not follows(former, info.name):
                raise Refusal(f"the archive has {printable(info.name)} where it cannot be")
            body = self.body(info)
            self.begins.setdefault(section(info.name), (place, former))
            yield info.name, body
            for _ in body:
                pass
            self.exactly(-info.size % BLOCK)
            former = info.name

    def body(self, info):
        total, left = self.parts.setdefault(part(info.name), Sum()), info.size
        while left:
            data = self.exactly(min(left, PIECE))
            total.add(data)
            left -= len(data)
            yield data

    def end(self):
        """Nothing comes after it."""
        if self.exactly(BLOCK) != bytes(BLOCK) or self.read(1):
            raise Refusal("the archive has something after its end")


def parsed(header):
    try:
        info = tarfile.TarInfo.frombuf(header, "ascii", "strict")
    except (tarfile.HeaderError, UnicodeDecodeError, ValueError) as e:
        raise Refusal("the archive cannot be read: it is corrupted, or none of ours") from e
    if info.type != tarfile.REGTYPE or info.size < 0:
        raise Refusal(f"the archive has {printable(info.name)}, which is no file")
    return info


def section(name):
    return part(name).split("/")[0]


ORDER = [HEAD, "postgres", "valkey", "drive"]


def follows(former, name):
    """Whether a member may come after another: parts in order, in each of them numbers from one, and an object after
    the name of just that."""
    if not NAME.fullmatch(name):
        return False
    if not former or section(name) == HEAD:
        return not former and section(name) == HEAD
    count, is_name = place(name)
    before, was_name = place(former)
    if part(name) != part(former):
        return order(name) > order(former) and count == 1 and is_name != (section(name) != "drive") and not was_name
    if section(name) == "drive" and was_name:
        return count == before and not is_name
    return count == before + 1 and is_name == (section(name) == "drive")


def order(name):
    return ORDER.index(section(name)), part(name)


def place(name):
    """Which of its part a member is, and whether it is the name of an object."""
    found = NAME.fullmatch(name)
    return int(found[3] or found[5] or 0), found[6] is not None


def printable(name):
    return repr(name[:100])


def joined(body):
    """A small member as a whole."""
    held = b""
    for data in body:
        held += data
        if len(held) > HEADER_LIMIT:
            raise Refusal("the archive has a header that is too large")
    return held
