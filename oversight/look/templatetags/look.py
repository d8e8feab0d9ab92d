"""Template tags of the look, `{% load look %}`; the work is in the modules of `oversight.look`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.safestring import SafeString

from oversight.look import controls, figures, marks, navigation, spark, tables, times

register = template.Library()

register.filter("figure", figures.figure_text)
register.filter("count", figures.count_text)
register.filter("days", figures.days_text)
register.filter("file_size", figures.size_text)
register.filter("day", times.day_text)
register.filter("month", times.month_text)
register.filter("utc_time", times.utc_text)
register.filter("control_kind", controls.control_kind)
register.filter("option_tags", controls.option_tags)
register.filter("paired", tables.paired)


@register.simple_tag
def rag(status: str, small: bool = False) -> SafeString:
    """Draw a status: `{% rag result.rag %}`."""
    return marks.rag_html(status, small=small)


@register.filter
def status_name(status: str) -> str:
    """Say a status: "Too few to judge"."""
    return marks.mark_of(status).name


@register.filter
def cell_class(status: str) -> str:
    """Name the class of a heatmap cell: "is-r"."""
    return f"is-{marks.mark_of(status).css}"


@register.inclusion_tag("_key.html")
def status_key(*statuses: str) -> dict[str, Any]:
    """Explain marks under a table: `{% status_key "green" "red" %}`; none named means all."""
    chosen = statuses or tuple(marks.MARKS)
    return {"marks": [(status, marks.mark_of(status)) for status in chosen]}


@register.simple_tag
def trend_arrow(direction: str | None, worse: bool | None = None) -> SafeString:
    """Draw a direction: `{% trend_arrow "up" True %}`."""
    return marks.trend_html(direction, worse=worse)


@register.simple_tag(name="spark")
def spark_tag(
    points: Sequence[float | None],
    reference: float | None = None,
    wide: bool = False,
    label: str = "",
) -> SafeString:
    """Draw a sparkline: `{% spark points reference=limit wide=True %}`."""
    return spark.spark_svg(points, reference=reference, wide=wide, label=label)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Render the bare control of a field, with its classes and descriptions."""
    return controls.control_html(field)


@register.inclusion_tag("_main_nav.html", takes_context=True)
def main_nav(context: Context, folded: bool = False) -> dict[str, Any]:
    """Render the menu entries that the person of this request may see.

    `folded` is the same menu for a phone, behind a button; the stylesheet shows one of the two.
    """
    return {"links": _links(context), "folded": folded}


@register.inclusion_tag("_sub_nav.html", takes_context=True)
def sub_nav(context: Context) -> dict[str, Any]:
    """Render the pages of the group that this page is in, where there are several."""
    return {"group": next((one for one in _links(context) if one.current and one.beside), None)}


def _links(context: Context) -> tuple[navigation.NavLink, ...]:
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return ()
    permissions: Iterable[str] = getattr(request, "user_permissions", frozenset())
    return navigation.nav_links(permissions=permissions, path=request.path)
