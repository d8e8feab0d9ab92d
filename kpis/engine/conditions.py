"""The conditions by which rows of a listing count: what a KPI may ask of a row. No arithmetic.

How they are applied lives in `cases.py`; how much a row weighs in `weights.py`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Span(StrEnum):
    """Which days count; every span ends with the data cut-off."""

    PERIOD = "period"  # from the first day of the period
    THREE_MONTHS = "three-months"  # from the first day of the month two months before it
    TWELVE_MONTHS = "twelve-months"  # from the first day of the month eleven months before it
    CUTOFF = "cutoff"  # everything


# Months before that of the period in which a trailing span begins.
MONTHS_BEFORE = {Span.THREE_MONTHS: 2, Span.TWELVE_MONTHS: 11}


class Undated(StrEnum):
    """What happens to a row without a day."""

    COUNTED = "counted"  # it stands in a listing made at the cut-off, so it happened before it
    APART = "apart"


@dataclass(frozen=True)
class Dated:
    """Rows count by the day in `column`; what has no day is treated as `undated` says."""

    column: str
    within: Span
    undated: Undated = Undated.APART

    def __post_init__(self) -> None:
        """Refuse undated rows in a period: nothing says that they belong to it."""
        if self.within is not Span.CUTOFF and self.undated is Undated.COUNTED:
            raise ValueError("dated: rows without a day cannot be counted within a period")


@dataclass(frozen=True)
class Standing:
    """Only cases that are open at the end of the cut-off day (see `times.standing`).

    With `months_before` the day is so many months before it: who was there a year ago.
    """

    opened: str
    closed: str
    state: str | None = None
    months_before: int = 0


@dataclass(frozen=True)
class OnTime:
    """Only cases done by the cut-off, on or before the day that was due."""

    done: str
    due: str


@dataclass(frozen=True)
class StoppedBefore:
    """Leaves out cases that were stopped before a day of theirs, such as the day they were due."""

    stopped: str
    day: str


@dataclass(frozen=True)
class Split:
    """A column by whose values cases are also counted apart; others count as “other”."""

    column: str
    values: tuple[str, ...]
