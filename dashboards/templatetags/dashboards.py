"""Template tags of the dashboards, `{% load dashboards %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from dashboards.bullet import bullet_svg
from dashboards.links import address
from dashboards.periods import month_key, month_name
from kpis.engine.definition import KpiDefinition

register = template.Library()
register.filter("month_name", month_name)
register.filter("month_key", month_key)


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
