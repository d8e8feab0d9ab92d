"""The menu: which entries exist, in which groups, who may see them, which one is current.

An entry shows when its page exists and the person holds its permission; the page itself checks
again, so the menu protects nothing. The bar at the top shows one entry for each group; the other
pages of the group that one is in stand in a line below it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class NavEntry:
    """One entry: `permission` is a permission's value, or None for everybody signed in.

    `beside` are the other pages of its group, `among` what it is called among them. `also` is the
    beginning, as a regular expression, of addresses that belong to it and lie elsewhere.
    """

    label: str
    url_name: str
    permission: str | None = None
    beside: tuple["NavEntry", ...] = ()
    among: str = ""
    also: str = ""


@dataclass(frozen=True)
class NavLink:
    """A link; `beside` are all pages of its group, itself first, where there are several."""

    label: str
    url: str
    current: bool
    beside: tuple["NavLink", ...] = ()


ENTRIES = (
    NavEntry(
        "Portfolio",
        "dashboards:portfolio",
        "view-dashboards",
        beside=(
            NavEntry("Executive page", "dashboards:executive", "view-dashboards"),
            NavEntry("What wants attention", "dashboards:attention", "view-dashboards"),
            NavEntry("What changed", "dashboards:changes", "view-dashboards"),
            NavEntry("Owed", "dashboards:owed", "view-dashboards"),
            NavEntry(
                "Functions",
                "dashboards:functions",
                "view-dashboards",
                also=r"/functions/[\w-]+/dashboard/",
            ),
        ),
    ),
    NavEntry("CROs", "vendors:vendor-list", "view-register"),
    NavEntry("Studies", "studies:study-list", "view-register"),
    NavEntry(
        "Submissions",
        "kpis:submission-list",
        "view-submissions",
        among="All submissions",
        beside=(
            NavEntry("Calendar", "kpis:calendar", "view-submissions"),
            NavEntry("Data quality", "dashboards:quality", "view-submissions"),
        ),
    ),
    NavEntry(
        "KPIs",
        "kpis:definition-list",
        "view-dashboards",
        among="What each means",
        also="/kpis/",
        beside=(NavEntry("Recomputing", "kpis:recomputation-list", "view-audit-trail"),),
    ),
    NavEntry(
        "Delegation",
        "studies:delegation-list",
        "view-register",
        among="Who does what",
        beside=(
            NavEntry("As a list", "studies:delegation-register", "view-register"),
            NavEntry("Coverage", "kpis:coverage", "view-register"),
            NavEntry("Who do I ask", "studies:ask", "view-register"),
        ),
    ),
    NavEntry("People", "vendors:membership-list", "manage-access"),
    NavEntry(
        "Inspection",
        "inspection:export-list",
        "export",
        among="Packs",
        beside=(NavEntry("Audit trail", "inspection:audit-trail", "view-audit-trail"),),
    ),
)


def nav_links(
    *, permissions: Iterable[str], path: str, entries: Iterable[NavEntry] = ENTRIES
) -> tuple[NavLink, ...]:
    """List the links one person sees on one page; at most one group is current, and one page of it.

    Current is the entry closest to `path`. Of a group whose first page is not theirs to see, the
    next one takes its place and name.
    """
    held = {str(permission) for permission in permissions}
    groups = [found for entry in entries if (found := _visible(entry, held))]
    lengths = {url: _covers(url, entry, path) for group in groups for entry, url in group}
    here = max((url for url in lengths if lengths[url]), key=lambda url: lengths[url], default=None)
    return tuple(_link(group, here) for group in groups)


def _visible(entry: NavEntry, held: set[str]) -> list[tuple[NavEntry, str]]:
    return [
        (one, url)
        for one in (entry, *entry.beside)
        if (one.permission is None or one.permission in held) and (url := _url(one.url_name))
    ]


def _link(group: list[tuple[NavEntry, str]], here: str | None) -> NavLink:
    (first, url), current = group[0], any(url == here for _, url in group)
    beside = tuple(NavLink(one.among or one.label, to, to == here) for one, to in group)
    return NavLink(first.label, url, current, beside if len(beside) > 1 else ())


def _covers(url: str, entry: NavEntry, path: str) -> int:
    """Return how much of the path an entry covers; 0 where it is elsewhere."""
    if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/")):
        return len(url)
    found = re.match(entry.also, path) if entry.also else None
    return len(found.group()) if found else 0


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
