"""What came for a scope and a month, out of the rows of its submissions. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kpis.models import Submission

State = Submission.State

# Engagement, study (None: across its studies) and month.
Key = tuple[int, int | None, date]


class Stage(StrEnum):
    """How far it has come, on the way to being accepted."""

    CHECKING = "being checked"
    CORRECTING = "not handed over yet"
    SUBMITTED = "waits for the sponsor"
    RETURNED = "to be corrected"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Row:
    """A submission as far as its standing goes."""

    pk: int
    state: str
    received_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    supersedes_id: int | None
    restatement_reason: str = ""


@dataclass(frozen=True)
class Came:
    """What came: how far it is, when it was first handed over, and which submission to open.

    `restating`: it is accepted, and a submission that would replace it is under way.
    """

    stage: Stage
    submission_id: int
    first_day: date | None = None
    restated: bool = False
    restating: bool = False

    @property
    def handed_over(self) -> bool:
        """True where the sponsor has it, or had it and took it."""
        return self.stage in (Stage.SUBMITTED, Stage.ACCEPTED)


def came_of(rows: Iterable[Row], *, until: datetime | None) -> Came | None:
    """Return what came by a moment (None: now); rows in the order in which they were begun."""
    found: Came | None = None
    for row in rows:
        stage = _stage(row, until)
        if stage is None:
            continue
        day = row.submitted_at.date() if row.submitted_at else None
        if stage is Stage.ACCEPTED:
            first = found.first_day if found and found.stage is Stage.ACCEPTED else day
            found = Came(stage, row.pk, first, restated=row.supersedes_id is not None)
        elif found is not None and found.stage is Stage.ACCEPTED:
            found = Came(found.stage, row.pk, found.first_day, found.restated, restating=True)
        else:
            found = Came(stage, row.pk, day)
    return found


def joined(parts: Mapping[int, Came | None]) -> Came | None:
    """Return what came of one that spans studies, where each study came by itself.

    Only when all of them did; it is as far as the one that is least far.
    """
    here = [part for part in parts.values() if part is not None and part.handed_over]
    if not here or len(here) < len(parts):
        return None
    least = min(here, key=lambda one: _ORDER.index(one.stage))
    days = [one.first_day for one in here if one.first_day]
    restated = any(one.restated for one in here)
    return Came(least.stage, least.submission_id, max(days, default=None), restated)


_ORDER: Sequence[Stage] = tuple(Stage)


def _stage(row: Row, until: datetime | None) -> Stage | None:
    def by_then(moment: datetime | None) -> bool:
        return moment is not None and (until is None or moment < until)

    if not by_then(row.received_at):
        return None
    if by_then(row.decided_at):
        if row.state in (State.ACCEPTED, State.SUPERSEDED):
            return Stage.ACCEPTED
        if row.state == State.RETURNED:
            return Stage.RETURNED
    elif by_then(row.submitted_at):
        return Stage.SUBMITTED
    return Stage.CHECKING if row.state == State.RECEIVED else Stage.CORRECTING
