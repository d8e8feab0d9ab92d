"""Answering a browser: finding what somebody may see, saving what a form holds."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vendors.access import PERMISSIONS, Permission, Role, memberships_of
from vendors.models import Sponsor
from vendors.register.forms import ReasonForm
from vendors.register.saving import StaleRecordError

Saved = TypeVar("Saved")


def sponsors_allowing(user: Any, permission: Permission) -> tuple[Sponsor, ...]:
    """Return the sponsors for which a role of `user` allows `permission`, by name."""
    found = {
        membership.sponsor
        for membership in memberships_of(user)
        if membership.sponsor is not None and permission in PERMISSIONS[Role(membership.role)]
    }
    return tuple(sorted(found, key=lambda sponsor: sponsor.name))


def acts_for_sponsor(user: Any, sponsor_id: int) -> bool:
    """Say whether `user` is one of the sponsor's own people, who see all of its register."""
    return any(membership.sponsor_id == sponsor_id for membership in memberships_of(user))


def saved(form: ReasonForm, write: Callable[[], Saved]) -> Saved | None:
    """Call the service; what it refuses stands on the form, and None comes back."""
    try:
        return write()
    except StaleRecordError as stale:
        form.changed_meanwhile = stale.changes
        form.add_error(None, str(stale))
    except ValidationError as error:
        form.refuse(error)
    return None


def form_page(
    request: HttpRequest,
    form: ReasonForm,
    *,
    write: Callable[[], Saved],
    leads_to: Callable[[Saved], str],
    **shown: Any,
) -> HttpResponse:
    """Show a record's form; once the service took what it holds, go where the record leads to.

    `shown` is what the page says besides: heading, crumbs, lede, history.
    """
    if form.is_valid():
        row = saved(form, write)
        if row is not None:
            return redirect(leads_to(row))
    return render(request, "vendors/record_form.html", {"form": form, **shown})


def number_of(text: str | None) -> int | None:
    """Read a record's number from an address; None where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
