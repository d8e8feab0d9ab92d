"""One delegation in plain values, and all of a set of studies: what every page of them begins with.

Somebody of a CRO is shown the delegations to that CRO and nothing else, not even that another
party exists.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from studies.models import Delegation
from vendors.regions import region_label

RELATED = ("engagement__vendor", "performer", "agreement_version__agreement", "confirmed_by")


@dataclass(frozen=True)
class Party:
    """One delegation in words; `state` is "current", "future" or "ended" on the day asked about.

    `holder` is the number of the CRO that holds or shares it, None where the sponsor alone does:
    so that `studies.answers` takes parties as its records. `name` says who holds it.
    """

    pk: int
    study_id: int
    function_id: int
    name: str
    kind: str
    kind_label: str
    holder: int | None
    vendor: str
    engagement_id: int | None
    engagement: str
    split: str
    region: str
    region_label: str
    performer_id: int | None
    performer: str
    decision_maker: str
    agreement_id: int | None
    version_id: int | None
    agreement: str
    clause: str
    systems: str
    procedures: str
    responsible: str
    consulted: str
    informed: str
    confirmed_by: str
    confirmed_on: date | None
    work_began_on: date | None
    from_date: date
    until_date: date | None
    state: str

    @property
    def source(self) -> str:
        """The agreement and its clause, as far as they are recorded."""
        return ", ".join(part for part in (self.agreement, self.clause) if part)


def party_of(delegation: Delegation, *, today: date) -> Party:
    """Say one delegation in plain values; expects what `RELATED` names at hand."""
    engagement, version = delegation.engagement, delegation.agreement_version
    return Party(
        pk=delegation.pk,
        study_id=delegation.study_id,
        function_id=delegation.function_id,
        name=_name(delegation),
        kind=delegation.kind,
        kind_label=delegation.get_kind_display(),
        holder=engagement.vendor_id if engagement else None,
        vendor=str(engagement.vendor) if engagement else "",
        engagement_id=delegation.engagement_id,
        engagement=str(engagement) if engagement else "",
        split=delegation.split,
        region=delegation.region,
        region_label=region_label(delegation.region),
        performer_id=delegation.performer_id,
        performer=str(delegation.performer or ""),
        decision_maker=delegation.decision_maker,
        agreement_id=version.agreement_id if version else None,
        version_id=delegation.agreement_version_id,
        agreement=str(version or ""),
        clause=delegation.clause,
        systems=delegation.get_systems_display(),
        procedures=delegation.get_procedures_display(),
        responsible=delegation.responsible,
        consulted=delegation.consulted,
        informed=delegation.informed,
        confirmed_by=str(delegation.confirmed_by or ""),
        confirmed_on=delegation.confirmed_on,
        work_began_on=delegation.work_began_on,
        from_date=delegation.from_date,
        until_date=delegation.until_date,
        state=_state(delegation, today),
    )


def _name(delegation: Delegation) -> str:
    if delegation.engagement is not None:
        vendor = str(delegation.engagement.vendor)
        shared = delegation.kind == Delegation.Kind.SHARED
        return f"{vendor} and sponsor" if shared else vendor
    return "Sponsor" if delegation.kind == Delegation.Kind.RETAINED else "Not applicable"


def _state(delegation: Delegation, today: date) -> str:
    if delegation.from_date > today:
        return "future"
    ended = delegation.until_date is not None and delegation.until_date < today
    return "ended" if ended else "current"


Grouped = dict[tuple[int, int], list[Party]]


def parties_of_studies(*, user: Any, study_ids: Iterable[int], today: date) -> Grouped:
    """Return what `user` sees of the studies, by study and function; one statement."""
    found = (
        Delegation.objects.visible_to(user)
        .filter(study__in=list(study_ids))
        .select_related(*RELATED)
        .order_by("from_date", "pk")
    )
    grouped: Grouped = defaultdict(list)
    for delegation in found:
        party = party_of(delegation, today=today)
        grouped[party.study_id, party.function_id].append(party)
    return grouped


@dataclass(frozen=True)
class EngagementDelegation:
    """One function delegated under an engagement, with its study."""

    party: Party
    study: str
    function: str


def delegations_of_engagement(
    *, user: Any, engagement_id: int, today: date
) -> tuple[EngagementDelegation, ...]:
    """Return what is delegated under one engagement, by study and function; one statement."""
    found = (
        Delegation.objects.visible_to(user)
        .filter(engagement=engagement_id)
        .select_related("study", "function", *RELATED)
        .order_by("study__protocol_number", "function__name", "from_date")
    )
    return tuple(
        EngagementDelegation(
            party=party_of(delegation, today=today),
            study=str(delegation.study),
            function=str(delegation.function),
        )
        for delegation in found
    )
