"""Content-addressed storage: what is written under its SHA-256 is never changed or replaced.

Goes through Django's storage API, so a folder today can be object storage tomorrow.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage

BLOCK = 1024 * 1024


class SealBroken(Exception):
    """What the storage holds under a hash is not what was sealed."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"The stored file {sha256[:12]}… is not what was sealed; restore it.")


def keep(stream: BinaryIO) -> str:
    """Store all of `stream` unless it is there already; return its SHA-256 in hex.

    A file that a killed writer left half written is replaced: it is shorter than what is kept.
    """
    sha256 = digest(stream)
    size = stream.tell()
    place = address(sha256)
    if default_storage.exists(place):
        if default_storage.size(place) == size:
            return sha256
        default_storage.delete(place)
    stream.seek(0)
    stored = default_storage.save(place, File(stream))
    if stored != place:  # somebody else keeps the same bytes at this moment, at the right place
        default_storage.delete(stored)
    return sha256


def fetch(sha256: str) -> Any:
    """Open what was stored under `sha256`; raises FileNotFoundError if nothing was."""
    return default_storage.open(address(sha256), "rb")


def fetch_verified(sha256: str) -> bytes:
    """Return the whole content, checked; raises SealBroken if it is not what was sealed."""
    with fetch(sha256) as stored:
        content: bytes = stored.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SealBroken(sha256)
    return content


def digest(stream: BinaryIO) -> str:
    """Return the SHA-256 of `stream`, read in blocks from its start."""
    stream.seek(0)
    hasher = hashlib.sha256()
    for block in blocks(stream):
        hasher.update(block)
    return hasher.hexdigest()


def blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the rest of `stream` in blocks, so that a large file never fills the memory."""
    while block := stream.read(BLOCK):
        yield block


def address(sha256: str) -> str:
    """Return where content of that hash lies."""
    return f"sealed/{sha256[:2]}/{sha256}"
