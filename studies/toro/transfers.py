"""What the authority has to be told, and what it was told: transfers of Part 312 obligations.

A shared obligation counts as transferred: the authority may read the whole of it as assumed, so it
is listed, and the split stands in the agreement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from oversight.audit_trail.as_known import as_known
from oversight.look.times import day_text
from studies.answers import EVERYWHERE, answers
from studies.models import IndSubmission, Study
from studies.toro.records import Records, records_of
from studies.toro.taxonomy import Item, items_of
from vendors.regions import region_label


@dataclass(frozen=True)
class Transfer:
    """One obligation held by one CRO, in a region or everywhere."""

    function: int
    holder: int
    region: str
    item: str
    holder_name: str

    @property
    def key(self) -> str:
        """What tells it apart, as a form carries it."""
        return f"{self.function}:{self.holder}:{self.region}"

    @property
    def place(self) -> str:
        """Where: a region, or "everywhere"."""
        return region_label(self.region)

    @property
    def words(self) -> str:
        """The transfer in words."""
        return f"{self.item}: {self.holder_name}{f', {self.place}' if self.region else ''}"


@dataclass(frozen=True)
class Submitted:
    """One IND submission with the transfers that it lists."""

    pk: int
    serial_number: str
    submitted_on: date
    form_revision: str
    note: str
    transfers: tuple[Transfer, ...]

    @property
    def name(self) -> str:
        """Its serial number and day: "0017 of 2 Mar 2026"."""
        return f"{self.serial_number} of {day_text(self.submitted_on)}"

    def lists(self, function: int, holder: int | None, region: str) -> bool:
        """Say whether it lists this transfer, there or everywhere."""
        return any(
            (one.function, one.holder) == (function, holder) and one.region in (region, EVERYWHERE)
            for one in self.transfers
        )


def transfers_on(items: Iterable[Item], records: Records, *, on: date) -> tuple[Transfer, ...]:
    """Return what a submission sent on a day has to list, in the order of the items. Pure."""
    found: dict[str, Transfer] = {}
    for item in items:
        if not item.listable:
            continue
        for region, answer in answers(records.get(item.pk, ()), on=on).items():
            for one in answer.records:
                if one.holder is not None:
                    made = Transfer(item.pk, one.holder, region, item.title, one.holder_name)
                    found[made.key] = made
    return tuple(found.values())


def transfers_in_force(*, user: Any, study: Study, on: date) -> tuple[Transfer, ...]:
    """Return what a submission of this study sent on a day has to list: none for a device."""
    items = items_of(user=user, study=study)
    return transfers_on(items, records_of(user=user, study=study), on=on)


def submissions_of(
    *, user: Any, study: Study, known: datetime | None = None
) -> tuple[Submitted, ...]:
    """Return the IND submissions of a study, newest first, as `user` sees them."""
    visible = IndSubmission.objects.visible_to(user).filter(study=study)
    if known is not None:
        there = as_known(IndSubmission, visible.values_list("pk", flat=True), known)
        visible = visible.filter(pk__in=[one.pk for one in there])
    lines = "transfers__function__obligation", "transfers__vendor"
    return tuple(
        Submitted(
            pk=one.pk,
            serial_number=one.serial_number,
            submitted_on=one.submitted_on,
            form_revision=one.form_revision,
            note=one.note,
            transfers=tuple(
                Transfer(
                    line.function_id,
                    line.vendor_id,
                    line.region,
                    str(getattr(line.function, "obligation", line.function)),
                    line.vendor.name,
                )
                for line in one.transfers.all()
            ),
        )
        for one in visible.order_by("-submitted_on", "-pk").prefetch_related(*lines)
    )


def last_until(submissions: Iterable[Submitted], *, on: date) -> Submitted | None:
    """Return the last submission sent until a day; expects the newest first."""
    return next((one for one in submissions if one.submitted_on <= on), None)
