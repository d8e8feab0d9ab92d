"""How believable a green of the KPI page is: its months handed to the engine. Pure."""

from dataclasses import dataclass
from datetime import date

from dashboards.panels.panel import months_due
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading
from kpis.definitions import catalogue
from kpis.engine.believable.history import History, PastMonth, Restatement, Sign
from kpis.engine.believable.score import POINTS, TITLES, Believability, believability
from kpis.engine.terms import RagStatus


@dataclass(frozen=True)
class SignLine:
    """A sign with its title and the points it takes off."""

    title: str
    points: int
    sign: Sign


@dataclass(frozen=True)
class Believed:
    """What the panel shows: score in words, what was found, asked and not found, not asked."""

    told: Believability
    found: tuple[SignLine, ...]
    clear: tuple[SignLine, ...]
    unasked: tuple[SignLine, ...]


def believed(view: KpiView) -> Believed | None:
    """Return how believable the period's green is; None for another colour."""
    if view.reading is None or view.reading.rag != RagStatus.GREEN:
        return None
    told = believability(history_of(view))
    return Believed(told, _lines(told.signs), _lines(told.clear), _lines(told.unasked))


def history_of(view: KpiView) -> History:
    """Return the months shown as the engine wants them, with those of the balancing partner.

    No meetings are on record yet, and no CRO sends a figure of its own: both stay unasked.
    """
    partner = view.definition.balancing
    return History(
        definition=view.definition,
        months=[_past(view, month, reading) for month, reading, _ in months_due(view)],
        partner=catalogue().get(partner) if partner else None,
        partner_months=[
            PastMonth(month, RagStatus(one.rag), one.value, one.numerator, one.denominator)
            for month in view.months
            if (one := view.partner.get(month)) is not None
        ],
    )


def _past(view: KpiView, month: date, reading: Reading | None) -> PastMonth:
    if reading is None:
        return PastMonth(month, RagStatus.MISSING, None)
    first = view.earlier.get(month)
    return PastMonth(
        period=month,
        rag=RagStatus(reading.rag),
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        figures=reading.detail,
        restatement=None
        if first is None
        else Restatement(
            first_rag=RagStatus(first.rag),
            first_value=first.value,
            first_on=first.computed_at.date(),
            restated_on=reading.computed_at.date(),
        ),
    )


def _lines(signs: tuple[Sign, ...]) -> tuple[SignLine, ...]:
    return tuple(SignLine(TITLES[one.name], POINTS[one.name], one) for one in signs)
