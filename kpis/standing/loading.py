"""What submissions and waivers say about some months, loaded in two statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kpis.due import DueSubmission, Duty, due_submissions
from kpis.models import Submission, Waiver
from kpis.standing.came import Came, Key, Row, came_of, joined
from kpis.standing.entry import Entry, entry_of

FIELDS = (
    "pk",
    "state",
    "received_at",
    "submitted_at",
    "decided_at",
    "supersedes_id",
    "restatement_reason",
)


@dataclass(frozen=True)
class Standings:
    """What came and what was waived, by engagement, study and month."""

    came: Mapping[Key, Came]
    waived: Mapping[Key, Mapping[str, str]]

    def entry(self, due: DueSubmission, *, period: date, on: date) -> Entry:
        """Return where a due submission stands; one across studies may come study by study."""
        key = (due.engagement_id, due.study_id, period)
        came = self.came.get(key)
        if came is None and due.study_id is None and due.study_ids:
            came = joined(
                {
                    study: self.came.get((due.engagement_id, study, period))
                    for study in due.study_ids
                }
            )
        return entry_of(due, period=period, came=came, waivers=self.waived.get(key, {}), on=on)


@dataclass(frozen=True)
class Records:
    """Submissions and waivers of some months as they stand, from which any moment is told.

    `rows` in the order in which they were begun; of a waiver its key, listing and reason, when it
    was given and when taken back.
    """

    rows: Mapping[Key, Sequence[Row]]
    waivers: Sequence[tuple[Key, str, str, datetime, datetime | None]]

    def at(self, until: datetime | None = None) -> Standings:
        """Return what was known before a moment; None: what is known now."""
        found = {key: came_of(rows, until=until) for key, rows in self.rows.items()}
        came = {key: one for key, one in found.items() if one is not None}
        return Standings(came, _waived(self.waivers, until))


def records(submissions: Any, waivers: Any, *, first: date, last: date) -> Records:
    """Load what two querysets hold of the months `first` to `last`; two statements."""
    months = {"period_start__gte": first, "period_start__lte": last}
    rows: dict[Key, list[Row]] = {}
    for engagement, study, period, *facts in (
        submissions.filter(**months)
        .exclude(state=Submission.State.WITHDRAWN)
        .order_by("received_at", "pk")
        .values_list("engagement_id", "study_id", "period_start", *FIELDS)
    ):
        rows.setdefault((engagement, study, period), []).append(Row(*facts))
    given = waivers.filter(**months).values_list(
        "engagement_id",
        "study_id",
        "period_start",
        "listing",
        "reason",
        "waived_at",
        "taken_back_at",
    )
    return Records(rows, [((one[0], one[1], one[2]), *one[3:]) for one in given])


def visible_records(user: Any, *, first: date, last: date) -> Records:
    """Load what `user` may see of some months; two statements."""
    return records(
        Submission.objects.visible_to(user),
        Waiver.objects.visible_to(user),
        first=first,
        last=last,
    )


def standings(
    submissions: Any, waivers: Any, *, first: date, last: date, until: datetime | None = None
) -> Standings:
    """Load what two querysets hold of the months `first` to `last`, as known before `until`."""
    return records(submissions, waivers, first=first, last=last).at(until)


def entries(held: Iterable[Duty], known: Standings, *, period: date, on: date) -> tuple[Entry, ...]:
    """Return each submission due for a month and where it stands on a day."""
    return tuple(
        known.entry(one, period=period, on=on) for one in due_submissions(held, period=period)
    )


def visible_standings(
    user: Any, *, first: date, last: date, until: datetime | None = None
) -> Standings:
    """Load what `user` may see of some months; two statements."""
    return visible_records(user, first=first, last=last).at(until)


def _waived(
    waivers: Iterable[tuple[Key, str, str, datetime, datetime | None]], until: datetime | None
) -> dict[Key, dict[str, str]]:
    found: dict[Key, dict[str, str]] = {}
    for key, listing, reason, given, back in waivers:
        standing = back is None if until is None else (back is None or back >= until)
        if standing and (until is None or given < until):
            found.setdefault(key, {})[listing] = reason
    return found
