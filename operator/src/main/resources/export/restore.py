#!/usr/bin/env python3
"""Brings an export into the stores of a new Tenant, with the new Tenant's own logins: all of it or nothing. First the
whole archive is read and compared with its manifest, then the stores have to be empty, then it is brought in. What an
earlier try brought in is removed before; a store knows it by a mark that is made before anything else and goes when all
is done.

Usage: restore.py
Environment: BUCKET and KEY of the manifest, CHECKSUM of the archive (may be empty), ENDPOINT (if not that of the
Secret), BUCKETS (old=new,… of those that are called otherwise here), STORES, LIMITS (bytes by store, as JSON), PGHOST.
The Secrets of the stores are below /login, that of the archive is /login/export. Ends with 0 when it is done, 3 if it
cannot be, 4 if trying again may help."""

import json
import os
import sys

import archive
import cache
import common
import database
import s3

MANIFEST_LIMIT = 4 << 20
MARK = common.EXPORTS + "import"


class Export:
    """An export where it lies; not a word of it is believed before it was compared."""

    def __init__(self, source, bucket, key):
        self.source, self.bucket, self.key, self.begins = source, bucket, key, {}
        self.manifest = self.read()
        self.archive = self.key.rpartition("/")[0] + "/archive.tar"
        self.headers = source.head(bucket, self.archive)
        if self.headers is None:
            raise common.Refusal(f"there is no archive {bucket}/{self.archive}")

    def read(self):
        headers = self.source.head(self.bucket, self.key)
        if headers is None:
            raise common.Refusal(f"there is no manifest {self.bucket}/{self.key}: an export that ended has one")
        if int(headers["content-length"]) > MANIFEST_LIMIT:
            raise common.Refusal("the manifest is too large")
        try:
            manifest = json.loads(b"".join(self.source.pieces(self.bucket, self.key, headers)))
            version = manifest["format"]
            if version > common.FORMAT:
                raise common.Refusal(f"it has format {version}, newer than {common.FORMAT}: update the operator")
            shaped(manifest)
        except (ValueError, KeyError, TypeError, AttributeError) as e:
            raise common.Refusal("the manifest cannot be read") from e
        return manifest

    def reader(self, place=0):
        """A reader of the archive from there on; it is the same one each time, or there is an end."""
        return archive.Reader(self.source.pieces(self.bucket, self.archive, self.headers, place))

    def members(self, section):
        """The members of a section of the archive that was verified."""
        place, former = self.begins.get(section, (None, None))
        if place is None:
            return
        for name, body in self.reader(place).members(former):
            if archive.section(name) != section:
                return
            yield name, body

    def verify(self, checksum):
        told = self.manifest
        size = int(self.headers["content-length"])
        if checksum and checksum != told["archive"]["sha256"]:
            raise common.Refusal("the manifest names another checksum than spec.bootstrap.export.sha256")
        if size != told["archive"]["bytes"]:
            wanted = told["archive"]["bytes"]
            raise common.Refusal(f"the archive has {size} bytes of {wanted}: it is truncated or another")
        reader = self.reader()
        for name, body in reader.members():
            if name == "export.json":
                self.compare(archive.joined(body))
        if reader.whole.told() != {n: told["archive"][n] for n in ("bytes", "sha256")}:
            raise common.Refusal("the archive has another checksum than the manifest says: it is corrupted")
        for part, total in self.parts().items():
            if reader.parts.pop(part, archive.Sum()).told() != total:
                raise common.Refusal(f"{part} in the archive has another checksum than the manifest says")
        reader.parts.pop(archive.HEAD, None)
        if reader.parts:
            raise common.Refusal("the archive has more than its manifest says")
        self.begins = reader.begins

    def compare(self, head):
        if json.loads(head) != {n: self.manifest[n] for n in ("format", "tenant", "cluster", "startedAt")}:
            raise common.Refusal("archive and manifest are of different exports")

    def parts(self):
        """What the manifest says of each part."""
        stores = self.manifest["stores"]
        told = {name: stores[name] for name in ("postgres", "valkey") if stores[name]["included"]}
        told.update({"drive/" + b["bucket"]: b for b in stores["drive"].get("buckets", [])})
        return {name: {"bytes": t["bytes"], "sha256": t["sha256"]} for name, t in told.items()}

    def require_room(self, limits):
        stores = self.manifest["stores"]
        sizes = {
            "databaseSize": stores["postgres"].get("databaseBytes", 0),
            "cacheMemory": stores["valkey"].get("bytes", 0),
            "bucketSize": sum(b["bytes"] for b in stores["drive"].get("buckets", [])),
        }
        for name, size in sizes.items():
            if size > limits[name]:
                raise common.Refusal(f"the export has {size} bytes where limits.{name} is {limits[name]}: raise it")


def shaped(manifest):
    """Fails if anything is missing that is read later on, or is of another kind."""
    stores = manifest["stores"]
    buckets = stores["drive"].get("buckets", [])
    included = [stores[name] for name in ("postgres", "valkey") if stores[name]["included"]]
    for summed in (manifest["archive"], *included, *buckets):
        if summed["bytes"] < 0 or len(summed["sha256"]) != 64:
            raise ValueError
    numbers = [stores["valkey"].get("keys", 0), stores["postgres"].get("databaseBytes", 0)]
    texts = [manifest["tenant"], *stores["postgres"].get("extensions", [])]
    for bucket in buckets:
        numbers.append(bucket["objects"])
        texts.append(bucket["bucket"])
    if not all(isinstance(n, int) for n in numbers) or not all(isinstance(t, str) for t in texts):
        raise ValueError


class Target:
    """The stores of the new Tenant."""

    def __init__(self, stores):
        self.database = database.Database(common.login("postgres"), common.authority("postgres"))
        self.cache = cache.Cache(common.login("valkey"), common.authority("valkey")) if "valkey" in stores else None
        login = common.login("seaweedfs") if "seaweedfs" in stores else {}
        self.buckets = [b for b in login.get("buckets", "").split(",") if b]
        self.drive = s3.Store(login, common.authority("seaweedfs")) if self.buckets else None

    def require_place(self, export):
        """A bucket is that of the bot of the same name; whoever lacks one is told, and nothing is dropped."""
        stores = export.manifest["stores"]
        taken = {old for old, new in self.names().items() if new in self.buckets}
        missing = {b["bucket"] for b in stores["drive"].get("buckets", []) if b["objects"]} - taken
        if missing:
            names = ", ".join(sorted(missing)[:5])
            raise common.Refusal(f"there is no bot for {names}: see spec.bootstrap.export.bots")
        if stores["valkey"].get("keys") and not self.cache:
            raise common.Refusal("the export has keys, and the BotCluster shares no cache")
        lacking = set(stores["postgres"].get("extensions", [])) - set(self.database.extensions())
        if lacking:
            raise common.Refusal(f"the database lacks extensions of the export: {', '.join(sorted(lacking)[:5])}")

    def names(self):
        """By the bucket of the export the one that takes it: that of the same name, or what is said of it."""
        said = dict(pair.split("=", 1) for pair in os.environ.get("BUCKETS", "").split(",") if pair)
        return {**{b: b for b in self.buckets if b not in said.values()}, **said}

    def empty(self):
        """Everything that is in the way; what an earlier try brought in is removed."""
        made = self.database.made()
        if made:
            raise common.Refusal(f"the database is not empty: it has {made}")
        if self.cache:
            self.empty_cache()
        for bucket in self.buckets:
            self.empty_bucket(bucket)

    def empty_cache(self):
        mark = self.cache.prefix + cache.MARK
        isOurs = self.cache.ask("EXISTS", mark)
        for name in self.cache.listed():
            if not isOurs:
                raise common.Refusal("the cache is not empty: there are keys with the Tenant's prefix")
            self.cache.ask("DEL", self.cache.prefix + name)
        self.cache.ask("SET", mark, "1")

    def empty_bucket(self, bucket):
        isOurs = self.drive.head(bucket, MARK) is not None
        for key in self.drive.keys(bucket):
            if key.startswith(common.EXPORTS):
                continue
            if not isOurs:
                raise common.Refusal(f"bucket {bucket} is not empty: it has {key[:100]!r}")
            self.drive.remove(bucket, key)
        self.drive.put(bucket, MARK, b"")

    def forget(self):
        """The marks go last: from here on what is there is the Tenant's own."""
        if self.cache:
            self.cache.ask("DEL", self.cache.prefix + cache.MARK)
            self.cache.forget_listing()
        for bucket in self.buckets:
            self.drive.remove(bucket, MARK)


def bring_keys(export, target):
    reader = common.readable(data for _, body in export.members("valkey") for data in body)
    writer = cache.Writer(target.cache)
    for kind, words in cache.frames(reader.read):
        writer.take(kind, words)
    writer.close()
    return writer.keys


def bring_objects(export, target):
    count, header = 0, ()
    for name, body in export.members("drive"):
        if name.endswith(".json"):
            header = read_header(archive.joined(body))
            continue
        bucket = target.names()[archive.part(name).removeprefix("drive/")]
        upload = s3.Upload(target.drive, bucket, *header)
        try:
            for data in body:
                upload.write(data)
            upload.complete()
        except BaseException:
            upload.abandon()
            raise
        count += 1
    return count


def read_header(data):
    """What an object is called, and what else is said of it."""
    try:
        header = json.loads(data)
        return require_key(header["key"]), require_lines(s3.kept(header["headers"]))
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise common.Refusal("the name of an object in the archive cannot be read") from e


def require_lines(headers):
    """One header is never two."""
    if not all(isinstance(v, str) and v.isprintable() for pair in headers.items() for v in pair):
        raise common.Refusal("an object in the archive has headers that none can have")
    return headers


def require_key(key):
    isName = isinstance(key, str) and 0 < len(key.encode()) <= 1024 and "\0" not in key
    if not isName or key.startswith(common.EXPORTS) or {".", ".."} & set(key.split("/")):
        raise common.Refusal("an object in the archive has a name that none can have")
    return key


def restore():
    """What came of it, for people."""
    source = common.login("export")
    if os.environ.get("ENDPOINT"):
        source = {**source, "uri": os.environ["ENDPOINT"], "tls-uri": ""}
    store = s3.Store(source, common.authority("export"))
    export = Export(store, os.environ["BUCKET"], os.environ["KEY"])
    export.require_room(json.loads(os.environ["LIMITS"]))
    target = Target(os.environ["STORES"].split())
    target.database.await_way()
    target.require_place(export)
    export.verify(os.environ.get("CHECKSUM", ""))
    target.empty()
    keys = bring_keys(export, target) if target.cache else 0
    objects = bring_objects(export, target) if target.drive else 0
    target.database.restore(data for _, body in export.members("postgres") for data in body)
    target.forget()
    return f"the database, {keys} keys and {objects} objects of Tenant {export.manifest['tenant']} were brought in"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(__doc__)
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else common.USAGE)
    common.run(restore)
