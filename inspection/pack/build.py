"""Building a pack: gather, write the listings, typeset the summary, seal. The worker's work.

Everything is written below one temporary folder; originals stream from the storage into the zip.
"""

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from inspection.pack import listings, trail
from inspection.pack.contents import ContentRow, all_listings, as_of_stem
from inspection.pack.gather import Gathered, gather
from inspection.pack.scope import Scope
from inspection.pack.seal import Member, Sealed, seal
from inspection.pack.summary import typeset
from oversight import storage
from oversight.audit_trail import services as audit_trail
from oversight.look.times import utc_text

Say = Callable[[str, float], None]
SAID_EVERY = 10_000  # rows
VERIFIER = Path(__file__).with_name("verify.py")
README = """\
Inspection pack: {title}
Months {months}, as of {as_of} (days end at midnight UTC). Sponsor: {sponsor}.

summary.pdf      the whole in print, with every KPI's trend
contents.csv     which listing is in which file, with its columns
listings/        each listing as CSV (UTF-8) and as XLSX
originals/       the files as they were received, by submission
definitions/     each KPI definition as it was used
manifest.json    SHA-256 of every file
verify.py        python3 verify.py  checks all of it; needs Python 3.9 or later and nothing else

{seal}
"""


class NotSealed(Exception):
    """The audit trail could not be sealed up to the pack's last entry."""

    def __init__(self) -> None:
        super().__init__(
            "The audit trail could not be sealed because somebody was writing for a long time. "
            "Ask for the pack again."
        )


@dataclass(frozen=True)
class Pack:
    """A finished pack in the storage."""

    sha256: str
    size: int
    members: tuple[Sealed, ...]


def build(scope: Scope, *, say: Say) -> Pack:
    """Build the pack and keep it.

    Raises NotSealed, MemberDiffers or storage.SealBroken, each with a sentence for the requester,
    and FileNotFoundError where the storage has lost an original.
    """
    found = gather(scope, say=say)
    with tempfile.TemporaryDirectory(prefix="pack-") as name:
        folder = Path(name)
        members = list(_members(found, folder, say))
        with (folder / "pack.zip").open("w+b") as target:
            sealed = seal(target, members, _about(found), packed=partial(_packing, say))
            say("Keeping the pack", 0.98)
            size = target.tell()
            return Pack(storage.keep(target), size, tuple(sealed))


def _members(found: Gathered, folder: Path, say: Say) -> Iterator[Member]:
    """Yield every file of the pack but the manifest."""
    covered = _covered(found)
    contents: list[ContentRow] = []
    for place, listing in enumerate(sections := all_listings(found)):
        share = 0.15 + 0.3 * place / len(sections)
        words = f"Writing listing {place + 1} of {len(sections)}"
        say(words, share)
        counted = replace(listing, rows=_counted(listing.rows, say, words, share))
        written = listings.write(counted, folder, stem=as_of_stem(found, listing))
        for path in (written.csv, written.workbook):
            if path is not None:
                contents.append(ContentRow.of(listing, f"listings/{path.name}", written.rows))
                yield _from_path(f"listings/{path.name}", path, rows=written.rows)
    say("Typesetting the summary", 0.5)
    listed = [
        (row.section, row.title, row.rows, Path(row.file).stem)
        for row in contents
        if row.file.endswith(".csv")
    ]
    yield _from_bytes("summary.pdf", typeset(found, covered=covered, listed=listed))
    table = listings.Listing("", "contents", "Contents", ContentRow, contents, "")
    written = listings.write(table, folder, stem="contents")
    yield _from_path("contents.csv", written.csv, rows=written.rows)
    for name, content in found.results.contents.items():
        text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
        yield _from_bytes(name, text.encode() + b"\n")
    yield _from_bytes("README.txt", _readme(found, covered).encode())
    yield _from_bytes("verify.py", VERIFIER.read_bytes())
    for file in found.files:
        yield Member(
            file.path,
            partial(storage.fetch, file.sha256),
            file.size,
            expected=file.sha256,
        )


def _covered(found: Gathered) -> trail.Covered | None:
    """Return how far the extract goes and the seal over it; seals what is open.

    None for an extract without entries; raises NotSealed.
    """
    events = trail.events_of(found.scope, found.records)
    changes = trail.changes_of(found.scope, found.records)
    newest_at = trail.newest_at(events, changes)
    if newest_at is None:
        return None
    head = trail.covering_seal(events, changes)
    if head is None:
        audit_trail.seal()
        head = trail.covering_seal(events, changes)
    if head is None:
        raise NotSealed
    return trail.Covered(newest_at=newest_at, seal=head)


def _about(found: Gathered) -> dict[str, Any]:
    """Return what the manifest says of the pack: neither who asked for it nor when."""
    scope, covered = found.scope, _covered(found)
    key = ("study", scope.study.pk) if scope.study else ("vendor", scope.vendor and scope.vendor.pk)
    return {
        "title": found.title,
        "sponsor": found.sponsor,
        "scope": dict([key]),
        "period_from": f"{scope.period_from:%Y-%m}",
        "period_until": f"{scope.period_until:%Y-%m}",
        "as_of": scope.as_of_date.isoformat(),
        "audit_trail_newest_at": covered and covered.newest_at.isoformat(),
        "audit_trail_seal": covered
        and {
            "id": covered.seal.pk,
            "sha256": covered.seal.sha256,
            "at": covered.seal.at.isoformat(),
        },
    }


def _readme(found: Gathered, covered: trail.Covered | None) -> str:
    words = "No seal of the audit trail covers this pack: no entry is as old as the as-of date."
    if covered is not None:
        words = (
            f"The audit trail in this pack goes to {utc_text(covered.newest_at)}. It is covered by "
            f"seal {covered.seal.pk}\nof {utc_text(covered.seal.at)}, "
            f"SHA-256 {covered.seal.sha256}."
        )
    return README.format(
        title=found.title,
        months=found.scope.months,
        as_of=found.scope.as_of,
        sponsor=found.sponsor,
        seal="\n".join([words, *([found.history_note] if found.history_note else [])]),
    )


def _counted(rows: Iterable[Any], say: Say, words: str, share: float) -> Iterator[Any]:
    """Yield the rows; a job that says nothing for two minutes would be taken for dead."""
    for count, row in enumerate(rows, start=1):
        if count % SAID_EVERY == 0:
            say(f"{words}, {count:,} rows", share)
        yield row


def _packing(say: Say, done: int, total: int) -> None:
    say(f"Packing file {done} of {total}", 0.55 + 0.42 * done / total)


def _from_path(name: str, path: Path, *, rows: int | None = None) -> Member:
    return Member(
        name,
        lambda: path.open("rb"),
        path.stat().st_size,
        deflated=path.suffix == ".csv",
        rows=rows,
    )


def _from_bytes(name: str, content: bytes) -> Member:
    return Member(name, partial(io.BytesIO, content), len(content))
