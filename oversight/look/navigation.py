"""The main menu: which entries exist, who may see them, which one is current.

An entry shows when its page exists and the person holds its permission; the page itself checks
again, so the menu protects nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class NavEntry:
    """One entry: `permission` is a permission's value, or None for everybody signed in."""

    label: str
    url_name: str
    permission: str | None = None


@dataclass(frozen=True)
class NavLink:
    label: str
    url: str
    current: bool


ENTRIES = (
    NavEntry("Portfolio", "dashboards:portfolio", "view-dashboards"),
    NavEntry("CROs", "vendors:vendor-list", "view-register"),
    NavEntry("Studies", "studies:study-list", "view-register"),
    NavEntry("Submissions", "kpis:submission-list", "view-submissions"),
    NavEntry("Calendar", "kpis:calendar", "view-submissions"),
    NavEntry("KPIs", "kpis:definition-list", "view-dashboards"),
    NavEntry("Delegation", "studies:delegation-list", "view-register"),
    NavEntry("People", "vendors:membership-list", "manage-access"),
    NavEntry("Audit trail", "inspection:audit-trail", "view-audit-trail"),
    NavEntry("Inspection", "inspection:export-list", "export"),
)


def nav_links(
    *, permissions: Iterable[str], path: str, entries: Iterable[NavEntry] = ENTRIES
) -> tuple[NavLink, ...]:
    """List the links one person sees on one page; at most one is current, the closest to `path`."""
    held = {str(permission) for permission in permissions}
    found = [
        (entry.label, url)
        for entry in entries
        if (entry.permission is None or entry.permission in held) and (url := _url(entry.url_name))
    ]
    here = max((url for _, url in found if _covers(url, path)), key=len, default=None)
    return tuple(NavLink(label, url, url == here) for label, url in found)


def _covers(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
