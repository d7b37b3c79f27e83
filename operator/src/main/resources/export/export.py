#!/usr/bin/env python3
"""Writes all that a Tenant has into one archive in a bucket of its own, and after it a manifest: an archive without one
is none. Works with the Tenant's own logins, and holds no more than a few pieces at a time.

Usage: export.py
Environment: NAME of the export, TENANT, CLUSTER, STORES (what of postgres, valkey, seaweedfs is shared), PGHOST. The
Secrets of the stores are below /login. Ends with 0 when it is done, 3 if it cannot be, 4 if trying again may help."""

import datetime
import json
import os
import sys

import archive
import cache
import common
import database
import s3


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def export():
    """What came of it, for the operator."""
    stores = os.environ["STORES"].split()
    drive = s3.Store(common.login("seaweedfs"), common.authority("seaweedfs"))
    buckets = [b for b in common.login("seaweedfs").get("buckets", "").split(",") if b]
    if not buckets:
        raise common.Refusal("it has no bucket to put the archive in")
    folder = f"{common.EXPORTS}{os.environ['NAME']}/"
    key, manifest = folder + "archive.tar", folder + "manifest.json"
    if drive.head(buckets[0], manifest):
        raise common.Refusal(f"there is an export in {buckets[0]}/{folder} already: choose another name")
    drive.forget_uploads(buckets[0], key)
    upload = s3.Upload(drive, buckets[0], key, {"content-type": "application/x-tar"})
    try:
        whole = written(archive.Writer(upload), stores, drive, buckets)
        upload.complete()
    except BaseException:
        upload.abandon()
        raise
    whole["archive"]["key"] = key
    drive.put(buckets[0], manifest, json.dumps(whole, indent=2).encode(), {"content-type": "application/json"})
    # Another try would have needed it.
    if "valkey" in stores:
        cache.Cache(common.login("valkey"), common.authority("valkey")).forget_listing()
    told = {"bucket": buckets[0], "key": manifest, **{n: whole["archive"][n] for n in ("bytes", "sha256")}}
    return json.dumps(told)


def written(writer, stores, drive, buckets):
    """The manifest of an archive that is being written."""
    head = {
        "format": common.FORMAT,
        "tenant": os.environ["TENANT"],
        "cluster": os.environ["CLUSTER"],
        "startedAt": now(),
    }
    text = json.dumps(head).encode()
    writer.member("export.json", len(text), [text])
    told = {"postgres": database_of(writer), "valkey": keys(writer, stores), "drive": objects(writer, drive, buckets)}
    writer.end()
    return {**head, "completedAt": now(), "archive": writer.whole.told(), "stores": {**told, **left_out()}}


def database_of(writer):
    known = database.Database(common.login("postgres"), common.authority("postgres"))
    known.await_way()
    size, extensions = int(known.ask(database.SIZE)[0]), known.extensions()
    started = now()
    writer.stream("postgres", known.dump())
    return {
        "included": True,
        "readAt": [started, now()],
        "databaseBytes": size,
        "extensions": extensions,
        **writer.parts["postgres"].told(),
    }


def keys(writer, stores):
    if "valkey" not in stores:
        return {"included": False, "why": "the BotCluster shares no cache of its own"}
    server = cache.Cache(common.login("valkey"), common.authority("valkey"))
    started, count = now(), 0

    def frames():
        nonlocal count
        for name in server.listed():
            isThere = False
            for frame in cache.parts(server, name):
                isThere = True
                yield frame
            count += isThere

    writer.stream("valkey", frames())
    return {"included": True, "readAt": [started, now()], "keys": count, **writer.parts["valkey"].told()}


def objects(writer, drive, buckets):
    started = now()
    told = [bucket_of(writer, drive, bucket) for bucket in sorted(buckets)]
    return {"included": True, "readAt": [started, now()], "buckets": told}


def bucket_of(writer, drive, bucket):
    """All objects of a bucket but exports; what goes meanwhile is not among them."""
    name, count = f"drive/{bucket}", 0
    for key in drive.keys(bucket):
        headers = None if key.startswith(common.EXPORTS) else drive.head(bucket, key)
        if headers is None:
            continue
        count += 1
        size = int(headers["content-length"])
        text = json.dumps({"key": key, "bytes": size, "headers": s3.kept(headers)}).encode()
        writer.member(f"{name}/{count:08d}.json", len(text), [text])
        writer.member(f"{name}/{count:08d}", size, drive.pieces(bucket, key, headers))
    writer.parts.setdefault(name, archive.Sum())
    return {"bucket": bucket, "objects": count, **writer.parts[name].told()}


def left_out():
    """What no export holds, and why."""
    whys = {
        "qdrant": "collections can be made anew from what they were made of",
        "livekit": "rooms have nothing that lasts",
        "vault": "all that is in it follows from the Tenant's Secrets, which a new Tenant has anew",
    }
    return {store: {"included": False, "why": why} for store, why in whys.items()}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(__doc__)
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else common.USAGE)
    common.run(export)
