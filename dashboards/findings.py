"""Titles and sentences that say what happened, with figures. Pure: spots in, sentences out."""

from collections.abc import Sequence

from dashboards.spots import Spot
from kpis.engine.terms import RagStatus

COLOURED = (RagStatus.RED, RagStatus.AMBER, RagStatus.GREEN)


def plural(count: int, noun: str, many: str = "") -> str:
    """Write a count with its noun: 1 file, 2 files."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def portfolio_finding(spots: Sequence[Spot], *, kpis: int, missing_files: int) -> str:
    """Say how many CROs are red; `spots` holds one per CRO and KPI."""
    judged = [one for one in spots if one.status != RagStatus.NOT_DELEGATED]
    return _joined(_worst(judged, kpis), _files(missing_files))


def own_finding(spots: Sequence[Spot], *, missing_files: int) -> str:
    """Say the same to a CRO about itself."""
    judged = [one for one in spots if one.status != RagStatus.NOT_DELEGATED]
    if len(judged) == 1 and judged[0].value:
        words = f"your {judged[0].name.lower()} is {status_words(judged[0])}"
        return _joined(words, _files(missing_files, "you owe"))
    red = sum(one.status == RagStatus.RED for one in judged)
    words = f"{red} of your {plural(len(judged), 'KPI')} {'is' if red == 1 else 'are'} red"
    return _joined(words, _files(missing_files, "you owe"))


def status_words(spot: Spot) -> str:
    """Say one value with its colour: red at 18.4 %."""
    if spot.status == RagStatus.GREEN:
        return f"within its limits at {spot.value}"
    if spot.status == RagStatus.INSUFFICIENT:
        return f"not judged: {spot.fraction} is too few"
    if spot.status == RagStatus.MISSING:
        return "missing"
    if spot.status in (RagStatus.RED, RagStatus.AMBER):
        return f"{spot.status} at {spot.value}"
    return spot.note or "without a value"


def movement_words(spot: Spot) -> str:
    """Say what the value did: "rose by 3.4 points", or "" where there is nothing to compare."""
    if not spot.moved.direction:
        return ""
    if spot.moved.direction == "flat":
        return "unchanged since the month before"
    verb = "rose" if spot.moved.direction == "up" else "fell"
    return f"{verb} by {spot.moved.words.lstrip('+−')}"


def _worst(judged: Sequence[Spot], kpis: int) -> str:
    if not judged:
        return "no KPI is due"
    name = judged[0].name.lower() if kpis == 1 else "a KPI"
    unit = "CRO" if kpis == 1 else "place"
    for status in (RagStatus.RED, RagStatus.AMBER):
        count = sum(one.status == status for one in judged)
        if count:
            return f"{name} is {status} at {count} of {plural(len(judged), unit)}"
    green = sum(one.status == RagStatus.GREEN for one in judged)
    if green == 0:
        return f"{name} has no value that can be judged"
    if green == len(judged):
        every = "the only CRO" if len(judged) == 1 else f"all {plural(len(judged), unit)}"
        return f"{name} is within its limits at {every}"
    return f"{name} is within its limits at {green} of {plural(len(judged), unit)}"


def _files(missing: int, who: str = "") -> str:
    if not missing:
        return ""
    if who:
        return f"{who} {plural(missing, 'file')}"
    return f"{plural(missing, 'file')} {'is' if missing == 1 else 'are'} missing"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
