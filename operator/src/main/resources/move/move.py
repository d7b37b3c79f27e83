#!/usr/bin/env python3
"""Carries the database of a Tenant from one PostgreSQL server to another, while it is written to, by the rights of the
Tenant's own role. The row in generalbots_move.course of the source says where it stands; the operator writes CuttingOver into
it when it has closed the source, or Back to give up.

Usage: move.py         carries, until the database is handed over or the operator gave up
       move.py back    gives up: the source is as it was before
Environment: SOURCE_HOST, TARGET_HOST, PGPORT (or SOURCE_PORT and TARGET_PORT), DATABASE, OWNER, MOVE. The login is
/login/mover. Ends with 0 when it is done or given up (it says which), 3 if it cannot be, 4 if trying again may help."""

import contextlib
import json
import os
import re
import sys
import time

import psycopg2

import capture
import common
import hand_over
from carry import PORTION, Follower, copy
from compare import Differing, compare
from course import (
    BACK,
    CATCHING_UP,
    COPYING,
    CUTTING_OVER,
    HANDED,
    REFUSED,
    SCHEMA_CHANGED,
    VERIFIED,
    Course,
    GivenUp,
    StartOver,
)
from digest import digest
from mark import GIVEN_UP, HANDED as MARK_HANDED, TOLD, Mark
from outline import outline
from refusals import refusals
from servers import SCHEMA, Closed, Server, hold, line, one
from tables import tables
from watch import LOOK, Watch

# The operator is heard at once, and after so long if it was not heard.
PAUSE = 0.2

# With fewer changes pending than these, rows are compared.
FEW = 1000

STARTS = 5


class Move:
    """A move, from wherever it stands to its end."""

    def __init__(self):
        self.source, self.target = Server("source"), Server("target")
        self.started, self.tables, self.isResumed, self.course = time.monotonic(), [], False, None

    def run(self):
        self.there = self.target.await_way()
        hold(self.there, self.target)
        self.mark = Mark(self.there, self.target.owner, os.environ["MOVE"])
        state = self.mark.state()
        if state == TOLD or (state == MARK_HANDED and self.is_handed()):
            return self.finish()
        self.enter_source()
        try:
            if self.course.require() == HANDED:
                return self.ended(HANDED)
            self.carry_until_handed()
        except GivenUp:
            return self.give_up()
        for session in (self.here, self.course.session):
            session.close()
        return self.finish()

    def enter_source(self):
        control = self.source.await_way()
        hold(control, self.source)
        self.course, self.here = Course(control), self.source.open()
        if self.course.is_foreign():
            raise common.Refusal(f"the source has a schema {SCHEMA} that is not of this move")
        self.course.prepare()

    def carry_until_handed(self):
        for _ in range(STARTS):
            try:
                self.carry()
                return
            except StartOver as reason:
                self.start_over(str(reason))
        raise common.Trouble("its outline changes again and again")

    def start_over(self, reason):
        print(f"starting over: {reason}", flush=True)
        if not self.course.enter(COPYING, CATCHING_UP, VERIFIED, REFUSED, SCHEMA_CHANGED, message=reason):
            if self.course.require() == CUTTING_OVER:
                hand_over.changed(self.course, reason)

    def carry(self):
        self.tables = tables(self.here)
        self.isResumed = self.mark.fits(self.course.token(), digest(self.here)) and capture.is_whole(
            self.here, self.tables
        )
        if not self.isResumed:
            self.begin()
        self.digest = self.mark.row()[3]
        self.copy()
        self.follow()

    def begin(self):
        """The outline is of the tables whose changes are noted."""
        self.course.enter(COPYING, CATCHING_UP, VERIFIED, REFUSED, SCHEMA_CHANGED)
        if self.course.require() != COPYING:
            hand_over.changed(self.course, "it has to be carried anew")
        self.mark.require_place()
        self.tables = tables(self.here)
        reasons = refusals(self.here, self.there, self.tables)
        if reasons:
            raise common.Refusal("; ".join(reasons))
        capture.install(self.here, self.tables, self.told)
        self.told(None)
        before = digest(self.here)
        made = outline(self.source, self.here)
        if digest(self.here) != before or [t.oid for t in tables(self.here)] != [t.oid for t in self.tables]:
            raise StartOver("the outline changed while it was read")
        self.mark.begin(made, self.course.token(), before)

    def told(self, message):
        self.course.require()
        self.course.note(message=message)

    def copy(self):
        size, rows = sum(t.bytes for t in self.tables), sum(t.rows for t in self.tables)
        self.course.note(tables=len(self.tables), rows=rows, bytes=size, pending=0)
        copied = self.mark.copied()
        with Watch(self.course, (self.here, self.there), self.digest) as watch:
            watch.rows, watch.bytes, watch.isCopying = *(sum(n) for n in zip((0, 0), *copied.values())), True
            for table in self.tables:
                if table.name not in copied and not watch.reason:
                    rows, _ = copy(self.here, self.mark, table, watch.add)
                    watch.rows += rows
            if not watch.reason:
                self.mark.index()
            self.course.note(rows_copied=watch.rows, bytes_copied=watch.bytes)

    def follow(self):
        """From here on nothing but the end of a session ends it. What was verified before that, no longer is."""
        self.course.enter(CATCHING_UP, COPYING, VERIFIED, REFUSED, SCHEMA_CHANGED)
        self.follower, self.looked = Follower(self.here, self.there, self.tables, self.course.require), 0
        with Watch(self.course, (self.here, self.there), self.digest):
            while self.follower.pending() >= FEW:
                self.follower.drain(self.check)
            self.compare()
            self.follower.drain(self.check)
        over = hand_over.HandOver(self.course, self.follower, self.mark, self.digest)
        self.course.enter(VERIFIED, CATCHING_UP, COPYING)
        self.await_hand_over(over)

    def compare(self):
        for table in self.tables:
            self.check()
            try:
                compare(self.follower, table, self.isResumed)
            except Differing as e:
                self.mark.enter(GIVEN_UP)
                self.course.enter(COPYING, CATCHING_UP, message=str(e))
                raise

    def await_hand_over(self, over):
        while True:
            if self.check() == CUTTING_OVER and over.run():
                return
            if self.follower.portion(PORTION) < PORTION:
                self.course.wait(PAUSE)

    def check(self):
        """The phase, if it goes on."""
        phase = self.course.require()
        if time.monotonic() > self.looked + LOOK and phase != CUTTING_OVER:
            if digest(self.here) != self.digest or not capture.is_whole(self.here, self.tables):
                raise StartOver("the outline changed while rows were followed")
            self.course.note(pending=self.follower.pending())
            self.looked = time.monotonic()
        return phase

    def is_handed(self):
        """An earlier try ended between there and here. As long as the source is closed, nobody wrote to it since; it was
        opened again by somebody who has not heard of a hand-over, and then there was none."""
        try:
            control = self.source.await_way()
        except Closed:
            return True
        hold(control, self.source)
        course = Course(control)
        isClosed = course.phase() == CUTTING_OVER and one(control, hand_over.CLOSED)
        isHanded = course.phase() == HANDED or (isClosed and course.enter(HANDED, CUTTING_OVER))
        self.mark.enter(TOLD if isHanded else GIVEN_UP)
        control.close()
        return isHanded

    def finish(self):
        rows, size = (sum(n) for n in zip((0, 0), *self.mark.copied().values()))
        failed = hand_over.finish(self.mark)
        return self.ended(HANDED, rows=rows, bytes=size, failed=failed)

    def give_up(self):
        capture.remove(self.course.session)
        if self.mark.row()[0] == self.mark.move:
            self.mark.enter(GIVEN_UP)
        return self.ended(BACK)

    def say(self, message, phase=None):
        """Why it ends, if there is still somebody to be told."""
        with contextlib.suppress(psycopg2.Error):
            if self.course and phase:
                self.course.enter(phase, COPYING, CATCHING_UP, VERIFIED, SCHEMA_CHANGED, message=message)
            elif self.course:
                self.course.note(message=message)

    def ended(self, phase, **numbers):
        return json.dumps({"phase": phase, "seconds": round(time.monotonic() - self.started, 1), **numbers})


def move():
    if not re.fullmatch(r"[a-z0-9-]{1,64}", os.environ["MOVE"]):
        raise common.Refusal("MOVE is no id of a move")
    going = Move()
    try:
        return going.run()
    except common.Refusal as e:
        going.say(str(e), REFUSED)
        raise
    except common.Trouble as e:
        going.say(str(e))
        raise
    except psycopg2.Error as e:
        going.say(line(e))
        raise common.Trouble(f"a server said: {line(e)}") from e


def back():
    """Another program that is at it is told so, and does it itself."""
    source = Server("source")
    control = source.await_way()
    try:
        course = Course(control)
        if one(control, capture.EXISTS):
            if course.is_foreign():
                raise common.Refusal(f"the source has a schema {SCHEMA} that is not of this move")
            if course.phase() == HANDED:
                raise common.Refusal("it was handed over")
            course.enter(BACK, COPYING, CATCHING_UP, VERIFIED, CUTTING_OVER, REFUSED, SCHEMA_CHANGED)
            hold(control, source)
            capture.remove(control)
    except psycopg2.Error as e:
        raise common.Trouble(f"the source said: {line(e)}") from e
    return json.dumps({"phase": BACK})


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["back"]):
        print(__doc__)
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else common.USAGE)
    common.run(back if sys.argv[1:] else move)
