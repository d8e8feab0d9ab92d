"""What is marked in one file: what the check found, what the sponsor said, what was corrected.

Of a cell that holds personal data nothing is repeated, whatever else is wrong with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.models import CellComment, Check, SubmittedFile
from kpis.submissions.correcting import in_force
from kpis.submissions.found import Found, all_found
from kpis.submissions.places import Place

MARKED_SEVERITIES = ("error", "warning")


@dataclass(frozen=True)
class Mark:
    """One thing said of a place; `at` is a cell (B5), a row (5), or empty for sheet or file."""

    kind: str  # error, warning, comment or correction
    sheet: str
    at: str
    row: int | None
    sentence: str

    @property
    def words(self) -> str:
        """Return the kind as a person reads it."""
        return KINDS[self.kind]


KINDS = {
    "error": "To correct",
    "warning": "To explain or correct",
    "comment": "Comment of the sponsor",
    "correction": "Corrected in place",
}


def marks_of(file: SubmittedFile, check: Check | None) -> list[Mark]:
    """Return what is said of the file, in the order of its sheets as found, then by row."""
    found = [one for one in all_found(check) if one.file == file.name]
    private = {(one.sheet, one.at) for one in found if one.private}
    marks = [*_found(found, private), *_comments(file), *_corrections(file, private)]
    sheets = {name: place for place, name in enumerate(dict.fromkeys(one.sheet for one in marks))}
    return sorted(
        marks, key=lambda mark: (sheets[mark.sheet], mark.row or 0, len(mark.at), mark.at)
    )


def returned_comments(file: SubmittedFile) -> Any:
    """Return the comments on the file that the CRO was given."""
    return CellComment.objects.filter(file=file, taken_back_at=None).exclude(returned_in=None)


def comments_until(file: SubmittedFile) -> datetime | None:
    """Return when the newest of those comments was written."""
    newest = returned_comments(file).order_by("written_at").last()
    return newest.written_at if newest else None


def _found(found: Iterable[Found], private: set[tuple[str, str]]) -> Iterable[Mark]:
    for one in found:
        hidden = (one.sheet, one.at) in private and one.at and not one.private
        if one.severity in MARKED_SEVERITIES and not hidden:
            yield Mark(one.severity, one.sheet, one.at, one.row, one.sentence)


def _comments(file: SubmittedFile) -> Iterable[Mark]:
    for one in returned_comments(file).select_related("written_by"):
        place = Place(one.sheet, one.row, one.column)
        yield Mark("comment", one.sheet, place.at, one.row, f"{one.written_by}: {one.text}")


def _corrections(file: SubmittedFile, private: set[tuple[str, str]]) -> Iterable[Mark]:
    for one in in_force(file.submission).filter(file=file).select_related("corrected_by"):
        at = f"{one.column}{one.row}"
        said = f"{one.corrected_by} had this read as “{one.after}”. Write it here too: {one.reason}"
        if (one.sheet, at) in private:
            said = f"{one.corrected_by} had this read otherwise: {one.reason}"
        yield Mark("correction", one.sheet, at, one.row, said)
