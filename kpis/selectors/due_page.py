"""One due submission on a page of its own: why it is due, by when, its waivers and reminders."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.definitions import in_force
from kpis.due import duties
from kpis.engine.tables import LISTINGS
from kpis.models import Reminder, Waiver
from kpis.selectors.due_names import names_of
from kpis.selectors.due_rows import DueRow, due_row
from kpis.standing import Entry, entries, visible_standings
from kpis.standing.states import Standing
from studies.models import Delegation, Engagement
from vendors.access import Permission, permissions_of


@dataclass(frozen=True)
class Asked:
    """A listing that is due, the KPIs that need it, and whether the sponsor does without it."""

    name: str
    title: str
    kpis: tuple[tuple[str, str], ...]
    waived: bool


@dataclass(frozen=True)
class DuePage:
    """The page. `unknown` are countries without a calendar of public holidays."""

    row: DueRow
    business_day: int
    countries: tuple[str, ...]
    unknown: tuple[str, ...]
    asked: tuple[Asked, ...]
    waivers: tuple[Waiver, ...]
    reminders: tuple[Reminder, ...]
    may_waive: bool
    all_waivable: bool


def due_page(
    user: Any, *, engagement: Engagement, study_id: int | None, period: date, today: date
) -> DuePage | None:
    """Return the page, or None where nothing is due for that scope and month."""
    held = duties(Delegation.objects.visible_to(user).filter(engagement=engagement))
    known = visible_standings(user, first=period, last=period)
    found = entries(held, known, period=period, on=today)
    entry = next((one for one in found if one.due.study_id == study_id), None)
    if entry is None:
        return None
    scope = {"engagement": engagement.pk, "study": study_id, "period_start": period}
    names = names_of(Engagement.objects.visible_to(user).filter(pk=engagement.pk), held)
    waivers = Waiver.objects.visible_to(user).filter(**scope).select_related("waived_by")
    terms = entry.due.terms
    return DuePage(
        row=due_row(names, entry, user),
        business_day=terms.business_day,
        countries=terms.countries,
        unknown=terms.unknown,
        asked=tuple(
            Asked(name, one.title, _needing(name, entry), name not in entry.asked)
            for name, one in LISTINGS.items()
            if name in entry.due.listings
        ),
        waivers=tuple(waivers.order_by("-waived_at")),
        reminders=tuple(Reminder.objects.visible_to(user).filter(**scope).order_by("sent_at")),
        may_waive=Permission.DECIDE in permissions_of(user, engagement),
        all_waivable=entry.standing is not Standing.WAIVED
        and (entry.came is None or not entry.came.handed_over),
    )


def _needing(listing: str, entry: Entry) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.slug, one.name)
        for one in in_force(entry.period).values()
        if one.slug in entry.due.slugs and listing in one.listings
    )
