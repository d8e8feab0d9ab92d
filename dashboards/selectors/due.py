"""What was due for a month and where it stands: `kpis.due` says what, submissions say where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.periods import Asked
from kpis.due import DueSubmission, Duty, applicable, by_study, due_date, due_submissions, duties
from kpis.models import Submission
from studies.models import Delegation

ACCEPTED, IN_REVIEW, NOT_SENT, AWAITED = "accepted", "in review", "not sent", "awaited"

# Engagement, study (None: across its studies) and month.
Key = tuple[int, int | None, date]
Scope = tuple[int, int | None]


@dataclass(frozen=True)
class Sent:
    """What came for a scope and month, when it first came, and whether it was restated."""

    state: str
    first_day: date
    restated: bool = False


@dataclass(frozen=True)
class Due:
    """One submission due: of an engagement, for a study or (None) across; with where it stands."""

    engagement_id: int
    study_id: int | None
    slugs: frozenset[str]
    study_ids: frozenset[int]
    state: str
    due_by: date
    days_late: int = 0

    @property
    def missing(self) -> bool:
        """True when its day has passed and nothing was handed over."""
        return self.state == NOT_SENT

    def serves(self, engagement_id: int, study_id: int | None, slug: str) -> bool:
        """Tell whether the KPI of an engagement, or of one of its studies, needs this one."""
        if self.engagement_id != engagement_id or slug not in self.slugs:
            return False
        return study_id in (None, self.study_id) or (
            self.study_id is None and study_id in self.study_ids
        )


def held_by(user: Any) -> tuple[Duty, ...]:
    """Return the delegated functions that the user sees; one statement."""
    return duties(Delegation.objects.visible_to(user))


def applying(held: Iterable[Duty], *, period: date) -> dict[Scope, frozenset[str]]:
    """Return the KPIs that apply in the month: of each engagement, and of each study under it."""
    functions: dict[tuple[int, str, int | None], set[str]] = {}
    for duty in held:
        if duty.covers(period):
            for study in (None, duty.study_id):
                key = (duty.engagement_id, duty.engagement_model, study)
                functions.setdefault(key, set()).add(duty.function)
    found = {
        (engagement, study): frozenset(
            one.slug for one in applicable(model, names) if study is None or by_study(one)
        )
        for (engagement, model, study), names in functions.items()
    }
    return {scope: slugs for scope, slugs in found.items() if slugs}


def sent(user: Any, *, asked: Asked, first: date, last: date) -> dict[Key, Sent]:
    """Return what was handed over for the months, as known then; one statement."""
    rows: Any = Submission.objects.visible_to(user).filter(
        period_start__gte=first, period_start__lte=last, submitted_at__isnull=False
    )
    until = asked.known_until
    if until is not None:
        rows = rows.filter(submitted_at__lt=until)
    states = Submission.State
    found: dict[Key, Sent] = {}
    for engagement, study, period, state, came, decided_at, before in rows.order_by(
        "submitted_at", "pk"
    ).values_list(
        "engagement_id",
        "study_id",
        "period_start",
        "state",
        "submitted_at",
        "decided_at",
        "supersedes_id",
    ):
        key = (engagement, study, period)
        decided = decided_at is not None and (until is None or decided_at < until)
        stood = state in (states.ACCEPTED, states.SUPERSEDED)
        if stood and decided:
            first_day = found[key].first_day if key in found else came.date()
            found[key] = Sent(ACCEPTED, first_day, restated=before is not None)
        elif state == states.SUBMITTED or (not decided and (stood or state == states.RETURNED)):
            found.setdefault(key, Sent(IN_REVIEW, came.date()))
    return found


def files_due(
    *, asked: Asked, period: date, held: Iterable[Duty], came: Mapping[Key, Sent]
) -> tuple[Due, ...]:
    """Return each submission due for the month and where it stands on the day asked for."""
    by = due_date(period)
    late = max(0, (asked.day - by).days)
    return tuple(
        Due(
            engagement_id=one.engagement_id,
            study_id=one.study_id,
            slugs=one.slugs,
            study_ids=one.study_ids,
            state=_state(one, period, came) or (NOT_SENT if late else AWAITED),
            due_by=by,
            days_late=late,
        )
        for one in due_submissions(held, period=period)
    )


def _state(one: DueSubmission, period: date, came: Mapping[Key, Sent]) -> str:
    """Return where it stands; one across studies may also have come study by study."""
    whole = came.get((one.engagement_id, one.study_id, period))
    if whole or one.study_id is not None:
        return whole.state if whole else ""
    parts = [came.get((one.engagement_id, study, period)) for study in one.study_ids]
    if not parts or None in parts:
        return ""
    states = {part.state for part in parts if part}
    return ACCEPTED if states == {ACCEPTED} else IN_REVIEW
