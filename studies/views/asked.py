"""What an address asks of a page about delegations: the day, the region, functions or obligations.

What makes no sense is left out rather than refused: an old link still shows a page.
"""

from datetime import date

from django.http import HttpRequest

from studies.models import Function
from vendors.regions import Region


def day_of(request: HttpRequest, name: str, *, otherwise: date) -> date:
    """Read a day from the address, written year-month-day."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise


def region_of(request: HttpRequest) -> str | None:
    """Read a region from the address; None where none is asked for."""
    asked = request.GET.get("region", "")
    return asked if asked in Region.values else None


def kind_of(request: HttpRequest) -> str:
    """Read whether obligations are asked for, or functions."""
    asked = request.GET.get("of") == "obligations"
    return Function.Kind.OBLIGATION if asked else Function.Kind.FUNCTION
