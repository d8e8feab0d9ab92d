"""Months that were computed with two versions of a KPI, and what became of their colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.db.models import F, Max, Min, Window

from kpis.engine.definition import KpiDefinition
from kpis.engine.shapes import Outcome
from kpis.engine.wording import NO_VALUE, outcome_words
from kpis.models import KpiResult

SCOPE = ("engagement_id", "study_id", "period_start")


@dataclass(frozen=True)
class Side:
    """A result by one version: its status and its value in words."""

    version: int
    rag: str
    value: str


@dataclass(frozen=True)
class Turned:
    """One month of one scope by a version and by the one used before it; study "" for the whole."""

    engagement: str
    study: str
    period: date
    before: Side
    after: Side

    @property
    def version(self) -> int:
        """The later of the two versions."""
        return self.after.version


def turned(user: Any, slug: str, known: Mapping[int, KpiDefinition]) -> tuple[Turned, ...]:
    """Return them as far as `user` may see, the newest first; one statement.

    Of each version the last result counts. Between the two the month's rows may have been restated
    as well; the page says so. `known` are the versions by number, for their units.
    """
    version = "definition__version"
    results = (
        KpiResult.objects.visible_to(user)
        .filter(definition__slug=slug, country="")
        .annotate(
            oldest=Window(Min(version), partition_by=SCOPE),
            newest=Window(Max(version), partition_by=SCOPE),
        )
        .filter(oldest__lt=F("newest"))
        .select_related("definition", "engagement", "study")
        .order_by("-period_start", "engagement__name", "engagement_id", "study_id", version, "pk")
    )
    found = []
    for _, rows in groupby(
        results, lambda one: (one.engagement_id, one.study_id, one.period_start)
    ):
        last = {one.definition.version: one for one in rows}
        for before, after in pairwise(last.values()):
            found.append(
                Turned(
                    str(after.engagement),
                    after.study.protocol_number if after.study else "",
                    after.period_start,
                    _side(before, known),
                    _side(after, known),
                )
            )
    return tuple(found)


def outcome_of(result: KpiResult) -> Outcome:
    """Return a stored result as the engine gives it, with its lower bound."""
    bound = result.detail.get("longest_open")
    return Outcome(result.numerator, result.denominator, result.value, {}, bound)


def _side(result: KpiResult, known: Mapping[int, KpiDefinition]) -> Side:
    version = result.definition.version
    used = known.get(version)
    value = outcome_words(outcome_of(result), used.unit) if used else NO_VALUE
    return Side(version, result.rag, value)
