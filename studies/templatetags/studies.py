"""`{% load studies %}`: what is known here about a record of a lower floor.

The page of a CRO stands below this floor and may not import it; its template asks for the panel.
"""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

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
