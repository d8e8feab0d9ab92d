"""For what somebody may upload: the pairs of study and engagement on which their CRO works."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.models import Submission
from studies.models import Delegation, Engagement, Study
from vendors.access import Permission, permissions_of


@dataclass(frozen=True)
class Scope:
    """One study of one engagement; `key` stands in a form's select."""

    study: Study
    engagement: Engagement

    @property
    def key(self) -> str:
        """Return the pair as one word."""
        return f"{self.study.pk}-{self.engagement.pk}"

    def __str__(self) -> str:
        return f"{self.study} — {self.engagement}"


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
    rows = (
        Delegation.objects.visible_to(user)
        .filter(engagement__isnull=False, from_date__lte=on)
        .select_related("study", "engagement__vendor")
    )
    scopes = {Scope(row.study, row.engagement) for row in rows if row.engagement}
    mine = [s for s in scopes if Permission.UPLOAD in permissions_of(user, s.engagement)]
    return tuple(sorted(mine, key=str))


def open_submissions(user: Any, scopes: tuple[Scope, ...]) -> tuple[OpenSubmission, ...]:
    """Return what is open already in these scopes, newest first."""
    pairs = {(scope.study.pk, scope.engagement.pk) for scope in scopes}
    found = (
        Submission.objects.visible_to(user)
        .filter(state__in=Submission.OPEN_STATES)
        .select_related("study", "engagement")
    )
    return tuple(
        OpenSubmission(
            pk=one.pk,
            label=str(one),
            study=str(one.study),
            engagement=str(one.engagement),
            period=one.period_start,
            state=one.get_state_display(),
        )
        for one in found
        if (one.study_id, one.engagement_id) in pairs
    )
