"""Who holds a function on a study on a day: the one place where effective dates are read. Pure.

Records of one study and one function go in; for every date and place exactly one answer comes out,
also where nothing is recorded. A record of a region goes before one for everywhere, in that region
and on its days alone. What an answer means for the sponsor (a gap, a late contract) is judged in
`studies/coverage`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from vendors.regions import Region

EVERYWHERE = ""
REGIONS = tuple(Region.values)  # once: the choices of an enumeration are made at each call


class Holding(StrEnum):
    """How a function is held on a day; the first four are the values of `Delegation.Kind`."""

    TRANSFERRED = "transferred"
    SHARED = "shared"
    RETAINED = "retained"
    NOT_APPLICABLE = "not-applicable"
    OVERLAP = "overlap"
    BY_DEFAULT = "by-default"

    @property
    def label(self) -> str:
        """The answer in words."""
        return LABELS[self]


LABELS: Mapping[Holding, str] = {
    Holding.TRANSFERRED: "Transferred to the CRO",
    Holding.SHARED: "Shared",
    Holding.RETAINED: "Retained by the sponsor",
    Holding.NOT_APPLICABLE: "Not applicable",
    Holding.OVERLAP: "Held twice",
    Holding.BY_DEFAULT: "Retained by default, unconfirmed",
}


class Dated(Protocol):
    """What is asked of a delegation record; a frozen dataclass that carries more does as well."""

    @property
    def kind(self) -> str:
        """A value of `Delegation.Kind`."""

    @property
    def holder(self) -> int | None:
        """The number of the CRO that holds it, or shares it; None: the sponsor alone."""

    @property
    def region(self) -> str:
        """A value of `Region`; empty: everywhere."""

    @property
    def from_date(self) -> date:
        """The first day on which it holds."""

    @property
    def until_date(self) -> date | None:
        """The last day on which it holds; None: open."""


R = TypeVar("R", bound=Dated)


@dataclass(frozen=True)
class Record:
    """One delegation, as little of it as an answer needs."""

    pk: int
    kind: str
    holder: int | None
    from_date: date
    until_date: date | None = None
    region: str = EVERYWHERE


@dataclass(frozen=True)
class Answer(Generic[R]):
    """Who holds it: how, and by which records, in the order given (none: by default)."""

    holding: Holding
    records: tuple[R, ...]


@dataclass(frozen=True)
class Span(Generic[R]):
    """Days on which one answer holds, both included; `last` None: from then on.

    The first span of all begins with `date.min`.
    """

    first: date
    last: date | None
    answer: Answer[R]


def answer(records: Iterable[R], *, on: date, region: str = EVERYWHERE) -> Answer[R]:
    """Return who holds it on a day in a region, or everywhere where no region has its own record.

    Several records of one day are one answer where all of them share it, each saying who does
    what, or where all transfer it to one CRO. Any other two contradict each other: OVERLAP.
    """
    of_day = [one for one in records if holds(one, on)]
    own = [one for one in of_day if one.region == region]
    found = tuple(own or [one for one in of_day if one.region == EVERYWHERE])
    return Answer(_holding(found), found)


def places(records: Iterable[R], *, on: date) -> tuple[str, ...]:
    """Return where answers may differ on a day: the regions that have records, then everywhere.

    Everywhere else is left out on a day on which each region has a record of its own.
    """
    named = {one.region for one in records if holds(one, on)} - {EVERYWHERE}
    if not named:
        return (EVERYWHERE,)
    regions = tuple(region for region in REGIONS if region in named)
    return regions if len(regions) == len(REGIONS) else (*regions, EVERYWHERE)


def answers(
    records: Iterable[R], *, on: date, regions: Iterable[str] | None = None
) -> dict[str, Answer[R]]:
    """Return one answer for each of the regions asked about; asked about none: for `places`."""
    known = tuple(records)
    asked = places(known, on=on) if regions is None else regions
    return {region: answer(known, on=on, region=region) for region in asked}


def spans(records: Iterable[R], *, region: str = EVERYWHERE) -> tuple[Span[R], ...]:
    """Cut all of time into spans of one answer each, in order, without a gap and disjoint."""
    known = tuple(one for one in records if one.region in (region, EVERYWHERE))
    begins = {date.min} | {one.from_date for one in known}
    begins |= {
        one.until_date + timedelta(days=1)
        for one in known
        if one.until_date is not None and one.until_date < date.max
    }
    found: list[tuple[date, Answer[R]]] = []
    for day in sorted(begins):
        given = answer(known, on=day, region=region)
        if not found or found[-1][1] != given:
            found.append((day, given))
    ends = [day - timedelta(days=1) for day, _ in found[1:]]
    return tuple(
        Span(day, last, given) for (day, given), last in zip(found, [*ends, None], strict=True)
    )


def holds(record: Dated, on: date) -> bool:
    """Say whether a record is of that day; its first and its last day count."""
    return record.from_date <= on and (record.until_date is None or record.until_date >= on)


def _holding(found: tuple[Dated, ...]) -> Holding:
    kinds = {one.kind for one in found}
    if not kinds:
        return Holding.BY_DEFAULT
    if len(kinds) > 1:
        return Holding.OVERLAP
    kind = Holding(kinds.pop())
    several = len({one.holder for one in found}) > 1
    return Holding.OVERLAP if kind == Holding.TRANSFERRED and several else kind
