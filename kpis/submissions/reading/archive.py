"""Whether a zip is a workbook that is safe to unpack, found out before anything parses it.

Every member is unpacked here once, in bounded pieces that are thrown away, so that no header
of the archive has to be believed. What one piece of a sheet reveals (how far its cells reach,
whether it has formulas or error values) is noted in passing.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.sheet_scan import SheetScan, measure

CHUNK = 1 << 20
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
OTHER_ARCHIVES = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
)
EMBEDDED = ("xl/embeddings/", "xl/activeX/", "xl/ctrlProps/")
UNREADABLE = Problem(
    "file-unreadable",
    "The workbook is damaged and cannot be read. Open it in Excel, let Excel repair it,"
    " save it as .xlsx, and send that file.",
)
TRUNCATED = Problem(
    "file-truncated",
    "The workbook is incomplete: its end is missing. Download or export it again and send"
    " the whole file.",
)
ENTITIES = Problem(
    "file-xml",
    "The workbook contains XML declarations that Excel never writes and that can be used for"
    " attacks. Copy the report into a new workbook in Excel and send that.",
)


class RefusedArchive(Exception):
    """The archive must not be parsed; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


@dataclass(frozen=True)
class Archive:
    """A zip that passed: what each sheet's XML revealed, and remarks that do not block."""

    scans: dict[str, SheetScan] = field(default_factory=dict)
    remarks: tuple[Problem, ...] = ()


def inspect(path: Path, limits: IntakeLimits) -> Archive:
    """Return what the workbook's archive holds. Raises RefusedArchive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _inspect(archive, limits)
    except zipfile.BadZipFile as error:
        raise RefusedArchive(TRUNCATED) from error
    except (OSError, EOFError, zlib.error, ValueError, NotImplementedError) as error:
        raise RefusedArchive(UNREADABLE) from error
    except RuntimeError as error:  # zipfile's word for a member under a password
        raise RefusedArchive(_password()) from error


def pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """Yield a member's unpacked bytes in pieces of bounded size."""
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            yield piece


def _inspect(archive: zipfile.ZipFile, limits: IntakeLimits) -> Archive:
    members = archive.infolist()
    names = {member.filename for member in members}
    _refuse_other_archives(names)
    if len(members) > limits.max_members:
        raise RefusedArchive(_bomb(f"it holds {len(members):,} parts"))
    if len(names) != len(members):
        raise RefusedArchive(UNREADABLE)
    _refuse_size(sum(m.file_size for m in members), members, limits)
    unpacked, scans = 0, {}
    for member in members:
        scan = SheetScan() if member.filename.startswith("xl/worksheets/") else None
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        tail = b""
        for piece in pieces(archive, member):
            unpacked += len(piece)
            _refuse_size(unpacked, members, limits)
            if is_xml:
                window = tail + piece
                # A single sign is found much faster than a word.
                if b"\x00" in piece or (b"!" in window and any(w in window for w in DECLARATIONS)):
                    raise RefusedArchive(ENTITIES)
                tail = piece[-16:]
            if scan is not None:
                scan.feed(piece)
        if scan is not None:
            if scan.cells > limits.max_cells:
                scan.columns, scan.rows = measure(pieces(archive, member))
            _refuse_extent(scan, limits)
            scans[member.filename] = scan
    return Archive(scans=scans, remarks=_remarks(names))


def _refuse_other_archives(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    for member, kind in OTHER_ARCHIVES:
        if member in names:
            raise RefusedArchive(
                Problem(
                    "file-kind",
                    f"The file is {kind}. Open it, save it as an Excel workbook (.xlsx),"
                    " and send that file.",
                )
            )
    raise RefusedArchive(
        Problem(
            "file-kind",
            "The file is a zip archive, not a workbook. Unpack it and send the workbook (.xlsx)"
            " or the CSV inside it.",
        )
    )


def _refuse_size(unpacked: int, members: list[zipfile.ZipInfo], limits: IntakeLimits) -> None:
    if unpacked > limits.max_uncompressed_bytes:
        raise RefusedArchive(_bomb(f"it unpacks to more than {unpacked / 1e6:,.0f} MB"))
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > limits.ratio_floor_bytes and unpacked / packed > limits.max_compressed_ratio:
        raise RefusedArchive(_bomb(f"it unpacks to {unpacked / packed:,.0f} times its size"))


def _refuse_extent(scan: SheetScan, limits: IntakeLimits) -> None:
    if scan.rows > limits.last_row:
        raise RefusedArchive(
            Problem(
                "file-too-large",
                f"A sheet reaches down to row {scan.rows:,}; up to {limits.max_rows:,} rows are"
                " taken. Delete the empty rows below the data, or split the report.",
            )
        )
    if scan.columns > limits.max_columns or scan.cells > limits.max_cells:
        raise RefusedArchive(
            Problem(
                "file-too-large",
                f"A sheet reaches over {scan.columns:,} columns and {scan.rows:,} rows; up to"
                f" {limits.max_columns:,} columns and {limits.max_cells:,} cells are taken."
                " Delete stray cells far from the data and save the file again.",
            )
        )


def _remarks(names: set[str]) -> tuple[Problem, ...]:
    remarks = []
    if "xl/vbaProject.bin" in names:
        remarks.append(
            Problem("macros", "The workbook carries macros. They were not run; the cells are read.")
        )
    if any(name.startswith(EMBEDDED) for name in names):
        remarks.append(
            Problem(
                "embedded-objects",
                "The workbook carries other files or controls inside. They were not opened; the"
                " cells are read.",
            )
        )
    if any(name.startswith("xl/externalLinks/") for name in names):
        remarks.append(
            Problem(
                "external-links",
                "The workbook links to other files. The links were not followed; the values"
                " stored in the cells are read.",
            )
        )
    return tuple(remarks)


def _bomb(what: str) -> Problem:
    return Problem(
        "file-bomb",
        f"The workbook was refused because {what}. Copy the report into a new workbook and"
        " send that.",
    )


def _password() -> Problem:
    return Problem(
        "file-password",
        "Parts of the archive are protected by a password. Save a copy without password and"
        " send that.",
    )
