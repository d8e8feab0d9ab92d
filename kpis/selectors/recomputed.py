"""What came out otherwise in a recomputation: for its page, and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from kpis.definitions import catalogue
from kpis.models import Recomputation, RecomputedDifference
from vendors.register.cells import Cell

SHOWN = 100
HEAD = (
    "CRO",
    "Engagement",
    "Study",
    "Month",
    "KPI",
    "Country",
    "Site",
    "What",
    "Stored",
    "Computed",
    "Remark",
)
FIGURES = {
    "numerator": "numerator",
    "denominator": "denominator",
    "value": "value",
    "rag": "colour",
    "result": "result",
    "table": "results by site",
}


@dataclass(frozen=True)
class DifferenceLine:
    """One figure that differs, in words; `address` is the KPI's page for that month."""

    engagement: str
    study: str
    period: date
    kpi: str
    unit: str
    what: str
    stored: str
    computed: str
    sentence: str
    address: str


def difference_lines(recomputation: Recomputation) -> tuple[DifferenceLine, ...]:
    """Return the first SHOWN, by study and month; one statement."""
    return tuple(map(_line, _rows(recomputation)[:SHOWN]))


def file_rows(recomputation: Recomputation) -> Iterator[list[Cell]]:
    """Yield all that is kept in the order of HEAD; one statement."""
    for row in _rows(recomputation):
        line = _line(row)
        yield [
            str(row.engagement.vendor),
            line.engagement,
            line.study,
            row.period_start,
            line.kpi,
            row.country,
            row.site,
            line.what,
            line.stored,
            line.computed,
            line.sentence,
        ]


def _rows(recomputation: Recomputation) -> Any:
    rows = RecomputedDifference.objects.filter(part__recomputation=recomputation)
    return rows.select_related("engagement__vendor", "study").order_by(
        "study__protocol_number", "engagement__name", "period_start", "pk"
    )


def _line(row: RecomputedDifference) -> DifferenceLine:
    definition = catalogue().get(row.slug)
    return DifferenceLine(
        engagement=str(row.engagement),
        study=str(row.study or "all studies"),
        period=row.period_start,
        kpi=definition.name if definition else row.slug,
        unit=", ".join(filter(None, (row.site, row.country))),
        what=FIGURES.get(row.what, row.what.replace("_", " ")),
        stored=_text(row.stored),
        computed=_text(row.computed),
        sentence=row.sentence,
        address=_address(row) if definition else "",
    )


def _text(figure: Any) -> str:
    if figure is None:
        return "nothing"
    return repr(figure) if isinstance(figure, float) else str(figure)


def _address(row: RecomputedDifference) -> str:
    asked: dict[str, str | int] = {
        "engagement": row.engagement_id,
        "period": f"{row.period_start:%Y-%m}",
    }
    if row.study_id is not None:
        asked["study"] = row.study_id
    return f"{reverse('dashboards:kpi', kwargs={'slug': row.slug})}?{urlencode(asked)}"
