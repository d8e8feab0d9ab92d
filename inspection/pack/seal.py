"""Sealing: members → one zip whose bytes depend on nothing but them, and the manifest inside it.

Members stand in the order of their paths, with fixed times and rights. Only listings as text are
deflated; everything else is stored as it is. The manifest comes last and names every other member.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

FIXED = (1980, 1, 1, 0, 0, 0)
FORMAT = "inspection-pack/1"
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Member:
    """A file of the pack. `open` gives its bytes when their turn comes; `expected` its SHA-256,
    where it is known before."""

    path: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    size: int
    deflated: bool = False
    rows: int | None = None
    expected: str = ""


@dataclass(frozen=True)
class Sealed:
    """A member as it stands in the manifest."""

    path: str
    sha256: str
    size: int
    rows: int | None = None


class MemberDiffers(Exception):
    """An original is no longer what was received."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The stored original of {path} is not what was received. Nothing was packed; tell "
            "your administrator, who restores it from the backup."
        )


def seal(
    target: BinaryIO,
    members: Iterable[Member],
    about: dict[str, Any],
    *,
    packed: Callable[[int, int], None] = lambda done, total: None,
) -> list[Sealed]:
    """Write the pack; return what the manifest says of its members. Raises MemberDiffers.

    `packed` is told how many members are in, of how many.
    """
    done: list[Sealed] = []
    ordered = sorted(members, key=lambda one: one.path)
    with zipfile.ZipFile(target, "w") as pack:
        for member in ordered:
            done.append(_add(pack, member))
            packed(len(done), len(ordered))
        content = manifest(about, done)
        _add(pack, Member(MANIFEST, lambda: io.BytesIO(content), len(content)))
    return done


def manifest(about: dict[str, Any], members: Iterable[Sealed]) -> bytes:
    """Return the manifest: what the pack is about, and each member with its SHA-256."""
    listed = [{k: v for k, v in asdict(one).items() if v is not None} for one in members]
    content = {"format": FORMAT, **about, "members": listed}
    return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"


def _add(pack: zipfile.ZipFile, member: Member) -> Sealed:
    info = zipfile.ZipInfo(member.path, date_time=FIXED)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED if member.deflated else zipfile.ZIP_STORED
    info.file_size = member.size
    hasher, size = hashlib.sha256(), 0
    with member.open() as stream, pack.open(info, "w") as into:
        while block := stream.read(BLOCK):
            hasher.update(block)
            size += len(block)
            into.write(block)
    sha256 = hasher.hexdigest()
    if member.expected and sha256 != member.expected:
        raise MemberDiffers(member.path)
    return Sealed(member.path, sha256, size, member.rows)
