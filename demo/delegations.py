"""Who does what on the demo's studies: each function and obligation has its holder.

What goes to a CRO rests on a version of its work order, and is recorded anew when the next version
takes effect, so that who did what under which clause can be told for any date. The rest is kept by
the sponsor, confirmed, or does not apply. The faults are in `demo/faults.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo.faults import (
    EXPIRED,
    LATE,
    NOBODY,
    PASSED_ON,
    TWICE,
    UNDECIDED,
    UNMEASURED,
    Planted,
)
from demo.plans import Cro, StudyPlan
from demo.story import CROS
from oversight.accounts.models import User
from studies.models import Delegation, Engagement, Function, Study
from vendors.models import AgreementVersion

# Function → the obligations that go with it to the CRO.
DUTIES = {
    "clinical-monitoring": ("T18", "T19", "T23"),
    "start-up": ("T07", "T13"),
    "data-management": ("T32",),
    "biostatistics": ("T34",),
    "pharmacovigilance": ("T24", "T25"),
    "trial-master-file": ("T39",),
    "site-management": ("T16",),
}
# What does not apply, by phase: no committee watches volunteers or a registry, which blinds nobody.
NOT_APPLICABLE = {
    Study.Phase.I: ("T36", "post-market-surveillance"),
    Study.Phase.IV: ("T36", "T31"),
}
SPLIT = "The CRO raises and settles queries; Northwind locks the database."
DECIDES = {"pharmacovigilance": "Head of drug safety", "T24": "Head of drug safety"}
SIDES = {  # whose systems, whose procedures
    Engagement.Model.FULL_SERVICE: ("provider", "provider"),
    Engagement.Model.FSP: ("sponsor", "sponsor"),
    Engagement.Model.HYBRID: ("sponsor", "provider"),
}


@dataclass(frozen=True)
class Register:
    """What delegations refer to: engagements by CRO, functions by slug or code, versions by CRO."""

    engagements: Mapping[str, Engagement]
    functions: Mapping[str, Function]
    versions: Mapping[str, tuple[AgreementVersion, ...]]
    planted: Planted
    confirmed_by: User


def delegations(
    register: Register, study: Study, plan: StudyPlan, begin: date
) -> Iterator[Delegation]:
    """Yield all records of one study that begins on a day; unsaved."""
    given: dict[str, list[Cro]] = {}
    for cro in CROS:
        for key in keys_of(cro, plan):
            given.setdefault(key, []).append(cro)
    for key, function in register.functions.items():
        if (plan.protocol_number, key) == NOBODY:
            continue
        for cro in given.get(key, ()):
            yield from _moved(register, study, plan, cro, key, begin)
        if key not in given:
            away = key in NOT_APPLICABLE.get(plan.phase, ())
            yield Delegation(
                study=study,
                function=function,
                kind=Delegation.Kind.NOT_APPLICABLE if away else Delegation.Kind.RETAINED,
                responsible="" if away else "Clinical operations of Northwind",
                **_said(register, begin),
            )


def keys_of(cro: Cro, plan: StudyPlan) -> Iterator[str]:
    """Yield slugs and codes of what a CRO does on a study."""
    number = plan.protocol_number
    if number not in cro.studies:
        return
    for slug in cro.functions:
        if slug == "biostatistics" and number != EXPIRED[0]:
            continue  # a first dose in humans is analysed by the sponsor
        yield slug
        yield from DUTIES.get(slug, ())
    if number == TWICE[0] and cro.name in TWICE[2]:
        yield TWICE[1]
    if (number, cro.name) == (UNMEASURED[0], UNMEASURED[2]):
        yield UNMEASURED[1]


def _moved(
    register: Register, study: Study, plan: StudyPlan, cro: Cro, key: str, begin: date
) -> Iterator[Delegation]:
    shared = key in ("data-management", "T32") and plan.shared
    place = (plan.protocol_number, key)
    systems, procedures = SIDES[cro.model]
    for version, first, last in _periods(register, cro, place, begin):
        yield Delegation(
            study=study,
            function=register.functions[key],
            kind=Delegation.Kind.SHARED if shared else Delegation.Kind.TRANSFERRED,
            engagement=register.engagements[cro.name],
            split=SPLIT if shared else "",
            performer=register.planted.unapproved if place == PASSED_ON else None,
            decision_maker="" if place == UNDECIDED else DECIDES.get(key, "Sam Okafor"),
            agreement_version=version,
            clause="§4.1",
            work_began_on=first,
            systems=systems,
            procedures=procedures,
            responsible=f"Project manager of {cro.name}",
            consulted="Medical monitor",
            informed="Quality assurance of Northwind",
            until_date=last,
            **_said(register, first),
        )


def _periods(
    register: Register, cro: Cro, place: tuple[str, str], begin: date
) -> Iterator[tuple[AgreementVersion, date, date | None]]:
    """Yield each version that the work rests on, with its first and last day."""
    if place in (LATE, EXPIRED):
        planted = register.planted
        yield planted.late if place == LATE else planted.expired, begin, None
        return
    first, second = register.versions[cro.name]
    if begin < second.effective_on:
        yield first, begin, second.effective_on - timedelta(days=1)
    yield second, max(begin, second.effective_on), None


def _said(register: Register, day: date) -> dict[str, Any]:
    return {
        "confirmed_by": register.confirmed_by,
        "confirmed_on": day,
        "from_date": day,
    }
