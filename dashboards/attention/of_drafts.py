"""Delegations to CROs that no named person has confirmed, by CRO and study. Pure.

What the sponsor keeps unconfirmed is a flag of coverage; what is drafted for a CRO is not, and its
people wait for the sponsor's word.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from dashboards.attention.kinds import Kind
from dashboards.attention.matter import Matter
from dashboards.attention.places import Places
from dashboards.attention.weights import Severity
from dashboards.findings import plural
from oversight.look.times import day_text
from studies.answers import holds
from studies.coverage.facts import Facts, Held
from studies.models import Delegation


def of_drafts(facts: Facts, places: Places, *, on: date) -> Iterator[Matter]:
    """Yield what CROs hold on a day by records that nobody stands for."""
    waiting: dict[tuple[int, int], list[Held]] = defaultdict(list)
    for one in facts.held:
        if one.holder in places.vendors and not one.confirmed and holds(one, on):
            waiting[one.holder or 0, one.study].append(one)
    works = {work.pk: work.slug for work in facts.works}
    for (vendor, study), found in waiting.items():
        yield _matter(places, vendor, study, found, works)


def _matter(
    places: Places, vendor: int, study: int, found: Iterable[Held], works: dict[int, str]
) -> Matter:
    drafts = sorted(found, key=lambda one: one.pk)
    place = places.of_vendor(vendor, study)
    functions = frozenset(works[one.function] for one in drafts if one.function in works)
    day = min(one.from_date for one in drafts)
    verb = "is" if len(drafts) == 1 else "are"
    page = (
        reverse("studies:delegation-detail", args=[drafts[0].pk])
        if len(drafts) == 1
        else f"{reverse('studies:delegation-list')}?study={study}&party={vendor}"
    )
    return Matter(
        key=f"draft {vendor} {study}",
        kind=Kind.CONFIRMATION,
        severity=Severity.GAP,
        what=f"{plural(len(drafts), 'delegation')} to {places.named(place)} "
        f"{verb} confirmed by nobody",
        place=place,
        link=page,
        act=page,
        began=day,
        since_words=f"since {day_text(day)}",
        size=len(drafts),
        size_words=f"{len(drafts)} concerned" if len(drafts) > 1 else "",
        functions=functions,
        critical=bool(functions & places.critical),
        subjects=frozenset((Delegation._meta.db_table, one.pk) for one in drafts),
        silence_words="nobody has confirmed it",
    )
