"""Check an inspection pack: nothing in it differs, is missing, or was added.

    python3 verify.py                     the unpacked pack in which this file lies
    python3 verify.py <folder or zip>     another one, unpacked or as it was downloaded

Uses the standard library only (Python 3.8 or later), no network, no application. Every file
is read again and its SHA-256 compared with manifest.json; of a zip the container is checked too.
Prints OK and ends with 0, or names each file in question and ends with 1; 2 if there is no pack.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import sys
import zipfile
import zlib
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = "inspection-pack/1"
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024
LIMIT_32 = 2**31 - 1
Problem = tuple[str, str, str]  # what is wrong, with which path, in words
Members = dict[str, tuple[str, int]]  # path → SHA-256 and size
UNREADABLE = (
    OSError,
    EOFError,
    RuntimeError,  # a flag that says "encrypted", NotImplementedError for an unknown compression
    ValueError,
    OverflowError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)


class NoPack(Exception):
    """What was named is no inspection pack; the text says why."""


class Folder:
    """An unpacked pack."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        """Return the paths of all files, with forward slashes; links are no files of a pack."""
        found: list[str] = []
        for folder, _, files in os.walk(str(self.path)):
            inside = Path(folder).relative_to(self.path)
            found += [(inside / name).as_posix() for name in files]
        return found

    def open(self, name: str) -> IO[bytes]:
        """Open a file; a link to elsewhere is refused."""
        path = self.path.joinpath(*PurePosixPath(name).parts)
        if path.is_symlink():
            raise OSError("a link")
        return path.open("rb")

    def container_problems(self) -> list[Problem]:
        """A folder has no container."""
        return []


class Zip:
    """A pack as it was downloaded."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zip = zipfile.ZipFile(str(path))

    def names(self) -> list[str]:
        """Return the paths of all members, also those that stand there twice."""
        return [info.filename for info in self.zip.infolist()]

    def open(self, name: str) -> IO[bytes]:
        """Open a member; its own checksum is checked while it is read."""
        return self.zip.open(name)

    def container_problems(self) -> list[Problem]:
        """Compare all bytes around the members with what a pack's container must hold."""
        infos = self.zip.infolist()
        if self.path.stat().st_size > LIMIT_32:
            print("The container is too large to be checked itself; every file in it was.")
            return []
        expected_end, directory = 0, b""
        found: list[Problem] = []
        with self.path.open("rb") as stream:
            for info in infos:
                local, central = headers(info, expected_end)
                stream.seek(expected_end)
                if info.header_offset != expected_end or stream.read(len(local)) != local:
                    found.append(("DIFFERS", info.filename, "its header in the zip"))
                expected_end += len(local) + info.compress_size
                directory += central
            end = struct.pack(
                "<4s4H2LH", b"PK\5\6", 0, 0, len(infos), len(infos), len(directory), expected_end, 0
            )
            stream.seek(expected_end)
            if stream.read() != directory + end:
                found.append(("DIFFERS", self.path.name, "the zip's table of contents"))
        return found


def headers(info: zipfile.ZipInfo, offset: int) -> tuple[bytes, bytes]:
    """Return the two headers that a pack's member has: fixed time, rights and versions."""
    try:
        name, flags = info.filename.encode("ascii"), 0
    except UnicodeEncodeError:
        name, flags = info.filename.encode("utf-8"), 0x800
    common = struct.pack(
        "<BB4HL2L2H",
        20, 0, flags, info.compress_type, 0, 0x21, info.CRC,
        info.compress_size, info.file_size, len(name), 0,
    )  # fmt: skip
    local = b"PK\3\4" + common + name
    central = (
        b"PK\1\2" + struct.pack("<BB", 20, 3) + common
        + struct.pack("<3H2L", 0, 0, 0, 0o644 << 16, offset) + name
    )  # fmt: skip
    return local, central


def opened(path: Path) -> Folder | Zip:
    """Return the pack at `path`; raises NoPack."""
    if path.is_dir():
        return Folder(path)
    try:
        return Zip(path)
    except UNREADABLE as error:
        raise NoPack(f"{path} cannot be opened as a zip: {error}") from error


def manifest_of(pack: Folder | Zip) -> tuple[Any, Members, str]:
    """Return the manifest, what it says of each member, and its SHA-256; raises NoPack."""
    try:
        with pack.open(MANIFEST) as stream:
            content = stream.read()
        manifest = json.loads(content.decode("utf-8"))
        members = {one["path"]: (one["sha256"], one["size"]) for one in manifest["members"]}
        if manifest["format"] != FORMAT or len(members) != len(manifest["members"]):
            raise ValueError("not of the format " + FORMAT)
    except KeyError as error:
        raise NoPack(f"DIFFERS     {MANIFEST} (not there, or without {error})") from error
    except (*UNREADABLE, TypeError, AttributeError) as error:
        raise NoPack(f"DIFFERS     {MANIFEST} ({error})") from error
    return manifest, members, hashlib.sha256(content).hexdigest()


def problem_of(pack: Folder | Zip, name: str, sha256: str, size: int) -> Problem | None:
    """Return what is wrong with a member, or None."""
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        return ("DIFFERS", name, "its path leads out of the pack")
    hasher, found = hashlib.sha256(), 0
    try:
        with pack.open(name) as stream:
            for block in iter(lambda: stream.read(BLOCK), b""):
                hasher.update(block)
                found += len(block)
    except UNREADABLE as error:
        return ("DIFFERS", name, f"cannot be read: {error}")
    if found != size:
        return ("DIFFERS", name, f"{found} bytes instead of {size}")
    if hasher.hexdigest() != sha256:
        return ("DIFFERS", name, "another SHA-256")
    return None


def problems_of(pack: Folder | Zip, members: Members) -> list[Problem]:
    """Return (kind, path, words) for everything that is not as it was sealed."""
    there = Counter(pack.names())
    found: list[Problem] = []
    for name in sorted(members):
        if name not in there:
            found.append(("MISSING", name, ""))
            continue
        problem = problem_of(pack, name, *members[name])
        if problem:
            found.append(problem)
    for name in sorted(set(there) - set(members) - {MANIFEST}):
        found.append(("UNEXPECTED", name, "not in the manifest"))
    for name in sorted(name for name, times in there.items() if times > 1):
        found.append(("UNEXPECTED", name, "is in the zip more than once"))
    return found or pack.container_problems()


def main(arguments: list[str]) -> int:
    """Check the pack and say what was found; return the exit code."""
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 2
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not path.exists():
        print(f"There is nothing at {path}.")
        return 2
    try:
        pack = opened(path)
        manifest, members, sha256 = manifest_of(pack)
    except NoPack as problem:
        print(problem)
        return 2 if not str(problem).startswith("DIFFERS") else 1
    found = problems_of(pack, members)
    for kind, name, words in found:
        print("{:<11} {}{}".format(kind, name, f" ({words})" if words else ""))
    if found:
        print(f"NOT OK: {len(found)} of {len(members)} files in question.")
        return 1
    print("OK: {}, as of {}: {} files.".format(manifest["title"], manifest["as_of"], len(members)))
    print(f"SHA-256 of {MANIFEST}: {sha256}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
