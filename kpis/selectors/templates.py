"""What the page of one template shows, and for which months there are templates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from kpis.definitions import in_force
from kpis.due import DueSubmission, asked_of, due_date, month_before
from kpis.engine.tables import LISTINGS
from kpis.models import TemplateIssue
from kpis.selectors.scopes import Scope, scopes_of
from kpis.submissions.template.mark import version_of
from studies.models import Engagement, Study


@dataclass(frozen=True)
class TemplateScope:
    """One due submission: of whom, about what, for which month."""

    engagement: Engagement
    study: Study | None
    period: date
    due: DueSubmission

    @property
    def address(self) -> str:
        """Return the address of its template's page."""
        return template_address(
            self.engagement.pk, self.study.pk if self.study else None, self.period
        )


@dataclass(frozen=True)
class SheetLine:
    """One sheet of the template: a listing, why it is asked for, and which KPIs read it."""

    title: str
    why: str
    kpis: tuple[str, ...]


@dataclass(frozen=True)
class IssueLine:
    """One template that was handed out."""

    pk: int
    version: str
    made_at: datetime
    made_by: str
    sha256: str


@dataclass(frozen=True)
class TemplatePage:
    """The page of one template."""

    scope: TemplateScope
    due_on: date
    version: str
    sheets: tuple[SheetLine, ...]
    issues: tuple[IssueLine, ...]

    @property
    def newest(self) -> IssueLine | None:
        """The one to download."""
        return self.issues[0] if self.issues else None


@dataclass(frozen=True)
class Offer:
    """A month and scope for which there is a template."""

    words: str
    period: date
    address: str


def template_address(engagement_id: int, study_id: int | None, period: date) -> str:
    """Return the address of the page of one template."""
    asked = {"engagement": engagement_id, "period": f"{period:%Y-%m}"}
    if study_id is not None:
        asked["study"] = study_id
    return f"{reverse('kpis:template')}?{urlencode(asked)}"


def template_scope(
    user: Any, *, engagement_id: int, study_id: int | None, period: date
) -> TemplateScope | None:
    """Return the scope if `user` sees it and something is due; None otherwise."""
    engagements = Engagement.objects.visible_to(user).select_related("sponsor", "vendor")
    engagement = engagements.filter(pk=engagement_id).first()
    if engagement is None:
        return None
    study = None
    if study_id is not None:
        study = Study.objects.visible_to(user).filter(pk=study_id).first()
        if study is None:
            return None
    due = asked_of(engagement, study_id, on=period)
    return TemplateScope(engagement, study, period, due) if due else None


def template_page(user: Any, scope: TemplateScope) -> TemplatePage:
    """Return the page; one statement."""
    issues = TemplateIssue.objects.visible_to(user).filter(
        engagement=scope.engagement, study=scope.study, period_start=scope.period
    )
    types = [one for name, one in LISTINGS.items() if name in scope.due.listings]
    kpis = [one for slug, one in in_force(scope.period).items() if slug in scope.due.slugs]
    return TemplatePage(
        scope=scope,
        due_on=due_date(scope.period, scope.due.terms),
        version=version_of(types),
        sheets=tuple(
            SheetLine(
                one.title,
                one.why,
                tuple(sorted(kpi.name for kpi in kpis if one.name in kpi.listings)),
            )
            for one in types
        ),
        issues=tuple(
            IssueLine(one.pk, one.version, one.made_at, str(one.made_by), one.sha256)
            for one in issues.select_related("made_by").order_by("-pk")
        ),
    )


def offers(user: Any, *, on: date) -> tuple[Offer, ...]:
    """Return the templates of last month and of this one that `user` may send back."""
    month = on.replace(day=1)
    return tuple(
        _offer(scope, period)
        for period in (month_before(month), month)
        for scope in scopes_of(user, on=on)
        if asked_of(scope.engagement, scope.study.pk if scope.study else None, on=period)
    )


def _offer(scope: Scope, period: date) -> Offer:
    study_id = scope.study.pk if scope.study else None
    return Offer(str(scope), period, template_address(scope.engagement.pk, study_id, period))
