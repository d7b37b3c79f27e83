#!/usr/bin/env python3
"""What an archive is, and what is refused of one, without any server. Usage: test_export.py FOLDER [of the programs]"""

import copy
import hashlib
import io
import json
import sys
import tarfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv.pop(1))

import archive
import cache
import common
import database
import restore
import s3

OBJECTS = {"a.txt": b"abc", "empty": b"", "dir/é &+.bin": bytes(range(256)) * 5000}
DUMP = b"PGDMP" + b"x" * (common.PIECE + 7)


class Bucket:
    """An object store in memory."""

    def __init__(self, objects):
        self.objects = objects

    def head(self, bucket, key):
        body = self.objects.get(key)
        return None if body is None else {"content-length": str(len(body)), "etag": hashlib.md5(body).hexdigest()}

    def pieces(self, bucket, key, headers, place=0):
        body = self.objects[key]
        if headers != self.head(bucket, key):
            raise common.Trouble("changed")
        while place < len(body):
            yield body[place : place + common.PIECE]
            place += common.PIECE


def exported():
    """An export as export.py writes it: its archive, and its manifest."""
    out = io.BytesIO()
    writer = archive.Writer(out)
    head = {"format": 1, "tenant": "acme", "cluster": "demo", "startedAt": "2026-01-01T00:00:00Z"}
    text = json.dumps(head).encode()
    writer.member("export.json", len(text), [text])
    writer.stream("postgres", iter([DUMP[:5], DUMP[5:]]))
    writer.stream("valkey", [cache.frame(b"K", b"k\x00", b"string", 0), cache.frame(b"V", b"\xff\r\n")])
    for count, (key, body) in enumerate(OBJECTS.items(), 1):
        text = json.dumps({"key": key, "bytes": len(body), "headers": {}}).encode()
        writer.member(f"drive/sales.gbai/{count:08d}.json", len(text), [text])
        writer.member(f"drive/sales.gbai/{count:08d}", len(body), [body])
    writer.end()
    drive = {"bucket": "sales.gbai", "objects": len(OBJECTS), **writer.parts["drive/sales.gbai"].told()}
    manifest = {
        **head,
        "archive": writer.whole.told(),
        "stores": {
            "postgres": {"included": True, "databaseBytes": 9, **writer.parts["postgres"].told()},
            "valkey": {"included": True, "keys": 1, **writer.parts["valkey"].told()},
            "drive": {"included": True, "buckets": [drive]},
        },
    }
    return out.getvalue(), manifest


ARCHIVE, MANIFEST = exported()


def lying(data=ARCHIVE, manifest=MANIFEST):
    """The export that lies in a bucket as these two."""
    objects = {"e/archive.tar": data, "e/manifest.json": json.dumps(manifest).encode()}
    return restore.Export(Bucket(objects), "b", "e/manifest.json")


def tar(*names):
    """An archive with these members, as a foreign tar would make it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as file:
        for name in names:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            file.addfile(info, io.BytesIO(b""))
    return out.getvalue()[: -(-out.tell() // archive.BLOCK) * archive.BLOCK]


class ArchiveTest(unittest.TestCase):
    def refused(self, words, what):
        with self.assertRaises(common.Refusal) as refused:
            what()
        self.assertIn(words, str(refused.exception))

    def test_what_was_written_is_what_is_read(self):
        export = lying()
        export.verify(MANIFEST["archive"]["sha256"])
        self.assertEqual(b"".join(d for _, body in export.members("postgres") for d in body), DUMP)
        keys = common.readable(d for _, body in export.members("valkey") for d in body)
        frames = [(b"K", [b"k\x00", b"string", b"0"]), (b"V", [b"\xff\r\n"])]
        self.assertEqual(list(cache.frames(keys.read)), frames)
        read, name = {}, ""
        for member, body in export.members("drive"):
            if member.endswith(".json"):
                name = json.loads(archive.joined(body))["key"]
            else:
                read[name] = b"".join(body)
        self.assertEqual(read, OBJECTS)

    def test_any_tar_reads_it(self):
        with tarfile.open(fileobj=io.BytesIO(ARCHIVE)) as file:
            self.assertEqual(file.getnames()[:3], ["export.json", "postgres/00000001", "postgres/00000002"])

    def test_one_bit_that_differs_is_found(self):
        for place in (5_000, len(ARCHIVE) - 700_000):
            data = bytearray(ARCHIVE)
            data[place] ^= 1
            self.refused("it is corrupted", lambda: lying(bytes(data)).verify(""))

    def test_a_truncated_archive_is_refused_whatever_its_manifest_says(self):
        self.refused("it is truncated or another", lambda: lying(ARCHIVE[:-1024]).verify(""))
        manifest = copy.deepcopy(MANIFEST)
        manifest["archive"] = {"bytes": len(ARCHIVE) - 70_000, "sha256": "0" * 64}
        self.refused("truncated", lambda: lying(ARCHIVE[:-70_000], manifest).verify(""))

    def test_another_checksum_than_the_one_asked_for_is_refused(self):
        self.refused("another checksum than spec", lambda: lying().verify("0" * 64))

    def test_a_manifest_that_says_less_than_there_is_is_refused(self):
        manifest = copy.deepcopy(MANIFEST)
        manifest["stores"]["drive"]["buckets"] = []
        self.refused("more than its manifest says", lambda: lying(manifest=manifest).verify(""))

    def test_a_part_with_another_checksum_is_refused(self):
        manifest = copy.deepcopy(MANIFEST)
        manifest["stores"]["valkey"]["sha256"] = "0" * 64
        self.refused("valkey in the archive has another checksum", lambda: lying(manifest=manifest).verify(""))

    def test_without_manifest_it_is_no_export(self):
        self.refused(
            "there is no manifest", lambda: restore.Export(Bucket({"e/archive.tar": ARCHIVE}), "b", "e/manifest.json")
        )

    def test_a_newer_format_is_told_as_that(self):
        self.refused("newer than 1: update the operator", lambda: lying(manifest={**MANIFEST, "format": 2}))
        stores = MANIFEST["stores"]
        for manifest in (
            [],
            {},
            {"format": "x"},
            7,
            {**MANIFEST, "archive": {"bytes": "1", "sha256": "0" * 64}},
            {**MANIFEST, "stores": {**stores, "drive": {"buckets": [{"bucket": 1}]}}},
            {**MANIFEST, "stores": {**stores, "drive": []}},
            {**MANIFEST, "stores": {**stores, "valkey": {"included": True}}},
        ):
            self.refused("cannot be read", lambda m=manifest: lying(manifest=m))

    def test_what_is_larger_than_a_limit_is_refused(self):
        limits = {"databaseSize": 100, "cacheMemory": 100, "bucketSize": 100}
        self.refused("limits.bucketSize is 100", lambda: lying().require_room(limits))
        lying().require_room({**limits, "bucketSize": 10_000_000})

    def test_names_are_never_paths(self):
        head = "export.json"
        for name in (
            "../etc/passwd",
            "/etc/passwd",
            "drive/../../x/00000001.json",
            "drive/sales.gbai/../../00000001",
            "drive/sales.gbai/00000002.json",
            "drive/sales.gbai/00000001",
            "postgres/00000002",
            "export.json",
            "postgres/1",
        ):
            self.refused("where it cannot be", lambda n=name: list(archive.Reader(iter([tar(head, n)])).members()))

    def test_links_and_devices_are_no_members(self):
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("postgres/00000001")
            info.type, info.linkname = kind, "/etc/passwd"
            self.refused(
                "which is no file", lambda i=info: list(archive.Reader(iter([tar("export.json", i)])).members())
            )

    def test_an_object_is_called_what_an_object_can_be_called(self):
        for header in (
            {"key": "../rival.gbai/x", "headers": {}},
            {"key": "a/./b", "headers": {}},
            {"key": "", "headers": {}},
            {"key": "exports/import", "headers": {}},
            {"key": 7, "headers": {}},
            {"key": "a", "headers": {"content-type": "x\r\nx-amz-acl: public-read"}},
            {"key": "a", "headers": []},
            {"headers": {}},
            [],
        ):
            with self.assertRaises(common.Refusal, msg=header):
                restore.read_header(json.dumps(header))
        said = {"Content-Type": "text/x", "X-Amz-Meta-A": "b", "x-amz-acl": "public-read"}
        header = {"key": "a/..b/é", "headers": said}
        self.assertEqual(
            restore.read_header(json.dumps(header)), ("a/..b/é", {"content-type": "text/x", "x-amz-meta-a": "b"})
        )

    def test_what_changes_between_two_looks_is_not_believed(self):
        export = lying()
        export.verify("")
        export.source.objects["e/archive.tar"] = ARCHIVE[::-1]
        with self.assertRaises(common.Trouble):
            list(export.members("postgres"))


class KeysTest(unittest.TestCase):
    def test_frames_of_any_other_kind_are_refused(self):
        for data in (b"X\0\0\0\0", b"V\xff\xff\xff\xff", b"V\0\0\0\1\xff\xff\xff\xff", b"V\0\0\0\1\0\0\0\5abc", b"V\0"):
            with self.assertRaises(common.Refusal):
                list(cache.frames(common.readable([data]).read))

    def test_keys_get_the_new_prefix_and_none_of_the_platforms_own(self):
        said = []
        server = type("Server", (), {"prefix": b"t:new:", "all": lambda self, commands: said.extend(commands)})()
        writer = cache.Writer(server)
        writer.take(b"K", [b"k", b"zset", b"1700000000000"])
        writer.take(b"V", [b"member", b"1.5"])
        writer.close()
        self.assertEqual(
            said,
            [
                ("DEL", b"t:new:k"),
                ("ZADD", b"t:new:k", b"1.5", b"member"),
                ("PEXPIREAT", b"t:new:k", 1700000000000),
            ],
        )
        for name, kind in ((b"generalbots:keys", b"string"), (b"k", b"module")):
            with self.assertRaises(common.Refusal):
                cache.Writer(server).take(b"K", [name, kind, b"0"])


class ContentsTest(unittest.TestCase):
    def test_of_a_dump_only_what_the_platform_has_made_already_is_left_out(self):
        entries = {
            "3549; 3466 16756 EVENT TRIGGER - generalbots_unlock postgres": True,
            "3700; 0 0 COMMENT - EVENT TRIGGER generalbots_unlock postgres": True,
            "220; 1259 16785 TABLE public notes t_acme": False,
            "221; 1259 16786 TABLE public 1; 2 3 EVENT TRIGGER t_acme": False,
            "3551; 2613 16800 BLOB METADATA - 16800..16801 ta_acme": False,
            "; 0 0 BLOBS - BLOBS ": False,
        }
        for entry, isLeftOut in entries.items():
            self.assertEqual(bool(database.PLATFORM.match(entry)), isLeftOut, entry)

    def test_a_name_is_a_pattern_for_itself_alone(self):
        self.assertEqual(database.pattern('a"b*'), '"a""b*"')


class Answers:
    """An object store that notes what it is asked."""

    def __init__(self):
        self.asked = []

    def done(self, method, bucket, key="", query=None, body=b"", headers=None):
        self.asked.append((method, sorted(query or {}), len(body)))
        return s3.Answer(200, {"etag": "e"}, b"<r><UploadId>u</UploadId></r>")

    def put(self, bucket, key, body, headers=None):
        self.done("PUT", bucket, key, body=body)

    def ask(self, method, bucket, key="", query=None):
        return self.done(method, bucket, key, query)


class UploadTest(unittest.TestCase):
    def test_what_is_small_goes_at_once(self):
        store = Answers()
        upload = s3.Upload(store, "b", "k")
        upload.write(b"abc")
        upload.complete()
        self.assertEqual(store.asked, [("PUT", [], 3)])

    def test_what_is_large_goes_in_parts_and_is_there_once_it_is_whole(self):
        store = Answers()
        upload = s3.Upload(store, "b", "k")
        upload.write(bytes(s3.PART + 1))
        self.assertEqual(store.asked, [("POST", ["uploads"], 0), ("PUT", ["partNumber", "uploadId"], s3.PART)])
        upload.complete()
        self.assertEqual(store.asked[2], ("PUT", ["partNumber", "uploadId"], 1))
        self.assertEqual(store.asked[3][:2], ("POST", ["uploadId"]))

    def test_what_is_abandoned_leaves_no_part(self):
        store = Answers()
        upload = s3.Upload(store, "b", "k")
        upload.write(bytes(s3.PART))
        upload.abandon()
        self.assertEqual(store.asked[-1], ("DELETE", ["uploadId"], 0))


if __name__ == "__main__":
    unittest.main()
