"""What was due of an engagement month by month, when it came, and whether it lasted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from kpis.due import Duty, duties, last_day
from kpis.engine.tables import LISTINGS
from kpis.engine.times import months_before
from kpis.models import Check, Problem, Submission, SubmittedTable, Waiver
from kpis.own_tables.frames import frame
from kpis.own_tables.scope import MONTHS_BACK, OwnScope
from kpis.own_tables.values import Values, values_of
from kpis.standing import Entry, Standing, entries, standings
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Delegation

SUBMISSION_LOG = "submission-log"
ACCEPTED_ONCE = (Submission.State.ACCEPTED, Submission.State.SUPERSEDED)
NOT_DUE = (Standing.WAIVED, Standing.NOT_ASKED)
REQUIRED = {
    name: sum(column.required for column in listing.columns) for name, listing in LISTINGS.items()
}


@dataclass(frozen=True)
class Taken:
    """A submission that was accepted: when, whether it was sent back before, its first cells."""

    accepted_on: date
    returned: bool
    required: int | None = None
    filled: int | None = None


def submission_log(scope: OwnScope) -> pd.DataFrame:
    """Return a row per due submission of the scope and month; what was waived was not due.

    `received_on` is the day on which it was first handed over. The cells are those of the first
    check, before anybody mended anything. Eight statements, whatever came.
    """
    held = duties(Delegation.objects.filter(engagement=scope.engagement_id))
    names = {duty.study_id: duty.protocol_number for duty in held}
    taken, values = _taken(scope), values_of(scope)
    return frame(
        SUBMISSION_LOG,
        [
            {"study": names.get(one.due.study_id or 0, ""), **_row(one, taken, values)}
            for one in _due(scope, held)
        ],
    )


def _due(scope: OwnScope, held: Sequence[Duty]) -> Iterator[Entry]:
    mine = {"engagement": scope.engagement_id}
    known = standings(
        Submission.objects.filter(**mine),
        Waiver.objects.filter(**mine),
        first=scope.first,
        last=scope.last,
        until=scope.until,
    )
    for back in range(MONTHS_BACK, -1, -1):
        period = months_before(scope.last, back)
        for one in entries(held, known, period=period, on=scope.cutoff_date):
            mine_too = scope.study_id in {None, one.due.study_id, *one.due.study_ids}
            if mine_too and one.standing not in NOT_DUE:
                yield one


def _row(one: Entry, taken: Mapping[int, Taken], values: Values) -> dict[str, object]:
    came = one.came if one.came and one.came.handed_over else None
    accepted = taken.get(came.submission_id) if came else None
    places = [(study, one.period) for study in one.due.study_ids]
    return {
        "period_end": last_day(one.period),
        "due_on": one.due_day.day,
        "received_on": came.first_day if came else None,
        "accepted_on": accepted.accepted_on if accepted else None,
        "first_time_right": None if accepted is None else "no" if accepted.returned else "yes",
        "cells_required": accepted.required if accepted else None,
        "cells_filled": accepted.filled if accepted else None,
        "values_accepted": sum(values.accepted.get(place, 0) for place in places),
        "values_changed": sum(values.changed(place) for place in places),
    }


def _taken(scope: OwnScope) -> dict[int, Taken]:
    """Return what was accepted by then; a restatement tells what its first one was.

    A return lies before the acceptance, so that all of them count whatever the day.
    """
    returns = AuditTrailEntry.objects.filter(
        event=Event.RETURNED,
        subject_table=Submission._meta.db_table,
        subject_id=Cast(OuterRef("pk"), TextField()),
    )
    rows = list(
        Submission.objects.filter(
            engagement=scope.engagement_id,
            state__in=ACCEPTED_ONCE,
            decided_at__lt=scope.until,
            period_start__gte=scope.first,
            period_start__lte=scope.last,
        )
        .annotate(returned=Exists(returns))
        .order_by("decided_at", "pk")
        .values_list("pk", "supersedes_id", "decided_at__date", "returned")
    )
    cells = _cells([pk for pk, *_ in rows])
    found: dict[int, Taken] = {}
    for pk, before, decided_on, returned in rows:
        own = Taken(decided_on, returned, *cells.get(pk, (None, None)))
        found[pk] = found.get(before, own) if before else own
    return found


def _cells(submissions: list[int]) -> dict[int, tuple[int, int]]:
    """Return required cells and those filled in the first check of each submission."""
    firsts = dict(
        Check.objects.filter(submission__in=submissions)
        .order_by("submission_id", "pk")
        .distinct("submission_id")
        .values_list("pk", "submission_id")
    )
    required: dict[int, int] = {}
    for check, listing, rows in SubmittedTable.objects.filter(check_made__in=firsts).values_list(
        "check_made_id", "listing", "row_count"
    ):
        required[check] = required.get(check, 0) + rows * REQUIRED.get(listing, 0)
    blank = dict(
        Problem.objects.filter(check_made__in=firsts, rule="blank-required").values_list(
            "check_made_id", "count"
        )
    )
    return {
        firsts[check]: (cells, cells - min(cells, blank.get(check, 0)))
        for check, cells in required.items()
    }
