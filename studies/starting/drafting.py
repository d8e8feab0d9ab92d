"""The rows that a guided start would write, and where they meet what others hold. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from studies.starting.proposing import FSP, FULL_SERVICE, Holder

TRANSFERRED, SHARED = "transferred", "shared"


@dataclass(frozen=True)
class Pick:
    """A function taken in a region (empty: everywhere); with a split it is shared."""

    function_id: int
    region: str = ""
    split: str = ""


@dataclass(frozen=True)
class Draft:
    """One delegation to be written. `overlaps` contradict it; `ended` are the sponsor's own
    records that end on the day before, because the function moves.
    """

    study_id: int
    function_id: int
    region: str
    kind: str
    split: str
    overlaps: tuple[Holder, ...]
    ended: tuple[Holder, ...]


def drafts(
    picks: Iterable[Pick],
    *,
    studies: Iterable[int],
    holders: Iterable[Holder],
    first: date,
    last: date | None,
) -> tuple[Draft, ...]:
    """Return a row for each study and pick, from the first to the last day of the engagement."""
    known: dict[tuple[int, int, str], list[Holder]] = {}
    for one in holders:
        if _meets(one, first, last):
            known.setdefault((one.study_id, one.function_id, one.region), []).append(one)
    wanted = tuple(picks)
    return tuple(
        _draft(study_id, pick, known.get((study_id, pick.function_id, pick.region), []), first)
        for study_id in studies
        for pick in wanted
    )


def sides_of(model: str) -> str:
    """Say whose systems and procedures are used at first: "sponsor", "provider" or open ("").

    FSP staff work in the sponsor's (mission.md item 19); full service comes with the CRO's own.
    """
    return {FSP: "sponsor", FULL_SERVICE: "provider"}.get(model, "")


def _draft(study_id: int, pick: Pick, here: list[Holder], first: date) -> Draft:
    kind = SHARED if pick.split else TRANSFERRED
    ended = tuple(one for one in here if one.sponsor and one.first < first)
    overlaps = tuple(one for one in here if one not in ended and not (kind == one.kind == SHARED))
    return Draft(study_id, pick.function_id, pick.region, kind, pick.split, overlaps, ended)


def _meets(holder: Holder, first: date, last: date | None) -> bool:
    return (last is None or holder.first <= last) and (holder.last is None or holder.last >= first)
