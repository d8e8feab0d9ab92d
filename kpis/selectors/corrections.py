"""What was corrected in place, for both sides: from what, to what, why, and whether it counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.models import CellCorrection, Submission


@dataclass(frozen=True)
class CorrectionRow:
    """One correction; `ended` says in words why it no longer counts, empty while it does."""

    pk: int
    file_pk: int
    file: str
    sheet: str
    at: str
    before: str
    after: str
    reason: str
    corrected_by: str
    corrected_at: datetime
    ended: str


def correction_rows(user: Any, submission: Submission) -> tuple[CorrectionRow, ...]:
    """Return the corrections of the submission, those that count first; one statement."""
    found = CellCorrection.objects.visible_to(user).filter(submission=submission)
    rows = [_row(one) for one in found.select_related("file", "corrected_by")]
    return tuple(sorted(rows, key=lambda row: bool(row.ended)))


def _row(one: CellCorrection) -> CorrectionRow:
    ended = "taken back" if one.taken_back_at else ""
    return CorrectionRow(
        pk=one.pk,
        file_pk=one.file_id,
        file=one.file.name,
        sheet=one.sheet,
        at=str(one).removeprefix(f"{one.sheet} "),
        before=one.before,
        after=one.after,
        reason=one.reason,
        corrected_by=str(one.corrected_by),
        corrected_at=one.corrected_at,
        ended=ended or ("ended with the file, which was replaced" if one.file.set_aside_at else ""),
    )
