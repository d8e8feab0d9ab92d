"""`{% load agreements %}`: the agreements with a provider, as a panel of its page."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from vendors.agreements.selectors import agreements_of

register = template.Library()


@register.inclusion_tag("vendors/_agreements.html", takes_context=True)
def agreements_with(context: Context, vendor_id: int) -> dict[str, Any]:
    """Draw what was agreed with a provider: `{% agreements_with vendor.pk %}`."""
    rows = agreements_of(
        user=context["request"].user, vendor_id=vendor_id, today=timezone.localdate()
    )
    return {"rows": rows, "vendor_id": vendor_id, "may_edit": context.get("may_edit", False)}
