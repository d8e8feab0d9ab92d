"""Numerator and denominator month by month: the panel of rates and shares."""

from dashboards.charts.counts import CountMonth, counts_figure
from dashboards.charts.frame import Figure
from dashboards.findings import plural
from dashboards.fractions import amount_words, fraction_words
from dashboards.panels.panel import Panel, capital, months_due
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading
from oversight.look.tables import Column
from oversight.look.times import month_text

COUNT_MONTHS = 12
NAME_LENGTH = 64  # characters that fit beside an axis of half a page


def counts_chart(view: KpiView) -> Figure:
    """Draw what the values of the last months are made of."""
    return counts_figure(
        [
            CountMonth(
                month,
                reading.numerator if reading else None,
                reading.denominator if reading else None,
                _words(view, reading),
            )
            for month, reading, _ in months_due(view)[-COUNT_MONTHS:]
        ],
        numerator_words=_short(view.definition.numerator_words),
        denominator_words=_short(view.definition.denominator_words),
    )


def counts_panel(view: KpiView) -> Panel:
    """Describe the counts."""
    months = months_due(view)[-COUNT_MONTHS:]
    return Panel(
        name="counts",
        title=_title(view),
        summary=f"Numerator and denominator of {plural(len(months), 'month')}.",
        columns=(
            Column("Period"),
            Column(capital(view.definition.numerator_words), numeric=True),
            Column(capital(view.definition.denominator_words), numeric=True),
        ),
        rows=tuple(
            (
                month_text(month),
                amount_words(reading.numerator) if reading else "–",
                amount_words(reading.denominator) if reading else "–",
            )
            for month, reading, _ in months
        ),
        note="Each to its own scale.",
    )


def _title(view: KpiView) -> str:
    """Say whether the numerator or the denominator moved."""
    now = view.reading
    months = months_due(view)
    before = months[-2][1] if len(months) > 1 else None
    if now is None or before is None:
        return "What the value is made of"
    top = _moved(now.numerator, before.numerator)
    bottom = _moved(now.denominator, before.denominator)
    return f"Numerator {top}, denominator {bottom} since {month_text(before.period)}"


def _moved(now: float | None, before: float | None) -> str:
    if now is None or before is None or now == before:
        return "unchanged"
    change = amount_words(abs(now - before))
    return f"{'+' if now > before else '−'}{change}"


def _short(words: str) -> str:
    """Cut at a comma, then at a length, so that the name stays on one line."""
    text = capital(words.split(",")[0])
    return text if len(text) <= NAME_LENGTH else f"{text[: NAME_LENGTH - 1].rstrip()}…"


def _words(view: KpiView, reading: Reading | None) -> str:
    if reading is None:
        return ""
    fraction = fraction_words(view.definition, reading.numerator, reading.denominator)
    return f"{month_text(reading.period)}: {fraction}"
