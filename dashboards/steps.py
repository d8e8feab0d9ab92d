"""The computation of one result as a page shows it. Plain data."""

from dataclasses import dataclass

from dashboards.selectors.sources import OriginalFile, Part
from kpis.engine.explaining.terms import Terms


@dataclass(frozen=True)
class Source:
    """A listing of one submission: its rows, its sealed table, the files that they stand in."""

    listing: str
    rows: int
    part: Part
    sha256: str
    files: tuple[OriginalFile, ...]


@dataclass(frozen=True)
class Reason:
    """Rows left out for one reason; `number` names it in the address of their list."""

    number: int
    words: str
    count: int


@dataclass(frozen=True)
class StepShown:
    """One step of the computation in words and numbers.

    `reasons` left rows out, `idle` are those that left none. `role` is denominator, numerator or
    both; `part` is what the page of rows calls it.
    """

    role: str
    part: str
    title: str
    listing: str
    follows: bool
    start: int
    reasons: tuple[Reason, ...]
    idle: tuple[str, ...]
    kept: int
    weighs: str
    total: str


@dataclass(frozen=True)
class Computation:
    """All of it; without `steps`, `why` says why there is nothing to compute."""

    sources: tuple[Source, ...]
    steps: tuple[StepShown, ...] = ()
    lines: tuple[str, ...] = ()
    terms: Terms | None = None
    judgement: tuple[str, ...] = ()
    rag: str = ""
    agrees: bool = True
    why: str = ""
