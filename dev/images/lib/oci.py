"""Turns the roots of images into layers, and layers into an image archive.

The archive is an OCI layout that also carries Docker's manifest.json, so that containerd, Docker, podman and
skopeo all read it. Equal content gives equal bytes: entries are sorted, owners are numbers, nothing is stamped
with the time of the build.
"""

import argparse
import hashlib
import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from datetime import datetime, timezone
from pathlib import Path

EPOCH = int(os.environ["SOURCE_DATE_EPOCH"])
LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+zstd"


def entries(root: Path) -> dict[str, os.stat_result]:
    """Every path below a root with its lstat, by name, in sorted order."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(folder, name)
            found[os.path.relpath(path, root)] = os.lstat(path)
    return dict(sorted(found.items()))


def same(old: Path, old_stat: os.stat_result, new: Path, new_stat: os.stat_result) -> bool:
    """Whether the child's file is still its parent's."""
    facts = ("st_mode", "st_uid", "st_gid")
    if any(getattr(old_stat, fact) != getattr(new_stat, fact) for fact in facts):
        return False
    if stat.S_ISLNK(new_stat.st_mode):
        return os.readlink(old) == os.readlink(new)
    if not stat.S_ISREG(new_stat.st_mode):
        return True
    if old_stat.st_size != new_stat.st_size:
        return False
    return old.read_bytes() == new.read_bytes()


def changed(parent: Path | None, root: Path) -> tuple[list[str], list[str]]:
    """The names a layer has to carry: what is new or different, and what is gone."""
    new = entries(root)
    old = entries(parent) if parent else {}
    different = [
        name for name in new if name not in old or not same(parent / name, old[name], root / name, new[name])
    ]
    gone = [name for name in old if name not in new and os.path.dirname(name) in {"", *new}]
    return with_folders(different, new), gone


def with_folders(names: list[str], known: dict[str, os.stat_result]) -> list[str]:
    """Adds the folders above, whose owner and mode would otherwise be guessed by who unpacks."""
    wanted = set(names)
    for name in names:
        while name := os.path.dirname(name):
            wanted.add(name)
    return sorted(wanted & known.keys())


class Layer:
    """A tar stream of one layer on its way through zstd, with the digest of what went in."""

    def __init__(self, target: Path) -> None:
        self.digest = hashlib.sha256()
        self.zstd = subprocess.Popen(
            ["zstd", "-q", "-T0", "-6", "-f", "-", "-o", str(target)], stdin=subprocess.PIPE
        )
        self.tar = tarfile.open(fileobj=self, mode="w|", format=tarfile.PAX_FORMAT)

    def write(self, data: bytes) -> int:
        """Takes the bytes of the tar."""
        self.digest.update(data)
        return self.zstd.stdin.write(data)

    def add(self, root: Path, name: str) -> None:
        """One path, without anything that differs from machine to machine."""
        path = root / name
        info = self.tar.gettarinfo(path, arcname=name)
        info.uname = info.gname = ""
        info.mtime = int(info.mtime)
        if info.isreg():
            with path.open("rb") as content:
                self.tar.addfile(info, content)
        else:
            self.tar.addfile(info)

    def whiteout(self, name: str) -> None:
        """Says that a path of a lower layer is gone."""
        info = tarfile.TarInfo(os.path.join(os.path.dirname(name), ".wh." + os.path.basename(name)))
        info.mtime = EPOCH
        self.tar.addfile(info)

    def close(self) -> str:
        """Finishes the file and gives the digest of the uncompressed tar."""
        self.tar.close()
        self.zstd.stdin.close()
        if self.zstd.wait() != 0:
            raise OSError("zstd failed (is the disk full?)")
        return "sha256:" + self.digest.hexdigest()


def write_layer(arguments: argparse.Namespace) -> None:
    """`layer`: the difference between two roots, as layer.tar.zst with its diff_id beside it."""
    names, gone = changed(arguments.parent, arguments.root)
    layer = Layer(arguments.into / "layer.tar.zst")
    for name in gone:
        layer.whiteout(name)
    for name in names:
        layer.add(arguments.root, name)
    (arguments.into / "diff_id").write_text(layer.close())


class Archive:
    """The image archive under construction."""

    def __init__(self, target: Path) -> None:
        self.tar = tarfile.open(target, "w", format=tarfile.PAX_FORMAT)

    def file(self, name: str, size: int, content: io.IOBase) -> None:
        """One entry with fixed owner and time."""
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, EPOCH, 0o644
        self.tar.addfile(info, content)

    def json(self, name: str, value: object) -> None:
        """One entry of JSON."""
        data = json.dumps(value, sort_keys=True).encode()
        self.file(name, len(data), io.BytesIO(data))

    def blob(self, media_type: str, value: object) -> dict:
        """A JSON blob under its digest; gives its descriptor."""
        data = json.dumps(value, sort_keys=True).encode()
        digest = hashlib.sha256(data).hexdigest()
        self.file(f"blobs/sha256/{digest}", len(data), io.BytesIO(data))
        return {"mediaType": media_type, "digest": "sha256:" + digest, "size": len(data)}

    def layer(self, path: Path) -> dict:
        """A layer's file under its digest; gives its descriptor."""
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            content.seek(0)
            size = path.stat().st_size
            self.file(f"blobs/sha256/{digest}", size, content)
        return {"mediaType": LAYER_TYPE, "digest": "sha256:" + digest, "size": size}


def config(spec: dict, diff_ids: list[str]) -> dict:
    """The image's configuration: who runs what, with which environment and labels."""
    created = datetime.fromtimestamp(EPOCH, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "created": created,
        "architecture": spec["architecture"],
        "os": "linux",
        "config": {
            "User": spec["user"],
            "Env": spec["environment"],
            "Entrypoint": spec["entrypoint"],
            "WorkingDir": spec["home"],
            "Labels": spec["labels"],
        },
        "rootfs": {"type": "layers", "diff_ids": diff_ids},
        "history": [{"created": created, "created_by": "recipe " + layer.name.rpartition("-")[0]} for layer in spec["layers"]],
    }


MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"


def write_index(archive: Archive, descriptor: dict, manifest: dict, name: str) -> None:
    """The parts that say what the archive holds and what it is called, for each kind of reader."""
    annotations = {
        "io.containerd.image.name": "docker.io/" + name,
        "org.opencontainers.image.ref.name": name.rpartition(":")[2],
    }
    archive.json("index.json", {"schemaVersion": 2, "manifests": [descriptor | {"annotations": annotations}]})
    archive.json("oci-layout", {"imageLayoutVersion": "1.0.0"})
    layers = [blob_name(layer) for layer in manifest["layers"]]
    archive.json("manifest.json", [{"Config": blob_name(manifest["config"]), "RepoTags": [name], "Layers": layers}])


def blob_name(descriptor: dict) -> str:
    """Where an OCI layout keeps what a descriptor points at."""
    return "blobs/" + descriptor["digest"].replace(":", "/")


def write_image(arguments: argparse.Namespace) -> None:
    """`image`: an archive of finished layers; what the image is comes as JSON on standard input."""
    spec = json.load(sys.stdin) | {"architecture": arguments.architecture, "layers": arguments.layers}
    archive = Archive(arguments.into)
    descriptors = [archive.layer(layer / "layer.tar.zst") for layer in arguments.layers]
    diff_ids = [(layer / "diff_id").read_text() for layer in arguments.layers]
    settings = archive.blob("application/vnd.oci.image.config.v1+json", config(spec, diff_ids))
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": settings, "layers": descriptors}
    write_index(archive, archive.blob(MANIFEST_TYPE, manifest), manifest, spec["reference"])
    archive.tar.close()


def write_pulled(arguments: argparse.Namespace) -> None:
    """`pulled`: an archive of an OCI layout in a folder, under a name of our own."""
    layout = arguments.layout
    [descriptor] = json.loads((layout / "index.json").read_text())["manifests"]
    manifest = json.loads((layout / blob_name(descriptor)).read_text())
    archive = Archive(arguments.into)
    for part in [*manifest["layers"], manifest["config"], descriptor]:
        with (layout / blob_name(part)).open("rb") as content:
            archive.file(blob_name(part), part["size"], content)
    write_index(archive, descriptor, manifest, arguments.name)
    archive.tar.close()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    layer = commands.add_parser("layer", help="write the difference between two roots")
    layer.add_argument("root", type=Path)
    layer.add_argument("into", type=Path)
    layer.add_argument("--parent", type=Path)
    layer.set_defaults(run=write_layer)
    image = commands.add_parser("image", help="write an archive of layers, described by JSON on standard input")
    image.add_argument("into", type=Path)
    image.add_argument("architecture")
    image.add_argument("layers", type=Path, nargs="+")
    image.set_defaults(run=write_image)
    pulled = commands.add_parser("pulled", help="write an archive of an OCI layout under another name")
    pulled.add_argument("layout", type=Path)
    pulled.add_argument("into", type=Path)
    pulled.add_argument("name")
    pulled.set_defaults(run=write_pulled)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
