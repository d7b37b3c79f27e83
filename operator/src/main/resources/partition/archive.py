#!/usr/bin/env python3
"""Writes a partition into the archive of its BotCluster: a dump with its schema, read back and compared, and after it a
manifest: an archive without one is none. Holds no more than a few pieces at a time, and changes nothing in the database.

Usage: archive.py
Environment: TABLE and PARTITION, FROM and TO (its bounds, empty for none), BUCKET, PGHOST. The Secrets of the stores are
below /login. Ends with 0 when it is done, 3 if it cannot be, 4 if trying again may help."""

import datetime
import hashlib
import json
import os
import sys

import common
import database
import place
import s3


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Hashed:
    """What is written goes on, and is counted."""

    def __init__(self, out):
        self.out, self.sum, self.bytes = out, hashlib.sha256(), 0

    def write(self, data):
        self.out.write(data)
        self.sum.update(data)
        self.bytes += len(data)


def archived():
    """What came of it, for the operator."""
    partition = os.environ["PARTITION"]
    drive = s3.Store(common.login("seaweedfs"), common.authority("seaweedfs"))
    known = database.Database(common.login("postgres"), common.authority("postgres"))
    known.await_way()
    bucket, key, manifest = place.of(os.environ["TABLE"], partition)
    place.make(drive, bucket)
    with place.Snapshot(known) as snapshot:
        rows, digest = snapshot.sum(partition)
        whole = written(drive, bucket, key, snapshot.dump(partition))
    if read(drive, bucket, key) != (whole.bytes, whole.sum.hexdigest()):
        raise common.Trouble(f"{bucket}/{key} is not what was written")
    told = {
        "format": common.FORMAT,
        "table": os.environ["TABLE"],
        "partition": partition,
        "from": os.environ["FROM"],
        "to": os.environ["TO"],
        "rows": rows,
        "digest": digest,
        "key": key,
        "bytes": whole.bytes,
        "sha256": whole.sum.hexdigest(),
        "archivedAt": now(),
    }
    drive.put(bucket, manifest, json.dumps(told, indent=2).encode(), {"content-type": "application/json"})
    return json.dumps({**told, "bucket": bucket})


def written(drive, bucket, key, pieces):
    """An object of these pieces. One of before stays until all of this is there."""
    drive.forget_uploads(bucket, key)
    upload = s3.Upload(drive, bucket, key, {"content-type": "application/octet-stream"})
    whole = Hashed(upload)
    try:
        for piece in pieces:
            whole.write(piece)
        upload.complete()
    except BaseException:
        upload.abandon()
        raise
    return whole


def read(drive, bucket, key):
    """Size and hash of what is in an object now."""
    headers = drive.head(bucket, key)
    if headers is None:
        raise common.Trouble(f"{bucket}/{key} is not there")
    found, size = hashlib.sha256(), 0
    for piece in drive.pieces(bucket, key, headers):
        found.update(piece)
        size += len(piece)
    return size, found.hexdigest()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(__doc__)
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else common.USAGE)
    common.run(archived)
