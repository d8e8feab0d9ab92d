"""One engagement as its page tells it: what its model means, by function and region, on what terms.

Tiers and qualifications are the sponsor's own: a CRO's people are shown none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from studies.models import Engagement
from studies.selectors.parties import EngagementDelegation
from studies.starting.wording import MEANS, REPORTS
from vendors.agreements.standing import in_force, state
from vendors.dossier.standing import Mark, when
from vendors.models import AgreementVersion, Tier
from vendors.regions import Region, region_label


@dataclass(frozen=True)
class Step:
    """A step of the ladder from vendor to strategic partner, and when it held."""

    name: str
    words: str
    mark: Mark


@dataclass(frozen=True)
class ByRegion:
    """A function of today: the studies by region, in the order of the columns; whose systems."""

    function: str
    studies: tuple[tuple[str, ...], ...]
    systems: str
    procedures: str


@dataclass(frozen=True)
class Terms:
    """What the page says besides the facts; `version_state` is empty without an agreement."""

    means: str
    reports: str
    version: str
    version_state: str
    in_force: bool
    ladder: tuple[Step, ...]
    columns: tuple[str, ...]
    functions: tuple[ByRegion, ...]


def engagement_terms(
    *,
    user: Any,
    engagement: Engagement,
    delegations: Iterable[EngagementDelegation],
    today: date,
) -> Terms:
    """Return what an engagement means and rests on, on a day; two statements."""
    current = [one for one in delegations if one.party.state == "current"]
    regions = _regions(current)
    version, words, holds = _version(user, engagement, today)
    return Terms(
        means=MEANS[engagement.model],
        reports=REPORTS[engagement.model],
        version=version,
        version_state=words,
        in_force=holds,
        ladder=_ladder(user, engagement, today),
        columns=tuple(region_label(one) for one in regions),
        functions=_functions(current, regions),
    )


def _version(user: Any, engagement: Engagement, today: date) -> tuple[str, str, bool]:
    """Return the version in force, or else the newest, with how it stands."""
    versions = list(
        AgreementVersion.objects.visible_to(user)
        .filter(agreement=engagement.agreement_id)
        .order_by("-effective_on", "-pk")
    )
    if not versions:
        return "", "has no version yet" if engagement.agreement_id else "", False
    shown = in_force(versions, on=today) or versions[0]
    stands = state(shown, versions, on=today)
    return shown.label, stands.words, stands.in_force


def _ladder(user: Any, engagement: Engagement, today: date) -> tuple[Step, ...]:
    tiers = Tier.objects.visible_to(user).filter(vendor=engagement.vendor_id)
    return tuple(
        Step(one.get_step_display(), *when(one.from_date, one.until_date, today))
        for one in tiers.order_by("from_date")
    )


def _regions(current: list[EngagementDelegation]) -> list[str]:
    used = {one.party.region for one in current}
    return [region for region in ("", *Region.values) if region in used]


def _functions(current: list[EngagementDelegation], regions: list[str]) -> tuple[ByRegion, ...]:
    by_function: dict[str, list[EngagementDelegation]] = {}
    for one in current:
        by_function.setdefault(one.function, []).append(one)
    return tuple(
        ByRegion(
            function=function,
            studies=tuple(
                tuple(dict.fromkeys(one.study for one in rows if one.party.region == region))
                for region in regions
            ),
            systems=_joined(one.party.systems for one in rows),
            procedures=_joined(one.party.procedures for one in rows),
        )
        for function, rows in sorted(by_function.items())
    )


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(word for word in words if word))
