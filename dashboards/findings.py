"""Titles and sentences that say what happened, with figures. Pure: spots in, sentences out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from dashboards.spots import Spot
from kpis.engine.terms import RagStatus

UNJUDGED = ("", RagStatus.NOT_APPLICABLE, RagStatus.NOT_DELEGATED)
COLOURED = (RagStatus.RED, RagStatus.AMBER, RagStatus.GREEN)


class Named(Protocol):
    """A KPI with its status: a spot, or less of one."""

    @property
    def name(self) -> str:
        """Its short name."""

    @property
    def status(self) -> str:
        """A RagStatus, or "" while the file is awaited."""


class Told(NamedTuple):
    """The least of a spot that a finding needs."""

    name: str
    status: str


def plural(count: int, noun: str, many: str = "") -> str:
    """Write a count with its noun: 1 file, 2 files."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def portfolio_finding(by_cro: Mapping[str, Sequence[Named]], *, missing_files: int) -> str:
    """Say how many KPIs are red, and where; `by_cro` holds the KPIs that apply to each CRO."""
    return _joined(_worst(by_cro), _files(missing_files))


def own_finding(spots: Sequence[Spot], *, missing_files: int) -> str:
    """Say the same to a CRO about itself."""
    owed = _files(missing_files, "you owe")
    if not spots:
        return _joined("no KPI is due", owed)
    for status in (RagStatus.RED, RagStatus.AMBER):
        hit = [one for one in spots if one.status == status]
        if len(hit) == 1:
            words = f"your {_small(hit[0].name)} is {status_words(hit[0])}"
            return _joined(words, owed)
        if hit:
            return _joined(f"{len(hit)} of your {plural(len(spots), 'KPI')} are {status}", owed)
    none = "your only KPI is not" if len(spots) == 1 else f"none of your {len(spots)} KPIs is"
    return _joined(f"{none} past a limit", owed)


def status_words(spot: Spot) -> str:
    """Say one value with its colour: red at 18.4 %."""
    if spot.status == RagStatus.GREEN:
        return f"within its limits at {spot.value}"
    if spot.status == RagStatus.INSUFFICIENT:
        return f"not judged: {spot.fraction} is too few"
    if spot.status == RagStatus.MISSING:
        return "missing"
    if spot.status == RagStatus.NOT_APPLICABLE and spot.value:
        return f"at {spot.value}"
    if spot.status == RagStatus.NOT_DELEGATED:
        return "not delegated"
    if spot.status in (RagStatus.RED, RagStatus.AMBER):
        return f"{spot.status} at {spot.value}"
    return spot.note or "without a value"


def movement_words(spot: Spot) -> str:
    """Say what the value did: "rose by 3.4 points", or "" where there is nothing to compare."""
    if not spot.moved.direction:
        return ""
    if spot.moved.direction == "flat":
        return "is unchanged since the month before"
    verb = "rose" if spot.moved.direction == "up" else "fell"
    return f"{verb} by {spot.moved.words.lstrip('+−')}"


def _worst(by_cro: Mapping[str, Sequence[Named]]) -> str:
    if not any(by_cro.values()):
        return "no KPI is due"
    for status in (RagStatus.RED, RagStatus.AMBER):
        hit = {
            cro: found
            for cro, spots in by_cro.items()
            if (found := [one for one in spots if one.status == status])
        }
        if hit:
            return _hit(hit, status, len(by_cro))
    judged = [one for spots in by_cro.values() for one in spots if one.status not in UNJUDGED]
    green = sum(one.status == RagStatus.GREEN for one in judged)
    if green == 0:
        return "no KPI has a value that can be judged"
    if green == len(judged):
        return f"{'the only KPI is' if green == 1 else f'all {green} KPIs are'} within limits"
    return f"{green} of {plural(len(judged), 'KPI')} are within limits"


def _hit(hit: Mapping[str, Sequence[Named]], status: RagStatus, cros: int) -> str:
    """Name the one KPI, or count them and name the one CRO, or count both."""
    count = sum(len(found) for found in hit.values())
    names = {one.name for found in hit.values() for one in found}
    what = next(iter(names)) if len(names) == 1 else f"{count} KPIs"
    verb = "is" if len(names) == 1 else "are"
    at = next(iter(hit)) if len(hit) == 1 else f"{len(hit)} of {plural(cros, 'CRO')}"
    return f"{_small(what)} {verb} {status} at {at}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _files(missing: int, who: str = "") -> str:
    if not missing:
        return ""
    if who:
        return f"{who} {plural(missing, 'file')}"
    return f"{plural(missing, 'file')} {'is' if missing == 1 else 'are'} missing"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
