"""What was agreed about a KPI, and what other limits would have changed, for its pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.agreed.judging import judged_by, limits_of
from kpis.agreed.what_if import Judged, judged_again
from kpis.engine.definition import KpiDefinition, Limits
from kpis.engine.times import months_before
from kpis.engine.wording import limits_words
from kpis.models import AgreedLimits, ChosenKpi, KpiResult
from studies.models import Engagement
from vendors.access import Permission
from vendors.register.pages import sponsors_allowing

MONTHS_BACK = 24


@dataclass(frozen=True)
class AgreedRow:
    """Limits as shown: for whom, from when to when, which, by whom; `state` in a word."""

    pk: int
    whose: str
    words: str
    source: str
    from_month: date
    until_month: date | None
    approved_by: str
    state: str


@dataclass(frozen=True)
class ChosenRow:
    """A KPI of the library that is asked for in an engagement."""

    pk: int
    engagement: str
    from_month: date
    until_month: date | None
    chosen_by: str
    state: str


@dataclass(frozen=True)
class AgreedPage:
    """Both, the newest first; `may_agree` where a role of the reader allows it."""

    limits: tuple[AgreedRow, ...]
    chosen: tuple[ChosenRow, ...]
    may_agree: bool


def agreed_page(user: Any, definition: KpiDefinition, *, today: date) -> AgreedPage:
    """Return what `user` may see of it; two statements."""
    mine = {"slug": definition.slug}
    limits = AgreedLimits.objects.visible_to(user).filter(**mine)
    chosen = ChosenKpi.objects.visible_to(user).filter(**mine)
    month = today.replace(day=1)
    return AgreedPage(
        limits=tuple(
            AgreedRow(
                pk=row.pk,
                whose=f"{row.engagement.vendor}, {row.engagement}"
                if row.engagement
                else f"All engagements of {row.sponsor}",
                words="; ".join(
                    f"{rag} {words}"
                    for rag, words in limits_words(judged_by(definition, limits_of(row))).items()
                ),
                source=row.source,
                from_month=row.from_month,
                until_month=row.until_month,
                approved_by=row.approved_by.name or row.approved_by.email,
                state=_state(row, month),
            )
            for row in limits.select_related("engagement__vendor", "sponsor", "approved_by")
        ),
        chosen=tuple(
            ChosenRow(
                pk=row.pk,
                engagement=f"{row.engagement.vendor}, {row.engagement}",
                from_month=row.from_month,
                until_month=row.until_month,
                chosen_by=row.chosen_by.name or row.chosen_by.email,
                state=_state(row, month),
            )
            for row in chosen.select_related("engagement__vendor", "chosen_by")
        ),
        may_agree=bool(sponsors_allowing(user, Permission.DECIDE)),
    )


@dataclass(frozen=True)
class WhatIf:
    """Past results judged by other limits: how many there are, and those that would change."""

    judged: int
    changed: tuple[Judged, ...]


def what_if(
    user: Any,
    definition: KpiDefinition,
    limits: Limits,
    *,
    engagement: Engagement | None,
    today: date,
) -> WhatIf:
    """Judge the current results of the last 24 months again, none touched; one statement."""
    first = months_before(today.replace(day=1), MONTHS_BACK)
    results = (
        KpiResult.objects.visible_to(user)
        .filter(
            definition__slug=definition.slug,
            country="",
            run__current__isnull=False,
            period_start__gte=first,
        )
        .select_related("engagement", "study")
        .order_by("-period_start", "engagement__name", "study__protocol_number")
    )
    if engagement is not None:
        results = results.filter(engagement=engagement)
    found = judged_again(definition, limits, results)
    return WhatIf(len(found), tuple(one for one in found if one.changes))


def _state(row: AgreedLimits | ChosenKpi, month: date) -> str:
    if row.from_month > month:
        return "future"
    return "ended" if row.until_month is not None and row.until_month < month else "current"
