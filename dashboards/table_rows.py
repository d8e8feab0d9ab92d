"""Rows of the tables of KPIs, sites and countries as HTML, for the same reason as `cells`. Pure."""

from django.utils.html import escape
from django.utils.safestring import SafeString

from dashboards.bullet import bullet_svg
from dashboards.cells import Link, arrow, kpi_link, status_mark
from dashboards.selectors.card import CardRow
from dashboards.selectors.matrix import Entry, PlaceRow
from dashboards.selectors.study import StudyKpi
from dashboards.spots import Spot
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from oversight.look.marks import rag_html
from oversight.look.spark import spark_svg


def card_row(row: CardRow, link: Link) -> SafeString:
    """Draw a row of a scorecard: where the KPI is told, and the limits asked for."""
    css = ' class="nowrap"' if row.spot.study_id else ""
    place = f"<td{css}>{escape(row.place)}</td>"
    limits = f'<td class="nowrap">{escape(row.limits or "no limit set")}</td>'
    return _row(row.definition, row.spot, link, second=place, last=limits)


def study_row(kpi: StudyKpi, link: Link) -> SafeString:
    """Draw a row of a study's KPIs: the CRO leads to its scorecard."""
    href = link("cro", kpi.vendor_id).replace("&", "&amp;")
    cro = f'<td><a href="{href}">{escape(kpi.vendor_name)}</a></td>'
    return _row(kpi.definition, kpi.spot, link, second=cro)


def place_row(row: PlaceRow, link: Link, *, study_id: int, of_sites: bool) -> SafeString:
    """Draw a site, which leads to its page and its rows, or a country, which leads to its KPIs."""
    name = escape(row.name)
    if of_sites:
        href = link("site", study_id, number=row.name).replace("&", "&amp;")
        head = f'<a href="{href}">{name}</a></th><td>{escape(row.country or "–")}</td>'
    else:
        head = f"{name}</th>"
    cells = "".join(
        f'<td class="nowrap">{_entry(one, row, link, study_id, of_sites)}</td>'
        for one in row.entries
    )
    return SafeString(f'<tr><th scope="row" class="nowrap">{head}{cells}</tr>\n')


def _row(
    definition: KpiDefinition, spot: Spot, link: Link, *, second: str, last: str = ""
) -> SafeString:
    against = (
        f'<span class="tiny dim">{escape(spot.why)}</span>'
        if spot.why
        else bullet_svg(definition, spot.number)
    )
    return SafeString(
        f'<tr><td>{status_mark(spot.status, spot.note)}</td><th scope="row">'
        f'<a href="{kpi_link(spot, link)}">{escape(definition.name)}</a></th>{second}'
        f'<td class="num strong nowrap">{escape(spot.value or "–")} {arrow(spot)}</td>'
        f'<td class="num">{escape(spot.fraction or spot.note)}</td>'
        f'<td class="num nowrap">{escape(spot.moved.words or "–")}</td><td>{against}</td>{last}'
        f"<td>{spark_svg(spot.series, wide=True)}</td></tr>\n"
    )


def _entry(
    entry: Entry | None, row: PlaceRow, link: Link, study_id: int, of_sites: bool
) -> SafeString:
    if entry is None:
        return SafeString('<span class="dim">–</span>')
    colourless = entry.status == RagStatus.NOT_APPLICABLE
    mark = "" if colourless else f"{rag_html(entry.status, small=True)} "
    scope = {"engagement": entry.engagement_id, "study": study_id}
    where = {"site": row.name} if of_sites else {"country": row.name}
    href = link("rows" if of_sites else "kpi", entry.slug, **scope, **where)
    return SafeString(
        f'{mark}<a class="strong" href="{href.replace("&", "&amp;")}">{escape(entry.value)}</a>'
        f'<br><span class="tiny dim">{escape(entry.fraction)}</span>'
    )
