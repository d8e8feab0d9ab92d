"""Cells of the large tables as HTML: a table has hundreds, and templates take ten times as long.

Pure: spots in, safe text out. `link` writes an address with the period and day of the page.
"""

from collections.abc import Callable
from typing import Any, Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString

from dashboards.spots import Spot
from kpis.engine.terms import RagStatus
from oversight.look.marks import mark_of, rag_html, trend_html
from oversight.look.spark import spark_svg

Link = Callable[..., str]


class Cell(Protocol):
    """A dimension with the spot that decides it, and how many KPIs hold their limits."""

    @property
    def spot(self) -> Spot:
        """The KPI that decides."""

    @property
    def held(self) -> str:
        """2/5: within limits, of those that have limits."""


def heat_cell(cell: Cell, link: Link) -> SafeString:
    """Draw a cell of the heatmap: mark, value, arrow, last months, name, KPIs within limits."""
    spot = cell.spot
    if not spot.delegated:
        return SafeString(f'<td class="cell is-nd"><span>{rag_html("not-delegated")}</span></td>')
    if not spot.status:
        return SafeString(f'<td class="cell is-na"><span>{escape(spot.note)}</span></td>')
    mark = "<span></span>" if spot.status == RagStatus.NOT_APPLICABLE else rag_html(spot.status)
    value = escape(spot.brief) + arrow(spot) if spot.value else "missing"
    below = "no limit"
    if spot.status == RagStatus.MISSING:
        below = str(escape(spot.note.replace("no data", "")))
    elif cell.held:
        below = f'{cell.held}<span class="visually-hidden"> KPIs within limits</span>'
    return SafeString(
        f'<td class="cell is-{mark_of(spot.status).css}"><a href="{kpi_link(spot, link)}" '
        f'title="{escape(_title(spot))}">{mark}<b>{value}</b>{spark_svg(spot.series)}\n'
        f"<small>{escape(spot.name)}</small><small>{below}</small></a></td>"
    )


def dimension_cell(cell: Cell, link: Link) -> SafeString:
    """Draw a cell of the table of studies: mark and value, below the KPI and its fraction."""
    spot = cell.spot
    if not spot.delegated:
        return SafeString('<td class="nowrap"><span class="tiny dim">not delegated</span></td>')
    if not spot.status:
        return SafeString(
            f'<td class="nowrap"><span class="tiny dim">{escape(spot.note)}</span></td>'
        )
    mark = "" if spot.status == RagStatus.NOT_APPLICABLE else f"{rag_html(spot.status)} "
    more = spot.fraction or spot.note
    return SafeString(
        f'<td class="nowrap">{mark}<a class="strong" href="{kpi_link(spot, link)}">'
        f'{escape(spot.brief or "missing")}</a>{arrow(spot)}<br><span class="tiny dim">'
        f"{escape(spot.name)}{', ' + escape(more) if more else ''}</span></td>"
    )


def status_mark(status: str, note: str = "") -> SafeString:
    """Draw a status; a value without a limit has no colour, and says so."""
    if status == RagStatus.NOT_APPLICABLE:
        return SafeString('<span class="tiny dim nowrap">no limit</span>')
    if not status:
        return SafeString(f'<span class="tiny dim">{escape(note)}</span>')
    return rag_html(status)


def kpi_link(spot: Spot, link: Link, **more: Any) -> str:
    """Return the address of the KPI of a spot, for an attribute."""
    scope = {"engagement": spot.engagement_id, "study": spot.study_id}
    return link("kpi", spot.slug, **scope, **more).replace("&", "&amp;")


def arrow(spot: Spot) -> SafeString:
    """Draw where the value went since the month before."""
    return trend_html(spot.moved.direction, worse=spot.moved.worse)


def _title(spot: Spot) -> str:
    words = spot.name
    if spot.fraction:
        words += f": {spot.value}, {spot.fraction}"
    if spot.why:
        return f"{words}: {spot.why}"
    return f"{words}, {spot.note}" if spot.note else words
