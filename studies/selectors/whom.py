"""Whom to contact about a function and how, and who is called when that does not help.

People of a CRO see its own contacts and those of the sponsor that are meant for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from studies.asking import shared_words
from vendors.agreements.standing import in_force
from vendors.models import AgreementVersion, Contact, EscalationStep

MOST = 4


@dataclass(frozen=True)
class Whom:
    """One contact in words."""

    pk: int
    vendor_id: int
    vendor: str
    side: str
    subject: str
    name: str
    channel: str
    email: str
    telephone: str
    note: str


@dataclass(frozen=True)
class Ladder:
    """The steps of one version of an agreement, from the first level."""

    agreement_id: int
    version_id: int
    title: str
    steps: tuple[EscalationStep, ...]


def contacts(*, user: Any, on: date) -> tuple[Whom, ...]:
    """Return the contacts that `user` sees on a day; one statement."""
    found = Contact.objects.visible_to(user).filter(
        Q(until_date__isnull=True) | Q(until_date__gte=on), from_date__lte=on
    )
    return tuple(
        Whom(
            pk=one.pk,
            vendor_id=one.vendor_id,
            vendor=str(one.vendor),
            side=one.get_side_display(),
            subject=one.subject,
            name=one.name,
            channel=one.get_channel_display(),
            email=one.email,
            telephone=one.telephone,
            note=one.note,
        )
        for one in found.select_related("vendor")
    )


def closest(known: Iterable[Whom], *, vendor_ids: set[int], subject: str) -> tuple[Whom, ...]:
    """Return the contacts of some providers on a subject, the closest first; else their first."""
    theirs = [one for one in known if one.vendor_id in vendor_ids]
    near = [(shared_words(one.subject, subject), one) for one in theirs]
    fitting = sorted((pair for pair in near if pair[0]), key=lambda pair: -pair[0])
    return tuple([one for _, one in fitting] or theirs)[:MOST]


class Ladders:
    """The escalation ladders of some providers; two statements, whatever is asked of them."""

    def __init__(self, *, user: Any, vendor_ids: Iterable[int], on: date) -> None:
        found = AgreementVersion.objects.visible_to(user).filter(
            agreement__vendor__in=list(vendor_ids)
        )
        self._by_version: dict[int, Ladder] = {}
        self._by_vendor: dict[int, Ladder] = {}
        of_agreement: dict[int, list[AgreementVersion]] = defaultdict(list)
        for version in found.select_related("agreement").prefetch_related("steps"):
            of_agreement[version.agreement_id].append(version)
            if steps := tuple(version.steps.all()):
                self._by_version[version.pk] = _ladder(version, steps)
        for versions in of_agreement.values():
            holds = in_force(versions, on=on)
            if holds is not None and holds.pk in self._by_version:
                vendor_id = holds.agreement.vendor_id
                self._by_vendor.setdefault(vendor_id, self._by_version[holds.pk])

    def of(self, *, version_id: int | None, vendor_id: int | None) -> Ladder | None:
        """Return the ladder of the version agreed in, else of one in force with the provider."""
        found = self._by_version.get(version_id or 0)
        return found or self._by_vendor.get(vendor_id or 0)


def _ladder(version: AgreementVersion, steps: Sequence[EscalationStep]) -> Ladder:
    return Ladder(version.agreement_id, version.pk, str(version), tuple(steps))
