"""The trends of a CRO's worst KPIs beside each other: the panel of its small multiples."""

from dashboards.charts.frame import Figure
from dashboards.charts.multiples import SmallPoint, SmallTrend, multiples_figure
from dashboards.findings import plural
from dashboards.fractions import fraction_words, shown_value
from dashboards.links import address
from dashboards.panels.panel import Panel
from dashboards.selectors.card import CardRow, rows_of
from dashboards.selectors.cro import Scorecard
from dashboards.selectors.runs import Reading
from kpis.engine.terms import RagStatus
from kpis.engine.wording import value_words
from oversight.look.tables import Cell, Column
from oversight.look.times import month_text

MOST = 12
Earlier = dict[tuple[str, int, int | None], dict[object, Reading]]


def trends_chart(page: Scorecard) -> Figure:
    """Draw the trends, the worst first."""
    earlier = _earlier(page)
    return multiples_figure([_trend(page, row, earlier) for row in chosen(page)])


def trends_panel(page: Scorecard) -> Panel:
    """Describe the trends; the table has a line per KPI and a column per month."""
    rows, months = chosen(page), page.shown.months
    return Panel(
        name="trends",
        title=_title(rows),
        subtitle="each to its own scale from 0, in its own unit",
        summary=f"{plural(len(rows), 'KPI')} over {plural(len(months), 'month')}, worst first.",
        columns=(
            Column("KPI"),
            Column("Where"),
            *(Column(month_text(month), numeric=True) for month in months),
        ),
        rows=tuple(
            (
                Cell(row.definition.name, _url(page, row)),
                row.place,
                *(value_words(value, row.definition.unit) for value in row.spot.series),
            )
            for row in rows
        ),
        note="■ past red, ◆ past amber, ○ first figure, later restated; dash-dot: the amber limit.",
    )


def trends_table(page: Scorecard) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return header and rows, unrounded."""
    header = ["KPI", "definition", "where", *(month_text(month) for month in page.shown.months)]
    return header, [
        (
            row.definition.name,
            f"{row.spot.slug} {row.definition.version}",
            row.place,
            *row.spot.series,
        )
        for row in chosen(page)
    ]


def chosen(page: Scorecard) -> list[CardRow]:
    """Return the worst KPIs that have a value in some month."""
    rows = [row for row in rows_of(page.cards) if any(one is not None for one in row.spot.series)]
    return rows[:MOST]


def _trend(page: Scorecard, row: CardRow, earlier: Earlier) -> SmallTrend:
    definition, scope = row.definition, (row.spot.slug, row.spot.engagement_id, row.spot.study_id)
    by_month, first = page.shown.by_scope.get(scope, {}), earlier.get(scope, {})
    limits = definition.limits
    amber = () if limits is None else limits.amber
    return SmallTrend(
        name=f"{definition.short_name}, {row.place}"
        if row.spot.study_id
        else definition.short_name,
        now=row.spot.value or "–",
        limits=amber if isinstance(amber, tuple) else (amber,),
        points=[
            SmallPoint(
                month=month,
                value=one.value if (one := by_month.get(month)) else None,
                status=one.rag if one else "",
                words=_words(row, one) if one else "",
                first=first[month].value if month in first else None,
                url=_url(page, row),
            )
            for month in page.shown.months
        ],
    )


def _words(row: CardRow, one: Reading) -> str:
    return (
        f"{row.definition.name}, {month_text(one.period)}: "
        f"{shown_value(row.definition, one.value, one.longest_open)}"
        f"<br>{fraction_words(row.definition, one.numerator, one.denominator)}"
        f"<br>definition version {one.version}"
    )


def _earlier(page: Scorecard) -> Earlier:
    found: Earlier = {}
    for one in page.shown.earlier:
        found.setdefault((one.slug, one.engagement_id, one.study_id), {})[one.period] = one
    return found


def _url(page: Scorecard, row: CardRow) -> str:
    return address(
        "kpi",
        row.spot.slug,
        engagement=row.spot.engagement_id,
        study=row.spot.study_id,
        period=page.shown.period,
        known=page.shown.asked.known,
    )


def _title(rows: list[CardRow]) -> str:
    """Say how many of the trends are getting worse."""
    worse = [row for row in rows if row.spot.moved.worse]
    if not rows:
        return "No KPI has a value yet"
    if not worse:
        return f"None of {plural(len(rows), 'KPI')} got worse since the month before"
    red = sum(row.spot.status == RagStatus.RED for row in worse)
    words = f"{len(worse)} of {plural(len(rows), 'KPI')} got worse since the month before"
    return f"{words}, {red} of them red" if red else words
