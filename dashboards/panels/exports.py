"""The unrounded numbers of charts and tables, as header and rows of a CSV."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dashboards.behaviour import Behaviour, behaviour
from dashboards.behaviour_facts import signal_words
from dashboards.panels.ageing import ageing_months, buckets
from dashboards.panels.categories import categories_table
from dashboards.panels.funnel import site_funnel
from dashboards.panels.panel import months_due
from dashboards.panels.survival import curve_of
from dashboards.selectors.kpi import KpiView
from oversight.look.times import month_text

Table = tuple[Sequence[str], list[Sequence[object]]]
HEAD = ("scope", "definition", "status", "value", "numerator", "denominator")


def csv_table(view: KpiView, name: str) -> Table:
    """Return header and rows of a chart, or of the countries; KeyError for another name."""
    return TABLES[name](view)


def _months(view: KpiView) -> Table:
    fixed = (view.scope.words, f"{view.definition.slug} {view.definition.version}")
    return ("period", *HEAD, "cut-off"), [
        (month_text(m), *fixed, o.rag, o.value, o.numerator, o.denominator, o.cutoff_date)
        for m, o, _ in months_due(view)
        if o
    ]


def _trend(view: KpiView) -> Table:
    """The months with centre, usual range, moving range and signals, as the trend draws them."""
    header, rows = _months(view)
    told = behaviour(view)
    more = ("centre", "usual from", "usual to", "moving range", "signals")
    months = [month for month, reading, _ in months_due(view) if reading]
    return (*header, *more), [
        (*row, *_control(told, month)) for row, month in zip(rows, months, strict=True)
    ]


def _control(told: Behaviour, month: date) -> tuple[object, ...]:
    place = told.place.get(month)
    if place is None:
        return None, None, None, None, ""
    low, high = told.range_of(month) or (None, None)
    moved = told.chart.ranges[place : place + 1].tolist()[0]
    return float(told.chart.centre[place]), low, high, moved, signal_words(told, month)


def _ageing(view: KpiView) -> Table:
    names = buckets(view)
    return ("period", *names), [
        (month_text(one.month), *((one.buckets or {}).get(n) for n in names))
        for one in ageing_months(view)
    ]


def _survival(view: KpiView) -> Table:
    curve = curve_of(view)
    return ("day", "share not ended", "last seen open"), [
        (day, curve.left_on(day), curve.censored.get(day))
        for day in sorted({*curve.survival, *curve.censored})
    ]


def _sites(view: KpiView) -> Table:
    return ("study", "site", "country", *HEAD[2:]), [
        (s.protocol_number, s.site, s.country, s.status, s.number, s.numerator, s.denominator)
        for s in view.sites
    ]


def _funnel(view: KpiView) -> Table:
    told = site_funnel(view)
    names = ("study", "site", "value", "numerator", "denominator", "score", "flag")
    if told is None:
        return names, []
    return (*names, "centre", "over-dispersion"), [
        (
            *(one.protocol_number, one.site, one.number, one.numerator, one.denominator),
            *(score, flag, told.scale * (told.funnel.centre or 0.0), told.funnel.factor),
        )
        for one, score, flag in zip(told.sites, told.funnel.score.tolist(), told.flags, strict=True)
    ]


def _countries(view: KpiView) -> Table:
    return ("country", *HEAD[2:]), [
        (one.country, one.rag, one.value, one.numerator, one.denominator)
        for _, one in view.countries
    ]


TABLES: Mapping[str, Callable[[KpiView], Table]] = {
    "trend": _trend,
    "counts": _months,
    "ageing": _ageing,
    "survival": _survival,
    "sites": _sites,
    "funnel": _funnel,
    "categories": categories_table,
    "countries": _countries,
}
