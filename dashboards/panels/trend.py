"""The value of each month against its limits: the panel that every KPI has."""

from datetime import date
from itertools import pairwise

from dashboards.behaviour import behaviour
from dashboards.behaviour_facts import chart_words, range_words, signal_words
from dashboards.charts.frame import Figure
from dashboards.charts.trend import TrendPoint, trend_figure
from dashboards.findings import plural
from dashboards.fractions import amount_words, fraction_words, shown_value
from dashboards.panels.control import with_range
from dashboards.panels.panel import Panel, capital, months_due, page_address
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading
from kpis.engine.terms import RagStatus
from kpis.engine.wording import limit_words, value_words
from oversight.look.marks import mark_of
from oversight.look.tables import Column
from oversight.look.times import day_text, month_text

LIMITS_NOTE = (
    "Limits in colour are what is asked for; the limit itself still has the better colour. "
    "■ past red, ◆ past amber, △ more than this, ○ first figure, later restated, "
    "∅ due and not there."
)


def trend_chart(view: KpiView) -> Figure:
    """Draw the value of each month."""
    figure = trend_figure(
        view.definition,
        [
            TrendPoint(
                month=month,
                value=reading.value if reading else None,
                status=reading.rag if reading else "",
                words=_point_words(view, reading) if reading else "",
                url=page_address(view, "kpi", view.definition.slug, period=month),
                missing=missing,
                bound=reading.longest_open if reading and reading.value is None else None,
                first_value=view.earlier[month].value if month in view.earlier else None,
            )
            for month, reading, missing in months_due(view)
        ],
        events_of(view),
    )
    return with_range(view, figure)


def events_of(view: KpiView) -> list[tuple[date, str]]:
    """Return what changed in how months are judged: the definition's version, the limits."""
    there = [(month, reading) for month, reading, _ in months_due(view) if reading]
    found = []
    for (_, was), (month, now) in pairwise(there):
        if was.version != now.version:
            found.append((month, f"version {now.version}"))
        elif was.limits != now.limits:
            found.append((month, "limits agreed" if now.limits else "limits of the catalogue"))
    return found


def trend_panel(view: KpiView) -> Panel:
    """Describe the trend."""
    months, told = months_due(view), behaviour(view)
    there = [(month, reading) for month, reading, _ in months if reading]
    missing = sum(absent for *_, absent in months)
    return Panel(
        name="trend",
        title=_trend_title(view),
        summary=f"{view.definition.name} of {plural(len(there), 'month')}"
        + "".join(
            f", {month_text(month)} {value_words(reading.value, view.definition.unit)}"
            for month, reading in (there[:1] + there[-1:] if len(there) > 1 else there)
        )
        + (f"; {plural(missing, 'month')} missing." if missing else "."),
        columns=(
            Column("Period"),
            Column("Status"),
            Column("Value", numeric=True),
            Column(capital(view.definition.numerator_words), numeric=True),
            Column(capital(view.definition.denominator_words), numeric=True),
            *((Column("First figure", numeric=True),) if view.earlier else ()),
            Column("Usual range", numeric=True),
            Column("Signal"),
        ),
        rows=tuple(
            (
                month_text(month),
                mark_of(reading.rag if reading else "missing" if missing else "unavailable").name,
                shown_value(view.definition, reading.value, reading.longest_open)
                if reading
                else "–",
                amount_words(reading.numerator) if reading else "–",
                amount_words(reading.denominator) if reading else "–",
                *((_first(view, month),) if view.earlier else ()),
                range_words(view, told, month),
                signal_words(told, month),
            )
            for month, reading, missing in months
        ),
        note=(LIMITS_NOTE if view.definition.limits else "No limit is set. ∅ due and not there.")
        + f" {chart_words(told)}",
    )


def _first(view: KpiView, month: date) -> str:
    first = view.earlier.get(month)
    return _shown(view, first) if first else "–"


def _shown(view: KpiView, reading: Reading) -> str:
    return shown_value(view.definition, reading.value, reading.longest_open)


def _trend_title(view: KpiView) -> str:
    """Say how long the value has been past a limit."""
    months = months_due(view)
    run = 0
    for _, reading, _ in reversed(months):
        if reading is None or reading.rag not in (RagStatus.RED, RagStatus.AMBER):
            break
        run += 1
    limits = view.definition.limits
    if limits is None or view.reading is None:
        return f"{view.definition.name}, month by month"
    if not run:
        return f"{view.definition.name} is not past a limit in {month_text(view.period)}"
    if isinstance(limits.amber, tuple):
        words = " to ".join(limit_words(one, view.definition.unit) for one in limits.amber)
    else:
        words = limit_words(limits.amber, view.definition.unit)
    if run == 1:
        return f"Past the amber limit of {words} in {month_text(view.period)}"
    return f"Past the amber limit of {words} for {plural(run, 'month')}"


def _point_words(view: KpiView, reading: Reading) -> str:
    return (
        f"{month_text(reading.period)}: {_shown(view, reading)}"
        f"<br>{fraction_words(view.definition, reading.numerator, reading.denominator)}"
        f"<br>cut-off {day_text(reading.cutoff_date)}"
        f"<br>definition version {reading.version}"
        + (f"<br>submission S-{reading.submission_id}" if reading.submission_id else "")
    )
