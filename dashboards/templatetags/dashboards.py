"""Template tags of the dashboards, `{% load dashboards %}`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboards.behaviour import Behaviour
from dashboards.bullet import bullet_svg
from dashboards.cells import Link, dimension_cell, heat_cell, status_mark
from dashboards.fractions import amount_words, shown_value
from dashboards.links import address
from dashboards.periods import month_key, month_name
from dashboards.selectors.card import CardRow
from dashboards.selectors.dimensions import DimensionCell
from dashboards.selectors.matrix import PlaceRow
from dashboards.selectors.runs import Reading
from dashboards.selectors.study import StudyKpi
from dashboards.spc_icons import spc_icon
from dashboards.spots import Spot
from dashboards.table_rows import card_row, place_row, study_row
from kpis.engine.definition import KpiDefinition

register = template.Library()
register.filter("month_name", month_name)
register.filter("month_key", month_key)
register.filter("amount", amount_words)


@register.filter
def reading_value(reading: Reading, definition: KpiDefinition) -> str:
    """Write the value of a result, or the bound that is known of it."""
    return shown_value(definition, reading.value, reading.longest_open)


@register.simple_tag(takes_context=True)
def to(context: Context, name: str, *args: Any, **query: Any) -> str:
    """Address a page with the period and day of this one: `{% to "cro" row.vendor_id %}`."""
    return link_of(context)(name, *args, **query)


def link_of(context: Context) -> Link:
    """Return what writes addresses with the period and day of the page."""
    asked = context.get("asked")
    period, known = context.get("period"), asked.known if asked else None

    def link(name: str, *args: Any, **query: Any) -> str:
        query.setdefault("period", period)
        query.setdefault("known", known)
        return address(name, *args, **query)

    return link


@register.simple_tag
def period_options(periods: Sequence[date], period: date) -> SafeString:
    """Offer the months to choose from, the one shown among them."""
    months = periods if period in periods else (period, *periods)
    return SafeString(
        "".join(
            f'<option value="{month_key(month)}"{" selected" if month == period else ""}>'
            f"{month_name(month)}</option>"
            for month in months
        )
    )


@register.simple_tag
def dots(tiles: Sequence[str]) -> SafeString:
    """Draw a dot for each file, by where it stands."""
    drawn = "".join(f'<i class="{tile}"></i>' if tile else "<i></i>" for tile in tiles)
    return SafeString(f'<span class="dots" aria-hidden="true">{drawn}</span>')


@register.simple_tag(takes_context=True)
def heat_cells(context: Context, cells: Sequence[DimensionCell]) -> SafeString:
    """Draw the cells of one line of the heatmap."""
    link = link_of(context)
    return SafeString("".join(heat_cell(one, link) for one in cells))


@register.simple_tag(takes_context=True)
def dimension_cells(context: Context, cells: Sequence[DimensionCell]) -> SafeString:
    """Draw the cells of one line of the table of studies."""
    link = link_of(context)
    return SafeString("".join(dimension_cell(one, link) for one in cells))


@register.simple_tag(takes_context=True)
def card_rows(context: Context, rows: Sequence[CardRow]) -> SafeString:
    """Draw the lines of a scorecard."""
    link = link_of(context)
    return SafeString("".join(card_row(one, link) for one in rows))


@register.simple_tag(takes_context=True)
def study_kpis(context: Context, kpis: Sequence[StudyKpi]) -> SafeString:
    """Draw the lines of a study's KPIs."""
    link = link_of(context)
    return SafeString("".join(study_row(one, link) for one in kpis))


@register.simple_tag(takes_context=True)
def places(context: Context, rows: Sequence[PlaceRow], study_id: int, of_sites: bool) -> SafeString:
    """Draw the lines of a study's sites or countries."""
    link = link_of(context)
    drawn = (place_row(one, link, study_id=study_id, of_sites=of_sites) for one in rows)
    return SafeString("".join(drawn))


@register.simple_tag
def bullet(definition: KpiDefinition, value: float | None) -> SafeString:
    """Draw a value against its limits."""
    return bullet_svg(definition, value)


@register.simple_tag
def spc_mark(behaviour: Behaviour) -> SafeString:
    """Draw both marks of a KPI: is it changing, and will it keep its limit."""
    names = (f"variation-{behaviour.variation}", f"assurance-{behaviour.assurance}")
    return format_html("{}{}", *(spc_icon(name) for name in names))


@register.simple_tag(name="spc_icon")
def spc_icon_tag(name: str) -> SafeString:
    """Draw the mark of a variation or assurance."""
    return spc_icon(name)


@register.simple_tag
def spot_mark(spot: Spot) -> SafeString:
    """Draw the status of a spot; in words where it is awaited or has no limit."""
    return status_mark(spot.status, spot.note)


register.simple_tag(status_mark, name="status_mark")
