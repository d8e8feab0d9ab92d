"""The delegation records of one study with the names that a document shows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import prefetch_related_objects

from oversight.audit_trail.as_known import as_known
from oversight.look.times import day_text
from studies.models import Delegation, Study
from vendors.agreements.standing import begins, last_day

NAMES = ("engagement__vendor", "performer", "agreement_version__agreement", "confirmed_by")


@dataclass(frozen=True)
class Agreed:
    """The version of an agreement that a record names: when it begins to hold, and its last day.

    `begins_on` is None until both have signed; `last_on` None where it has no end.
    """

    pk: int
    agreement_id: int
    name: str
    begins_on: date | None
    last_on: date | None


@dataclass(frozen=True)
class Held:
    """One delegation; `holder` is the CRO's number, None where no CRO acts."""

    pk: int
    function: int
    kind: str
    holder: int | None
    holder_name: str
    region: str
    from_date: date
    until_date: date | None
    split: str
    performer: str
    decision_maker: str
    agreed: Agreed | None
    clause: str
    confirmed: str

    @property
    def moved(self) -> bool:
        """Whether a CRO acts: transferred or shared."""
        return self.holder is not None


Records = dict[int, tuple[Held, ...]]


def records_of(*, user: Any, study: Study, known: datetime | None = None) -> Records:
    """Return the records of a study by function, in order; a fixed number of statements.

    With `known` as they stood at that moment. Names are those of today.
    """
    visible = Delegation.objects.visible_to(user).filter(study=study).order_by("from_date", "pk")
    if known is None:
        rows = list(visible)
    else:
        rows = as_known(Delegation, visible.values_list("pk", flat=True), known)
        rows.sort(key=lambda row: (row.from_date, row.pk))
    prefetch_related_objects(rows, *NAMES)
    grouped: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        grouped[row.function_id].append(_held(row))
    return {function: tuple(held) for function, held in grouped.items()}


def _held(row: Delegation) -> Held:
    vendor = row.engagement.vendor if row.engagement else None
    return Held(
        pk=row.pk,
        function=row.function_id,
        kind=row.kind,
        holder=vendor.pk if vendor else None,
        holder_name=vendor.name if vendor else "",
        region=row.region,
        from_date=row.from_date,
        until_date=row.until_date,
        split=row.split,
        performer=str(row.performer or ""),
        decision_maker=row.decision_maker,
        agreed=_agreed(row),
        clause=row.clause,
        confirmed=f"{row.confirmed_by}, {day_text(row.confirmed_on)}" if row.confirmed_by else "",
    )


def _agreed(row: Delegation) -> Agreed | None:
    version = row.agreement_version
    if version is None:
        return None
    return Agreed(
        pk=version.pk,
        agreement_id=version.agreement_id,
        name=f"{version.agreement}, {'version ' * version.label[:1].isdigit()}{version.label}",
        begins_on=begins(version),
        last_on=last_day(version),
    )
