"""What pages of the demo show beside their own content: how far the history is loaded."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from demo.months import WHOLE
from demo.story import PASSWORD, PEOPLE, SIGN_INS


def demo(request: HttpRequest) -> dict[str, Any]:
    """Name the page notice to load, and the sign-ins to show, in the demo alone."""
    if not settings.DEMO:
        return {}
    people = {person.email: person for person in PEOPLE}
    return {
        "page_notice_url": "" if cache.get(WHOLE) else reverse("demo:progress"),
        "demo_sign_ins": [people[email] for email in SIGN_INS],
        "demo_password": PASSWORD,
    }
