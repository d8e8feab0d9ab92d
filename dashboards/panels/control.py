"""The usual range of a KPI under its trend."""

from collections.abc import Iterator

from dashboards.behaviour import Behaviour, behaviour
from dashboards.charts.control import ControlMonth, ControlNames, with_control
from dashboards.charts.frame import Figure
from dashboards.panels.panel import months_due
from dashboards.selectors.kpi import KpiView
from kpis.engine.statistics.control import ChartKind
from kpis.engine.wording import NBSP, value_words


def with_range(view: KpiView, figure: Figure) -> Figure:
    """Return the trend with its usual range; unchanged without a month that can be judged."""
    told = behaviour(view)
    if not told.months:
        return figure
    return with_control(figure, list(_months(view, told)), _names(view, told))


def _months(view: KpiView, told: Behaviour) -> Iterator[ControlMonth]:
    """Yield each month; one without a point keeps the lines of the point before."""
    place = None
    for month, _, _ in months_due(view):
        own = told.place.get(month)
        place = place if own is None else own
        if place is None:
            yield ControlMonth(month, None, None)
            continue
        lower, upper = told.range_of(told.months[place]) or (None, None)
        yield ControlMonth(
            month=month,
            value=None if own is None else float(told.chart.values[own]),
            centre=float(told.chart.centre[place]),
            lower=lower,
            upper=upper,
            ring=bool(told.signals_of(month)),
        )


def _names(view: KpiView, told: Behaviour) -> ControlNames:
    def named(word: str, height: float) -> str:
        return f"{word} {value_words(height, view.definition.unit).split(f'{NBSP}per{NBSP}')[0]}"

    phase, spread = told.chart.last, told.range_of(told.months[-1])
    word = "median" if phase is None or phase.kind is ChartKind.RUN else "mean"
    centre = named(word, float(told.chart.centre[-1]))
    if spread is None:
        return ControlNames(centre)
    return ControlNames(centre, named("usual from", spread[0]), named("usual to", spread[1]))
