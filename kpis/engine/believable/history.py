"""What the signs are read from, and what a sign is. No judgement here but what is worse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Direction, RagStatus

WINDOW = 12  # months that are looked at


class SignName(StrEnum):
    """The closed list of signs."""

    CONSTANT = "constant"
    HEAPED = "heaped"
    COPIED = "copied"
    ROUNDED = "rounded"
    SHRINKING = "shrinking"
    PARTNER = "partner"
    RESTATED = "restated"
    REPORTED = "reported"


@dataclass(frozen=True)
class Restatement:
    """What stood before a month was restated, and on which day each of the two was taken in."""

    first_rag: RagStatus
    first_value: float | None
    first_on: date
    restated_on: date


@dataclass(frozen=True)
class PastMonth:
    """One month of a KPI as it stands now; None where there is no number.

    `figures` are the further figures of the formula, `reported` the CRO's own figure.
    """

    period: date
    rag: RagStatus
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    figures: Mapping[str, object] = field(default_factory=dict)
    restatement: Restatement | None = None
    reported: float | None = None


@dataclass(frozen=True)
class History:
    """The months of one KPI in one scope, oldest first, the last the one that is judged.

    Every month stands in it, also one without a result.
    `partner` is the balancing KPI with its own months. `meetings` are the days on which figures
    were shown to somebody; None where nobody records them.
    """

    definition: KpiDefinition
    months: Sequence[PastMonth]
    partner: KpiDefinition | None = None
    partner_months: Sequence[PastMonth] = ()
    meetings: Sequence[date] | None = None

    @property
    def recent(self) -> Sequence[PastMonth]:
        """The months that are looked at."""
        return self.months[-WINDOW:]

    @property
    def told(self) -> list[PastMonth]:
        """The recent months with a value."""
        return [one for one in self.recent if one.value is not None]


@dataclass(frozen=True)
class Evidence:
    """What was seen in one month."""

    period: date
    words: str


@dataclass(frozen=True)
class Sign:
    """One question asked of the history: what was found, or why it could not be asked.

    `found` is the sentence, empty where nothing was found; `unasked` says what was lacking.
    """

    name: SignName
    found: str = ""
    evidence: tuple[Evidence, ...] = ()
    unasked: str = ""


def badness(definition: KpiDefinition, value: float) -> float:
    """Return a number that grows as a value gets worse; in a band, the distance outside it."""
    if definition.direction is Direction.LOWER:
        return value
    if definition.direction is Direction.HIGHER:
        return -value
    limits = definition.limits
    low, high = limits.amber if limits and isinstance(limits.amber, tuple) else (value, value)
    return max(low - value, value - high, 0.0)
