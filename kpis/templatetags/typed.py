"""Fields that keep what is typed into them: what was kept, and what has them ask to keep it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kpis.views.texts import key_of

register = template.Library()


@dataclass(frozen=True)
class Kept:
    """What was typed into one field, and the attributes with which it keeps what is typed next."""

    text: str
    keeps: SafeString


@register.simple_tag(takes_context=True)
def typed(
    context: Mapping[str, Any], form: str, pk: int, field: str, sheet: str = "", at: str = ""
) -> Kept:
    """Return what the reader typed into a field before; `typed` in the context holds it all."""
    key = key_of(form, pk, field, sheet, at)
    keeps = format_html(
        'hx-post="{}" hx-trigger="change, input changed delay:2s" hx-swap="none" '
        'hx-params="key,{}" hx-vals="{}"',
        reverse("kpis:submission-typed", args=[context["page"].submission.pk]),
        field,
        json.dumps({"key": key}),
    )
    return Kept(context.get("typed", {}).get(key, ""), keeps)
