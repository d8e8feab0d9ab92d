"""For what somebody may upload: what is due from their CRO, by study or across studies."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.due import duties, month_before, taken_submissions
from kpis.models import Submission
from studies.models import Delegation, Engagement, Study
from vendors.access import Permission, permissions_of


@dataclass(frozen=True)
class Scope:
    """One engagement with one study, or with all its studies; `key` stands in a form's select."""

    study: Study | None
    engagement: Engagement

    @property
    def key(self) -> str:
        """Return the pair as one word."""
        return f"{self.study.pk if self.study else 0}-{self.engagement.pk}"

    def __str__(self) -> str:
        return f"{self.study or 'All studies'} — {self.engagement}"


@dataclass(frozen=True)
class OpenSubmission:
    """A submission that is still open: to be continued, not begun again."""

    pk: int
    label: str
    study: str
    engagement: str
    period: date | None
    state: str


def scopes_of(user: Any, *, on: date) -> tuple[Scope, ...]:
    """Return the scopes for which `user` may upload; one that has ended still owes its last month.

    Four statements, whatever their number.
    """
    delegations = Delegation.objects.visible_to(user)
    month = on.replace(day=1)
    held = duties(delegations)
    owed = {
        (due.engagement_id, due.study_id)
        for period in (month, month_before(month))
        for due in taken_submissions(held, period=period)
    }
    engagements = Engagement.objects.visible_to(user).select_related("vendor").in_bulk()
    studies = Study.objects.visible_to(user).in_bulk()
    scopes = [
        Scope(studies.get(study_id), engagements[engagement_id])
        for engagement_id, study_id in owed
        if Permission.UPLOAD in permissions_of(user, engagements[engagement_id])
    ]
    return tuple(sorted(scopes, key=str))


def open_submissions(user: Any, scopes: tuple[Scope, ...]) -> tuple[OpenSubmission, ...]:
    """Return what is open already in these scopes, newest first."""
    pairs = {(scope.study.pk if scope.study else None, scope.engagement.pk) for scope in scopes}
    found = (
        Submission.objects.visible_to(user)
        .filter(state__in=Submission.OPEN_STATES)
        .select_related("study", "engagement")
    )
    return tuple(
        OpenSubmission(
            pk=one.pk,
            label=str(one),
            study=one.scope_name,
            engagement=str(one.engagement),
            period=one.period_start,
            state=one.get_state_display(),
        )
        for one in found
        if (one.study_id, one.engagement_id) in pairs
    )
