"""From a KPI in its scope to its charts: figure, title that says the message, and data table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.charts.ageing import AgeingMonth, ageing_figure, bucket_words
from dashboards.charts.frame import Figure
from dashboards.charts.sites import SITES_SHOWN, SiteBar, sites_figure
from dashboards.charts.trend import TrendPoint, trend_figure
from dashboards.findings import plural
from dashboards.links import address
from dashboards.periods import last_day
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading
from dashboards.selectors.sites import SiteReading
from dashboards.spots import fraction_words
from kpis.engine.ageing import bucket_names
from kpis.engine.terms import RagStatus
from kpis.engine.wording import limit_words, number_words, value_words
from oversight.look.marks import mark_of
from oversight.look.tables import Cell, Column
from oversight.look.times import day_text, month_text

AGEING_MONTHS = 12


@dataclass(frozen=True)
class Panel:
    """What `_chart.html` wants of one chart. `name` is its part of the address."""

    name: str
    title: str
    summary: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    subtitle: str = ""
    note: str = ""


def page_address(view: KpiView, name: str, *args: Any, **query: Any) -> str:
    """Return an address in the scope, period and day of the view."""
    asked: dict[str, Any] = {"period": view.period, "known": view.asked.known}
    return address(name, *args, **(view.scope.query | asked | query))


def months_due(view: KpiView) -> list[tuple[date, Reading | None, bool]]:
    """Return each month from the first with a result: its result, and whether one is missing."""
    first = min((m for m in view.months if m in view.by_month), default=view.period)
    return [
        (
            month,
            view.by_month.get(month),
            month not in view.by_month
            and month in view.due_months
            and last_day(month) < view.asked.day,
        )
        for month in view.months
        if month >= first
    ]


def trend_chart(view: KpiView) -> Figure:
    """Draw the value of each month."""
    return trend_figure(
        view.definition,
        [
            TrendPoint(
                month=month,
                value=reading.value if reading else None,
                status=reading.rag if reading else "",
                words=_point_words(view, reading) if reading else "",
                url=page_address(view, "kpi", view.definition.slug, period=month),
                missing=missing,
                first_value=view.earlier[month].value if month in view.earlier else None,
            )
            for month, reading, missing in months_due(view)
        ],
    )


def trend_panel(view: KpiView) -> Panel:
    """Describe the trend."""
    months = months_due(view)
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
            Column(_capital(view.definition.numerator_words), numeric=True),
            Column(_capital(view.definition.denominator_words), numeric=True),
        ),
        rows=tuple(
            (
                month_text(month),
                mark_of(reading.rag if reading else "missing" if missing else "unavailable").name,
                value_words(reading.value, view.definition.unit) if reading else "–",
                number_words(reading.numerator) if reading else "–",
                number_words(reading.denominator) if reading else "–",
            )
            for month, reading, missing in months
        ),
        note="Limits in colour are what is asked for; the limit itself still has the better "
        "colour. ■ past red, ◆ past amber, ○ first figure, later restated, ∅ due and not there.",
    )


def ageing_chart(view: KpiView) -> Figure:
    """Draw open cases by age for the last months."""
    return ageing_figure(_buckets(view), _ageing_months(view))


def ageing_panel(view: KpiView) -> Panel:
    """Describe the ageing chart."""
    names, months = _buckets(view), _ageing_months(view)
    oldest = bucket_words(names[-1])
    now = months[-1].buckets
    title = (
        f"{plural(now[names[-1]], 'query has', 'queries have')} been open {oldest}"
        if now
        else "Open queries by age"
    )
    return Panel(
        name="ageing",
        title=title.replace(" d", " days"),
        summary=f"Open queries by age at each cut-off, {plural(len(months), 'month')}.",
        columns=(
            Column("Period"),
            *(Column(bucket_words(name), numeric=True) for name in names),
            Column("Open", numeric=True),
        ),
        rows=tuple(
            (
                month_text(one.month),
                *(number_words(one.buckets.get(name)) if one.buckets else "–" for name in names),
                number_words(sum(one.buckets.values())) if one.buckets else "–",
            )
            for one in months
        ),
        note=f"At each cut-off, by age. Above a bar: share older than {_age(view)} days.",
    )


def sites_chart(view: KpiView) -> Figure:
    """Draw the sites that hold most of the numerator."""
    return sites_figure(
        [
            SiteBar(
                site=_site_name(view, one),
                numerator=one.numerator or 0,
                denominator=one.denominator or 0,
                label=f"{one.value}, {one.fraction}",
                words=f"{one.site}: {one.fraction}, {one.value}",
                url=page_address(
                    view, "rows", view.definition.slug, site=one.site, study=one.study_id
                ),
            )
            for one in _heaviest(view)
        ],
        numerator_words=view.definition.numerator_words,
    )


def sites_panel(view: KpiView) -> Panel:
    """Describe the sites chart; its table holds every site."""
    return Panel(
        name="sites",
        title=sites_title(view),
        summary=f"The {plural(min(len(view.sites), SITES_SHOWN), 'site')} with most "
        f"{view.definition.numerator_words}, of {len(view.sites)}.",
        columns=(
            Column("Site"),
            Column("Country"),
            Column("Status"),
            Column("Value", numeric=True),
            Column("Numerator", numeric=True),
            Column("Denominator", numeric=True),
        ),
        rows=tuple(
            (
                Cell(one.site, site_address(view, one.study_id, one.site)),
                one.country or "–",
                mark_of(one.status).name,
                one.value,
                number_words(one.numerator),
                number_words(one.denominator),
            )
            for one in view.sites
        ),
        note=f"First part of a bar: {view.definition.numerator_words}; the rest: all others.",
    )


def sites_title(view: KpiView) -> str:
    """Say how few sites hold half of the numerator."""
    total = sum(one.numerator or 0 for one in view.sites)
    if not total:
        return f"No site has {view.definition.numerator_words}"
    reached, count = 0.0, 0
    for one in _heaviest(view):
        reached, count = reached + (one.numerator or 0), count + 1
        if reached >= total / 2:
            break
    verb = "holds" if count == 1 else "hold"
    return (
        f"{count} of {plural(len(view.sites), 'site')} {verb} {number_words(reached)} "
        f"of the {number_words(total)}"
    )


def site_address(view: KpiView, study_id: int, site: str) -> str:
    """Return the address of a site's page."""
    return address("site", study_id, number=site, period=view.period, known=view.asked.known)


CHARTS: Mapping[str, tuple[Callable[[KpiView], Figure], Callable[[KpiView], Panel]]] = {
    "trend": (trend_chart, trend_panel),
    "ageing": (ageing_chart, ageing_panel),
    "sites": (sites_chart, sites_panel),
}


def chart_of(view: KpiView, name: str) -> dict[str, Any]:
    """Return what a page includes: the panel and the addresses of figure and CSV."""
    args = (view.definition.slug, name)
    return {
        "panel": CHARTS[name][1](view),
        "src": page_address(view, "kpi-chart", *args),
        "csv": page_address(view, "kpi-csv", *args),
    }


def csv_table(view: KpiView, name: str) -> tuple[Sequence[str], list[Sequence[object]]]:
    """Return the unrounded numbers of a chart, or of the countries, as header and rows."""
    head = ("scope", "definition", "status", "value", "numerator", "denominator")
    if name == "trend":
        months = [
            (month_text(m), one.rag, one.value, one.numerator, one.denominator, one.cutoff_date)
            for m, one, _ in months_due(view)
            if one
        ]
        fixed = (view.scope.words, f"{view.definition.slug} {view.definition.version}")
        return ("period", *head, "cut-off"), [(m[0], *fixed, *m[1:]) for m in months]
    if name == "ageing":
        names = _buckets(view)
        return ("period", *names), [
            (month_text(one.month), *((one.buckets or {}).get(n) for n in names))
            for one in _ageing_months(view)
        ]
    if name == "sites":
        return ("study", "site", "country", *head[2:]), [
            (s.protocol_number, s.site, s.country, s.status, s.number, s.numerator, s.denominator)
            for s in view.sites
        ]
    return ("country", *head[2:]), [
        (one.country, one.rag, one.value, one.numerator, one.denominator)
        for _, one in view.countries
    ]


def _ageing_months(view: KpiView) -> list[AgeingMonth]:
    return [
        AgeingMonth(
            month,
            reading.detail.get("buckets") if reading else None,
            f"{reading.value:.0f} %" if reading and reading.value is not None else "",
        )
        for month, reading, _ in months_due(view)[-AGEING_MONTHS:]
    ]


def _site_name(view: KpiView, one: SiteReading) -> str:
    """Two studies may number their sites alike: with several, the study stands beside."""
    return f"{one.site}, {one.protocol_number}" if len(view.sources) > 1 else one.site


def _heaviest(view: KpiView) -> list[SiteReading]:
    return sorted(view.sites, key=lambda one: (-(one.numerator or 0), -(one.denominator or 0)))


def _buckets(view: KpiView) -> tuple[str, ...]:
    edges: Any = view.definition.parameters["buckets"]
    return bucket_names(tuple(edges))


def _age(view: KpiView) -> object:
    return view.definition.parameters["older_than"]


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
    amber = limits.amber if not isinstance(limits.amber, tuple) else limits.amber[1]
    words = limit_words(amber, view.definition.unit)
    if run == 1:
        return f"Past the amber limit of {words} in {month_text(view.period)}"
    return f"Past the amber limit of {words} for {plural(run, 'month')}"


def _point_words(view: KpiView, reading: Reading) -> str:
    return (
        f"{month_text(reading.period)}: {value_words(reading.value, view.definition.unit)}"
        f"<br>{fraction_words(reading.numerator, reading.denominator)}"
        f"<br>cut-off {day_text(reading.cutoff_date)}"
        f"<br>definition version {reading.version}"
        + (f"<br>submission S-{reading.submission_id}" if reading.submission_id else "")
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
