"""Template tags of the dashboards, `{% load dashboards %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboards.behaviour import Behaviour
from dashboards.bullet import bullet_svg
from dashboards.fractions import amount_words, shown_value
from dashboards.links import address
from dashboards.periods import month_key, month_name
from dashboards.selectors.runs import Reading
from dashboards.spc_icons import spc_icon
from dashboards.spots import Spot
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from oversight.look.marks import rag_html

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
    query.setdefault("period", context.get("period"))
    asked = context.get("asked")
    query.setdefault("known", asked.known if asked else None)
    return address(name, *args, **query)


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


@register.simple_tag
def status_mark(status: str, note: str = "") -> SafeString:
    """Draw a status; a value without a limit has no colour, and says so."""
    if status == RagStatus.NOT_APPLICABLE:
        return format_html('<span class="tiny dim nowrap">{}</span>', "no limit")
    if not status:
        return format_html('<span class="tiny dim">{}</span>', note)
    return rag_html(status)
