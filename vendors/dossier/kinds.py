"""What is particular to each kind of record about a provider: its words, its fields, its line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vendors.dossier.models import (
    Certificate,
    Contact,
    Qualification,
    ServiceOffered,
    SubcontractDecision,
    Tier,
)
from vendors.dossier.standing import Mark, qualified, when
from vendors.regions import region_label

SOON = timedelta(days=90)


@dataclass(frozen=True)
class Line:
    """One record as shown: what it is, its facts in words, and how it stands on a day."""

    title: str
    facts: tuple[str, ...]
    state: str
    mark: Mark


@dataclass(frozen=True)
class Kind:
    """One kind of record: `model` is a VisibleModel with a `vendor`.

    `ends_in` names the field whose first date ends a record.
    """

    slug: str
    model: Any
    title: str
    noun: str
    why: str
    fields: tuple[str, ...]
    line: Callable[[Any, date], Line]
    ends_in: str = ""
    of_sub_providers: bool = False


def _tier(tier: Tier, on: date) -> Line:
    state, mark = when(tier.from_date, tier.until_date, on)
    return Line(tier.get_step_display(), (), state, mark)


def _qualification(one: Qualification, on: date) -> Line:
    found = qualified((one,), on=on)
    facts = (
        one.scope,
        f"{one.get_method_display()} on {_day(one.assessed_on)} by {one.assessor}",
        *((f"Conditions: {one.conditions}",) if one.conditions else ()),
        *(
            (f"Re-qualification due {_day(one.requalification_due)}",)
            if one.requalification_due
            else ()
        ),
    )
    return Line(one.get_outcome_display(), facts, found.words, found.mark)


def _certificate(one: Certificate, on: date) -> Line:
    facts = tuple(
        f"{label} {value}".strip()
        for label, value in (("No.", one.number), ("issued by", one.issuer), ("", one.scope))
        if value
    )
    if one.valid_until < on:
        return Line(one.standard, facts, f"expired {_day(one.valid_until)}", "stop")
    soon = one.valid_until - on <= SOON
    return Line(one.standard, facts, f"until {_day(one.valid_until)}", "care" if soon else "good")


def _contact(one: Contact, on: date) -> Line:
    reach = (one.email, one.telephone)
    facts = (
        f"{one.get_side_display()}; prefers: {one.get_channel_display().lower()}",
        *(way for way in (*reach, one.note) if way),
    )
    state, mark = when(one.from_date, one.until_date, on)
    return Line(f"{one.subject}: {one.name}", facts, state, mark)


def _service(one: ServiceOffered, on: date) -> Line:
    state, mark = when(one.from_date, one.until_date, on)
    where = region_label(one.region)
    return Line(one.service, tuple(fact for fact in (where, one.note) if fact), state, mark)


def _decision(one: SubcontractDecision, on: date) -> Line:
    facts = (
        f"Decided on {_day(one.decided_on)} by {one.decided_by}",
        *((f"Conditions: {one.conditions}",) if one.conditions else ()),
    )
    if not one.approved:
        return Line(one.service, facts, "not approved", "stop")
    state, mark = when(one.decided_on, one.until_date, on)
    return Line(one.service, facts, f"approved, {state}", mark)


def _day(value: date) -> str:
    return f"{value:%-d %b %Y}"


KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind(
            slug="qualification",
            model=Qualification,
            title="Qualification",
            noun="an assessment",
            why="assessed before it works, and again before it lapses",
            fields=(
                "scope",
                "method",
                "assessed_on",
                "assessor",
                "outcome",
                "conditions",
                "conditions_closed_on",
                "valid_until",
                "requalification_due",
            ),
            line=_qualification,
        ),
        Kind(
            slug="approval",
            model=SubcontractDecision,
            title="Sponsor's approval as sub-provider",
            noun="a decision",
            why="a sub-provider works once the sponsor approved it",
            fields=(
                "service",
                "approved",
                "decided_on",
                "decided_by",
                "conditions",
                "until_date",
            ),
            line=_decision,
            ends_in="until_date",
            of_sub_providers=True,
        ),
        Kind(
            slug="service",
            model=ServiceOffered,
            title="Services and regions",
            noun="a service",
            why="what it can be asked to do, and where",
            fields=("service", "region", "note", "from_date", "until_date"),
            line=_service,
            ends_in="until_date",
        ),
        Kind(
            slug="certificate",
            model=Certificate,
            title="Certificates",
            noun="a certificate",
            why="with their expiry",
            fields=("standard", "number", "issuer", "scope", "valid_from", "valid_until"),
            line=_certificate,
        ),
        Kind(
            slug="contact",
            model=Contact,
            title="Contacts by subject",
            noun="a contact",
            why="whom to ask, and how they like to be asked",
            fields=(
                "subject",
                "side",
                "name",
                "email",
                "telephone",
                "channel",
                "note",
                "from_date",
                "until_date",
            ),
            line=_contact,
            ends_in="until_date",
        ),
        Kind(
            slug="tier",
            model=Tier,
            title="Relationship",
            noun="a step",
            why="from vendor to strategic partner, with dates",
            fields=("step", "from_date", "until_date"),
            line=_tier,
            ends_in="until_date",
        ),
    )
}
