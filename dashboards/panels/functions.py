"""The figures of the function page: titles that say the message, tables, figures."""

from dashboards.charts.frame import Figure
from dashboards.charts.requisitions import STEPS, Positions, requisitions_figure
from dashboards.charts.survivals import CURVES_SHOWN, NamedCurve, curves_figure
from dashboards.durations import DurationWords, duration_words
from dashboards.findings import plural
from dashboards.links import address
from dashboards.panels.panel import Panel
from dashboards.panels.survival import curve_of_detail
from dashboards.selectors.functions.page import FunctionPage
from kpis.engine.wording import number_words, value_words
from oversight.look.tables import Cell, Column


def positions_of(page: FunctionPage) -> list[Positions]:
    """Return the units with positions, in the order of the columns."""
    return [
        Positions(
            name=column.name,
            start=found.start,
            approved=found.approved,
            filled=found.filled,
            cancelled=found.cancelled,
            end=found.end,
            url=kpi_address(page, "time-to-fill", column.engagement_id),
        )
        for column in page.columns
        if (found := page.requisitions.get(column.engagement_id))
    ]


def requisitions_chart(page: FunctionPage) -> Figure:
    """Draw the waterfall of each unit."""
    return requisitions_figure(positions_of(page))


def requisitions_panel(page: FunctionPage) -> Panel:
    """Describe the waterfalls; the table has the age of the longest open one besides."""
    found = positions_of(page)
    still = sum(one.end for one in found)
    change = still - sum(one.start for one in found)
    title = f"{plural(still, 'position is', 'positions are')} open"
    title += f", {abs(change)} {'more' if change > 0 else 'fewer'} than at the start of the month"
    by_name = {column.name: column.engagement_id for column in page.columns}
    return Panel(
        name="requisitions",
        title=title if change else f"{plural(still, 'position is', 'positions are')} open",
        summary=f"Positions of {plural(len(found), 'engagement')}: open at the start of the month, "
        "approved, filled, cancelled, open at the data cut-off.",
        columns=(
            Column("CRO"),
            *(Column(step, numeric=True) for step in STEPS),
            Column("Longest open, days", numeric=True),
        ),
        rows=tuple(
            (
                Cell(one.name, one.url),
                *(str(n) for n in (one.start, one.approved, one.filled, one.cancelled, one.end)),
                number_words(page.requisitions[by_name[one.name]].oldest),
            )
            for one in found
        ),
        note="All positions of each engagement, of all its functions. Open at start + approved − "
        "filled − cancelled = open at end.",
    )


def curves_of(page: FunctionPage, slug: str) -> list[NamedCurve]:
    """Return the curves of a KPI, those with most cases first."""
    found = [
        NamedCurve(
            name=column.name,
            curve=curve_of_detail(reading.value, reading.detail),
            cases=int(reading.denominator or 0),
            url=kpi_address(page, slug, column.engagement_id),
        )
        for column in page.columns
        if (reading := page.curves[slug].get(column.engagement_id))
    ]
    return sorted(found, key=lambda one: (-one.cases, one.name))


def curves_chart(page: FunctionPage, slug: str) -> Figure:
    """Draw the curves of a KPI."""
    words = duration_words(page.definitions[slug])
    return curves_figure(curves_of(page, slug), ended=_ended(slug, words), step=words.step)


def curves_panel(page: FunctionPage, slug: str) -> Panel:
    """Describe the curves; the table has a row per unit."""
    definition = page.definitions[slug]
    words, found = duration_words(definition), curves_of(page, slug)
    ended = _ended(slug, words)
    drawn = min(len(found), CURVES_SHOWN)
    return Panel(
        name=slug,
        title=_title(found, ended, words),
        subtitle=definition.name,
        summary=f"Share not {ended} by {words.step}, {plural(drawn, 'curve')}.",
        columns=(
            Column("CRO"),
            Column(words.name.capitalize(), numeric=True),
            Column("Cases", numeric=True),
            Column("Still open or withdrawn", numeric=True),
            Column("Longest seen", numeric=True),
        ),
        rows=tuple(
            (
                Cell(one.name, one.url),
                "not reached"
                if one.curve.median is None
                else value_words(one.curve.median, definition.unit),
                number_words(one.cases),
                number_words(sum(one.curve.censored.values())),
                value_words(one.curve.longest, definition.unit),
            )
            for one in found
        ),
        note="Kaplan-Meier: the share not "
        f"{ended} after so many {words.step}s; a tick is a case seen open for so long, and no "
        "longer. All cases of each engagement, of all its functions."
        + (f" The {CURVES_SHOWN} with most cases are drawn." if len(found) > drawn else ""),
    )


def kpi_address(page: FunctionPage, slug: str, engagement_id: int) -> str:
    """Return the address of a KPI of an engagement, in the period and day of the page."""
    return address(
        "kpi",
        slug,
        engagement=engagement_id,
        period=page.span.period,
        known=page.span.asked.known,
    )


def _ended(slug: str, words: DurationWords) -> str:
    return "working alone" if slug == "time-to-productivity" else words.ended


def _title(found: list[NamedCurve], ended: str, words: DurationWords) -> str:
    late = [one.name for one in found if one.curve.median is None]
    if late:
        where = late[0] if len(late) == 1 else f"{len(late)} CROs"
        return f"At {where} fewer than {words.part} are {ended} so far"
    slowest = max(found, key=lambda one: one.curve.median or 0)
    return (
        f"Slowest at {slowest.name}: {words.part} are {ended} by {words.step} "
        f"{slowest.curve.median:.0f}"
    )
