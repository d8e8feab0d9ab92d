"""What the search finds on this floor: service providers, agreements, people."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from oversight.searching import Group, Hit, matching
from vendors.access import Permission, permissions_of
from vendors.models import Agreement, Membership, Vendor


def find(*, user: Any, words: str) -> tuple[Group, ...]:
    """Return service providers, agreements and people; three statements."""
    permissions = permissions_of(user)
    if Permission.VIEW_REGISTER not in permissions:
        return ()
    return (
        _vendors(user, words),
        _agreements(user, words),
        _people(user, words, Permission.MANAGE_ACCESS in permissions),
    )


def list_url(name: str, words: str) -> str:
    """Return the address of a list that looks for the same words."""
    return f"{reverse(name)}?{urlencode({'q': words})}"


def _vendors(user: Any, words: str) -> Group:
    count, rows = matching(
        Vendor.objects.visible_to(user), words=words, fields=("name", "country"), order=("name",)
    )
    hits = tuple(
        Hit(row.name, row.get_kind_display(), reverse("vendors:vendor-detail", args=[row.pk]))
        for row in rows
    )
    return Group("CROs and service providers", count, hits, list_url("vendors:vendor-list", words))


def _agreements(user: Any, words: str) -> Group:
    count, rows = matching(
        Agreement.objects.visible_to(user).select_related("vendor"),
        words=words,
        fields=("title", "vendor__name"),
        order=("vendor__name", "title"),
    )
    hits = tuple(
        Hit(
            row.title,
            f"{row.get_kind_display()} with {row.vendor}",
            reverse("vendors:agreement-detail", args=[row.pk]),
        )
        for row in rows
    )
    return Group("Agreements", count, hits, list_url("vendors:agreement-list", words))


def _people(user: Any, words: str, manages: bool) -> Group:
    count, rows = matching(
        Membership.objects.visible_to(user).current().select_related("user", "sponsor", "vendor"),
        words=words,
        fields=("user__name", "user__email"),
        order=("user__name",),
    )
    hits = tuple(
        Hit(
            str(row.user),
            f"{row.get_role_display()}, {row.sponsor or row.vendor}",
            reverse("vendors:vendor-detail", args=[row.vendor_id])
            if row.vendor_id
            else reverse("vendors:sponsor-detail", args=[row.sponsor_id]),
        )
        for row in rows
    )
    every = list_url("vendors:membership-list", words) if manages else ""
    return Group("People", count, hits, every)
