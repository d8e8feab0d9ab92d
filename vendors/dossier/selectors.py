"""Reading a provider's file, and the standing of many providers at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from vendors.dossier.kinds import KINDS, Kind, Line
from vendors.dossier.models import Qualification
from vendors.dossier.standing import Standing, qualified
from vendors.models import Vendor
from vendors.register.pages import acts_for_sponsor


@dataclass(frozen=True)
class Entry:
    """One record with its key."""

    pk: int
    line: Line


@dataclass(frozen=True)
class Panel:
    """All records of one kind: those that hold first, then what is past."""

    kind: Kind
    entries: tuple[Entry, ...]


def panels(*, user: Any, vendor: Vendor, today: date) -> tuple[Panel, ...]:
    """Return the provider's file as far as `user` may see it; one statement for each kind.

    Kinds that only the sponsor's people see are left out for everybody else.
    """
    own = acts_for_sponsor(user, vendor.sponsor_id)
    found = []
    for kind in KINDS.values():
        sponsors_own = not kind.model.vendor_path
        if (sponsors_own and not own) or (kind.of_sub_providers and vendor.parent_id is None):
            continue
        rows = kind.model.objects.visible_to(user).filter(vendor=vendor)
        entries = [Entry(row.pk, kind.line(row, today)) for row in rows]
        entries.sort(key=lambda entry: entry.line.mark == "past")
        found.append(Panel(kind, tuple(entries)))
    return tuple(found)


@dataclass(frozen=True)
class _Assessed:
    """An assessment as a query told it beside something else."""

    assessed_on: date
    outcome: str
    conditions_closed_on: date | None
    valid_until: date | None


FIELDS = ("assessed_on", "outcome", "conditions_closed_on", "valid_until")


def newest_assessment(*, user: Any, vendor: str, on: date) -> Subquery:
    """Return a term for the newest assessment, by a day, of the provider at the path `vendor`.

    It rides along in another statement; `standing_told` reads what it brings.
    """
    rows = Qualification.objects.visible_to(user).filter(
        vendor=OuterRef(vendor), assessed_on__lte=on
    )
    values = JSONObject(**{name: name for name in FIELDS})
    return Subquery(rows.order_by("-assessed_on", "-pk").values(told=values)[:1])


def standing_told(
    told: Mapping[str, str | None] | None, *, user: Any, sponsor_id: int, on: date
) -> Standing | None:
    """Return how a provider stands by what the term brought; None: not for this reader."""
    if not acts_for_sponsor(user, sponsor_id):
        return None
    if told is None:
        return qualified((), on=on)
    days = {name: date.fromisoformat(day) if (day := told[name]) else None for name in FIELDS[2:]}
    made = date.fromisoformat(str(told["assessed_on"]))
    return qualified((_Assessed(made, str(told["outcome"]), **days),), on=on)


def standings(*, user: Any, vendors: Iterable[tuple[int, int]], on: date) -> dict[int, Standing]:
    """Return how providers stand on a day, as far as `user` may know; one statement.

    `vendors` are pairs of a provider's key and its sponsor's.
    """
    known = [pk for pk, sponsor_id in vendors if acts_for_sponsor(user, sponsor_id)]
    assessments: dict[int, list[Qualification]] = defaultdict(list)
    if known:
        for one in Qualification.objects.visible_to(user).filter(vendor__in=known):
            assessments[one.vendor_id].append(one)
    return {pk: qualified(assessments.get(pk, ()), on=on) for pk in known}
