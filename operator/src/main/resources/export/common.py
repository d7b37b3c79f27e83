"""What both ways have in common: the logins as files, and how one ends."""

import io
import os
import pathlib
import signal
import sys
import traceback

FORMAT = 1

# Keys and objects that begin so are of the platform's own making: no export holds them.
RESERVED = "generalbots:"
EXPORTS = "exports/"

LOGINS = pathlib.Path(os.environ.get("LOGINS", "/login"))
MESSAGE = os.environ.get("TERMINATION", "/dev/termination-log")

# With these codes a try ends: of the first nothing will change by itself, of the second it may.
REFUSED, TROUBLED, USAGE = 3, 4, 64

# What is held of anything at a time.
PIECE = 8 * 1024 * 1024


class Refusal(Exception):
    """It cannot be done, and trying again does not help."""


class Trouble(Exception):
    """It was not done this time."""


def login(store):
    """A published Secret as files; of a file that is missing, nothing."""
    folder = LOGINS / store
    files = folder.iterdir() if folder.is_dir() else ()
    return {f.name: f.read_text().strip() for f in files if f.is_file() and f.name != "ca.crt"}


def authority(store):
    """The certificate authority of a store; None for those of the system."""
    path = LOGINS / store / "ca.crt"
    return str(path) if path.is_file() and path.stat().st_size else None


class Chunks(io.RawIOBase):
    """Chunks of any size as one file."""

    def __init__(self, chunks):
        self.chunks, self.held = iter(chunks), memoryview(b"")

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self.held:
            self.held = memoryview(next(self.chunks, b""))
        size = min(len(buffer), len(self.held))
        buffer[:size], self.held = self.held[:size], self.held[size:]
        return size


def readable(chunks):
    """Chunks as a file whose read(n) gives n bytes, or fewer at the end."""
    return io.BufferedReader(Chunks(chunk for chunk in chunks if chunk), 1 << 16)


def end(code, text):
    """Says in the end what came of it; people and the operator read it from the pod's status."""
    with open(MESSAGE, "w", encoding="utf-8") as file:
        file.write(text.encode()[:4000].decode(errors="ignore"))
    sys.exit(code)


def run(what):
    """Does it, and ends with what it says."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    try:
        said = what()
    except Refusal as refusal:
        print(f"refused: {refusal}", flush=True)
        end(REFUSED, str(refusal))
    except (Trouble, OSError) as trouble:
        print(f"failed: {trouble}", flush=True)
        end(TROUBLED, str(trouble) or type(trouble).__name__)
    except Exception as fault:
        traceback.print_exc()
        end(TROUBLED, f"a fault of ours: {type(fault).__name__}; see the log")
    print(said, flush=True)
    end(0, said)
