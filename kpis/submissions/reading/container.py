"""What kind of file was sent, told from its bytes and never from its name alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.problems import Problem

ContainerKind = Literal["zip", "text", "json"]

CHUNK = 1 << 20
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a Word document"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def identify(path: Path, limits: IntakeLimits) -> ContainerKind | Problem:
    """Return "zip", "text" or "json", or the problem that ends the reading of this file."""
    size = path.stat().st_size
    if size == 0:
        return Problem("file-empty", "The file has no content. Export the report again.")
    if size > limits.max_bytes:
        return Problem(
            "file-too-large",
            f"The file has {size / 1e6:,.0f} MB; up to {limits.max_bytes / 1e6:,.0f} MB are"
            " taken. Send the report alone, without other sheets, or split it.",
        )
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PK"):
        return "zip"
    if head.startswith(OLE2):
        return _old_container(path)
    for magic, name in OTHER_KINDS:
        if head.startswith(magic):
            return _wrong_kind(name)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        return _wrong_kind("a web page or XML, whatever its name ends in")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "json"
    if not head.startswith(BYTE_ORDER_MARKS) and _is_binary(head):
        return _wrong_kind("neither a workbook nor text")
    return "text"


def chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in pieces of bounded size."""
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            yield piece


def _wrong_kind(name: str) -> Problem:
    return Problem(
        "file-kind",
        f"The file is {name}. Send the report as an Excel workbook (.xlsx) or as CSV.",
    )


def _is_binary(head: bytes) -> bool:
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return control * 10 > len(head)


def _old_container(path: Path) -> Problem:
    tail = b""
    for piece in chunks(path):
        if ENCRYPTED in tail + piece:
            return Problem(
                "file-password",
                "The workbook is protected by a password and cannot be opened. In Excel choose"
                " File, Info, Protect Workbook, Encrypt with Password, clear the password, save,"
                " and send the file again.",
            )
        tail = piece[-len(ENCRYPTED) :]
    return Problem(
        "file-old-excel",
        "The file is in the old Excel format (.xls). Open it in Excel, choose Save As,"
        " Excel Workbook (.xlsx), and send that file.",
    )
