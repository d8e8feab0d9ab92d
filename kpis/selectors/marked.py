"""For each file to mend: whether its marked copy is there, being made, or to be asked for."""

from dataclasses import dataclass
from datetime import datetime

from kpis.models import Check, MarkedFile, Submission
from kpis.submissions.marking.make import job_name
from kpis.submissions.places import sheets_of
from oversight import progress


@dataclass(frozen=True)
class MarkedState:
    """The marked copy of one file; `making` says in words how far it is, empty when it is not."""

    file_pk: int
    name: str
    ready: bool
    cells: int
    making: str
    percent: int


def marked_states(submission: Submission, check: Check | None) -> tuple[MarkedState, ...]:
    """Return a state for each file in which something is marked; four statements."""
    if check is None:
        return ()
    named = {
        cell["file"]
        for problem in check.problems.all()
        if problem.severity != "info"
        for cell in problem.cells
    }
    said = submission.comments.filter(taken_back_at=None).exclude(returned_in=None)
    newest: dict[int, datetime] = dict(
        said.order_by("written_at").values_list("file", "written_at")
    )
    corrected = set(
        submission.corrections.filter(taken_back_at=None).values_list("file", flat=True)
    )
    made = {
        (one.file_id, one.comments_until): one
        for one in MarkedFile.objects.filter(check_made=check)
    }
    return tuple(
        _state(file.pk, file.name, made.get((file.pk, newest.get(file.pk))))
        for file in submission.files.filter(set_aside_at=None)
        if sheets_of(file, check)
        and (file.name in named or file.pk in newest or file.pk in corrected)
    )


def _state(file_pk: int, name: str, made: MarkedFile | None) -> MarkedState:
    told = None if made else progress.of(job_name(file_pk))
    return MarkedState(
        file_pk=file_pk,
        name=name,
        ready=made is not None,
        cells=made.cells if made else 0,
        making=told.words if told else "",
        percent=told.percent if told else 0,
    )
