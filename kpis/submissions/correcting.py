"""One cell read as another value, with a reason; the file keeps its bytes.

A correction belongs to the file it was made in: when the file is replaced it ends with it. The
check runs again with all corrections in force laid over the cells.
"""

from datetime import datetime
from typing import Any

from kpis.models import CellCorrection, Submission, SubmittedFile
from kpis.submissions.cells import cells_of, shown
from kpis.submissions.found import all_found
from kpis.submissions.handing import begin_change
from kpis.submissions.places import Place, place_of, refuse_elsewhere
from kpis.submissions.reading.corrections import Correction
from kpis.submissions.receive import check_again
from kpis.submissions.states import StepRefused, locked
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record

NOT_REPEATED = "(not repeated)"


def correct(
    *,
    actor: Actor,
    file: SubmittedFile,
    sheet: str,
    at: str,
    after: str,
    reason: str,
    now: datetime,
    revision: int | None = None,
) -> CellCorrection:
    """Have a cell (B5) read as `after`; an earlier correction of the cell is taken back by it.

    Raises StepRefused without a reason, for a place that is no cell of the sheet, and when the
    submission stands where nothing can be changed.
    """
    place = place_of(sheet, at)
    if place.row is None or not place.column:
        raise StepRefused("Choose one cell: a correction is of one cell at a time.")
    if not reason.strip():
        raise StepRefused("Say why the cell should be read otherwise; the sponsor sees it.")
    with acting(actor, reason=reason.strip()):
        submission = locked(file.submission)
        refuse_elsewhere(file, sheet, submission.checks.last())
        before = _value(submission, file, place)
        begin_change(actor=actor, submission=submission, now=now, revision=revision)
        standing = in_force(submission).filter(
            file=file, sheet=sheet, row=place.row, column=place.column
        )
        standing.update(taken_back_at=now, taken_back_by=actor.person_id)
        correction = CellCorrection.objects.create(
            submission=submission,
            file=file,
            sheet=sheet,
            row=place.row,
            column=place.column,
            before=before,
            after=after.strip(),
            reason=reason.strip(),
            corrected_at=now,
            corrected_by_id=actor.person_id,
        )
        check_again(submission)
        _record(Event.CORRECTED, actor, correction, reason.strip())
    return correction


def take_correction_back(
    *, actor: Actor, correction: CellCorrection, now: datetime, revision: int | None = None
) -> None:
    """Have the cell read as the file holds it again."""
    with acting(actor, reason="Correction taken back"):
        submission = locked(correction.submission)
        begin_change(actor=actor, submission=submission, now=now, revision=revision)
        taken = in_force(submission).filter(pk=correction.pk)
        if not taken.update(taken_back_at=now, taken_back_by=actor.person_id):
            raise StepRefused("This correction no longer stands. Nothing was changed.")
        check_again(submission)
        _record(Event.CORRECTION_ENDED, actor, correction, "")


def in_force(submission: Submission) -> Any:
    """Return the corrections that count: not taken back, of files that stand."""
    return CellCorrection.objects.filter(
        submission=submission, taken_back_at=None, file__set_aside_at=None
    )


def corrections_of(submission: Submission, files: list[SubmittedFile]) -> list[Correction]:
    """Return the corrections in force as the reader takes them; `files` in the order of reading."""
    number = {file.pk: place for place, file in enumerate(files)}
    return [
        Correction(number[one.file_id], one.sheet, one.row, one.column, one.after)
        for one in in_force(submission)
        if one.file_id in number
    ]


def _value(submission: Submission, file: SubmittedFile, place: Place) -> str:
    """Return what the file holds there; personal data are not copied into another record."""
    cells = cells_of(file, place.sheet)
    row, column = Correction(0, place.sheet, place.row or 0, place.column, "").place
    if row >= cells.shape[0] or column >= cells.shape[1]:
        raise StepRefused(f"{place.sheet} has no {place.words}. Nothing was changed.")
    private = any(
        one.private and one.at == place.at and one.sheet == place.sheet and one.file == file.name
        for one in all_found(submission.checks.last())
    )
    return NOT_REPEATED if private else shown(cells.iat[row, column])


def _record(event: Event, actor: Actor, correction: CellCorrection, reason: str) -> None:
    detail = {"file": correction.file.name, "sheet": correction.sheet, "cell": str(correction)}
    record(event, actor=actor, subject=correction.submission, reason=reason, detail=detail)
