"""`{% load studies %}`: what is known here about a record of a lower floor.

The page of a CRO stands below this floor and may not import it; its template asks for the panel.
"""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from studies.coverage.flags import Flag
from studies.selectors.coverage import (
    Marks,
    findings,
    findings_of_engagement,
    findings_of_vendor,
    lines,
)
from studies.selectors.engagements import engagements_of_vendor

register = template.Library()


@register.inclusion_tag("studies/_engagements.html", takes_context=True)
def engagements_of(context: Context, vendor_id: int) -> dict[str, Any]:
    """Draw the engagements of a CRO that the reader sees: `{% engagements_of vendor.pk %}`."""
    return {
        "engagements": engagements_of_vendor(
            user=context["request"].user, vendor_id=vendor_id, today=timezone.localdate()
        ),
        "vendor_id": vendor_id,
        "may_edit": context.get("may_edit", False),
    }


SHOWN = 6


@register.inclusion_tag("studies/_coverage.html", takes_context=True)
def coverage_of(
    context: Context,
    study: int | None = None,
    vendor: int | None = None,
    engagement: int | None = None,
) -> dict[str, Any]:
    """Draw what is wrong on a study, with a CRO or under an engagement, today.

    `{% coverage_of study=study.pk %}`; gaps are counted, the rest is said in sentences.
    """
    user, on = context["request"].user, timezone.localdate()
    if vendor is not None:
        found, query = findings_of_vendor(user=user, vendor=vendor, on=on), f"cro={vendor}"
    elif engagement is not None:
        found = findings_of_engagement(user=user, engagement=engagement, on=on)
        query = ""
    else:
        found = findings(user=user, on=on, studies=[study] if study is not None else [])
        query = f"study={study}"
    told = [one for one in found if one.flag != Flag.GAP]
    return {
        "lines": lines(told[:SHOWN], may_edit=bool(context.get("may_edit"))),
        "more": len(told) - SHOWN,
        "gaps": len(found) - len(told),
        "query": query,
    }


@register.inclusion_tag("studies/_flags.html")
def flags_at(marks: Marks, study: int, function: int) -> dict[str, Any]:
    """Draw the flags of one cell of the matrix: `{% flags_at marks study.pk function.pk %}`."""
    return {"flags": marks.get((study, function), ()), "study": study, "function": function}
