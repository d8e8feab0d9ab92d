"""The executive page: what threatens safety, a date or money, and what improves or worsens."""

from dataclasses import dataclass
from typing import Any

from dashboards.findings import plural
from dashboards.periods import Asked, month_name, months_back
from dashboards.selectors.executive.icons import Icons, icons
from dashboards.selectors.executive.lines import Subject, index, subject
from dashboards.selectors.executive.subjects import DATES, MONEY, SAFETY
from dashboards.selectors.functions.columns import all_columns
from dashboards.selectors.months import Span, span_of
from dashboards.selectors.runs import readings
from kpis.definitions import in_force
from studies.models import Study

MONTHS = 24  # as on the KPI page, so that a figure has the same marks on both


@dataclass(frozen=True)
class ExecutivePage:
    """The page."""

    span: Span
    safety: Subject
    dates: Subject
    money: Subject
    icons: Icons

    @property
    def title(self) -> str:
        """Say what threatens, and how much moves."""
        parts = [
            _past(self.safety, "safety figure"),
            _past(self.dates, "figure about dates", "figures about dates"),
        ]
        if self.icons.worsening:
            parts.append(f"{plural(self.icons.worsening, 'figure')} worsening")
        said = "; ".join(part for part in parts if part)
        return f"{month_name(self.span.period)}: {said or 'no figure has come'}"


def executive_page(user: Any, *, asked: Asked) -> ExecutivePage:
    """Return the page; five statements. A CRO's people see what is theirs."""
    span = span_of(user, asked=asked)
    definitions = in_force(span.period)
    columns = {one.engagement_id: one for one in all_columns(user)}
    studies = Study.objects.visible_to(user)
    protocols = dict(studies.values_list("pk", "protocol_number"))
    limited = {one.slug for one in definitions.values() if one.limits is not None}
    months = months_back(span.period, MONTHS)
    scope: Any = {"asked": asked, "last": span.period, "country": ""}
    whole = readings(
        user,
        first=months[0],
        study_id=None,
        definition__slug__in=limited.union(SAFETY, DATES, MONEY),
        **scope,
    )
    by_study = readings(
        user,
        first=months[-2],
        study_id__isnull=False,
        definition__slug__in=[*SAFETY, *DATES, *MONEY],
        **scope,
    )
    of_engagements, of_all = index(whole), index((*whole, *by_study))
    known: Any = {"months": months, "definitions": definitions, "columns": columns}
    every = subject(limited, of_engagements, **known, protocols=protocols, whole=True)
    return ExecutivePage(
        span=span,
        safety=subject(SAFETY, of_all, **known, protocols=protocols),
        dates=subject(DATES, of_all, **known, protocols=protocols),
        money=subject(MONEY, of_all, **known, protocols=protocols),
        icons=icons(every.lines, of_engagements, columns),
    )


def _past(found: Subject, one: str, many: str = "") -> str:
    if not found.lines:
        return ""
    count = len(found.past)
    return (
        f"{plural(count, one, many)} past a limit or missing" if count else f"no {one} past a limit"
    )
