"""Looks after what takes its time: notes how far it is, and ends it when it has become of no use."""

import contextlib
import threading

import psycopg2

from common import Trouble
from course import GivenUp, StartOver
from digest import digest
from servers import line

# So seldom is the outline looked at, in seconds.
LOOK = 2


class Watch(threading.Thread):
    """As long as it is open, statements in these sessions are ended by it; why, is raised in the end."""

    def __init__(self, course, sessions, outlineDigest):
        super().__init__(daemon=True)
        self.course, self.sessions, self.digest = course, sessions, outlineDigest
        self.rows, self.bytes, self.isCopying, self.reason, self.over = 0, 0, False, None, threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, error, trace):
        self.over.set()
        self.join()
        if self.reason and (kind is None or issubclass(kind, (Trouble, psycopg2.Error))):
            raise self.reason from error

    def add(self, size):
        self.bytes += size

    def run(self):
        try:
            while not self.over.wait(LOOK):
                self.look()
        except (GivenUp, StartOver) as reason:
            self.stop(reason)
        except psycopg2.Error as e:
            self.stop(Trouble(f"the source said: {line(e)}"))

    def look(self):
        self.course.require()
        if self.isCopying:
            self.course.note(rows_copied=self.rows, bytes_copied=self.bytes)
        if digest(self.course.session) != self.digest:
            raise StartOver("the outline changed meanwhile")

    def stop(self, reason):
        self.reason = reason
        for session in self.sessions:
            with contextlib.suppress(psycopg2.Error):
                session.cancel()
