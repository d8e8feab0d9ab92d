"""What one KPI is and what makes it valid.

`KpiDefinition` is the only schema of a catalogue file: each of its fields is a key of the TOML file
and each key is a field. Rules that need no other definition are here (`problems_of`); rules that
need the whole catalogue are in `catalogue.py`, the reading of values in `reading.py`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property

from kpis.engine.comparison import Comparison
from kpis.engine.terms import (
    Asked,
    Cadence,
    Dimension,
    Direction,
    EngagementModel,
    Kind,
    Level,
    ProvenanceKind,
    RagStatus,
    TimeSemantics,
    Unit,
)

LONGEST_SHORT_NAME = 17

# Fields that explain a KPI, or say where it is asked, and change neither count nor judgement.
PROSE = (
    "name",
    "short_name",
    "question",
    "rationale",
    "owner",
    "balancing",
    "balancing_reason",
    "gaming",
    "examples",
    "asked",
    "change",
)

# Fields that came later: unset, they leave the digest of older definitions as it was.
LATER = ("engagement_models", "comparison")

# Written for `functions` by a KPI about the people of an engagement, whatever it was delegated.
ANY_FUNCTION = "*"

Limit = float | tuple[float, float]


@dataclass(frozen=True)
class Provenance:
    """Where a number comes from: its kind, a sentence, and the year where it was published."""

    kind: ProvenanceKind
    source: str
    year: int | None = None


@dataclass(frozen=True)
class Limits:
    """The amber and the red limit; one number each, or a pair (low, high) for a band."""

    amber: Limit
    red: Limit
    provenance: Provenance


@dataclass(frozen=True)
class Minimum:
    """The smallest denominator that may carry a colour, and why that number."""

    denominator: int
    provenance: Provenance


@dataclass(frozen=True)
class Example:
    """A worked example: rows per listing, a cut-off, and what must come out of them."""

    name: str
    cutoff_date: date
    rows: Mapping[str, tuple[Mapping[str, object], ...]]
    rag: RagStatus
    period_start: date | None = None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None


@dataclass(frozen=True)
class KpiDefinition:
    """One version of one KPI.

    `limits` may be absent where only a comparison between units or a trend is fair; such a KPI has
    values and no colour. `balancing` names the KPI that worsens when this one is gamed; a KPI
    without one says why in `balancing_reason`. `change` says of a version after the first what is
    different from the one before, and why. A KPI applies where one of its `functions` is
    delegated, or any function with ("*",), in an engagement of its `engagement_models`, or of any
    model without them; one that is asked “when-chosen” only where the sponsor has chosen it.
    """

    slug: str
    version: int
    name: str
    short_name: str
    family: str
    kind: Kind
    question: str
    rationale: str
    dimension: Dimension
    functions: tuple[str, ...]
    formula: str
    parameters: Mapping[str, object]
    listings: tuple[str, ...]
    numerator_words: str
    denominator_words: str
    unit: Unit
    direction: Direction
    time: TimeSemantics
    minimum: Minimum
    cadence: Cadence
    grain: tuple[Level, ...]
    owner: str
    gaming: tuple[str, ...]
    effective_from: date
    examples: tuple[Example, ...]
    asked: Asked
    limits: Limits | None = None
    balancing: str | None = None
    balancing_reason: str | None = None
    engagement_models: tuple[EngagementModel, ...] = ()
    comparison: Comparison | None = None
    change: str | None = None

    def applies_to(self, *, function: str, engagement_model: str) -> bool:
        """Tell whether an engagement of this model to which `function` is delegated has the KPI."""
        if self.engagement_models and engagement_model not in self.engagement_models:
            return False
        return ANY_FUNCTION in self.functions or function in self.functions

    @property
    def minimum_denominator(self) -> int:
        """The smallest denominator that may carry a colour."""
        return self.minimum.denominator

    def digest(self) -> str:
        """Return the SHA-256 (hex) of everything that changes the meaning, `PROSE` left out."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        meaning = {
            name: value
            for name, value in asdict(self).items()
            if name not in PROSE and (value or name not in LATER)
        }
        text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, default=date.isoformat)
        return hashlib.sha256(text.encode()).hexdigest()


def problems_of(definition: KpiDefinition) -> list[str]:
    """Return what is wrong with a definition taken by itself, as sentences."""
    problems = []
    if len(definition.short_name) > LONGEST_SHORT_NAME:
        problems.append(
            f"short_name “{definition.short_name}” has {len(definition.short_name)} characters; "
            f"at most {LONGEST_SHORT_NAME} fit a heatmap cell"
        )
    if definition.version < 1:
        problems.append("version counts from 1")
    if definition.version > 1 and not definition.change:
        problems.append("does not say in change what is different from the version before, and why")
    if definition.version == 1 and definition.change:
        problems.append("change is only for a version after the first")
    if definition.minimum.denominator < 1:
        problems.append("minimum.denominator must be at least 1")
    if definition.limits:
        problems += limit_problems(definition.limits, definition.direction)
    if definition.balancing and definition.balancing_reason:
        problems.append("balancing_reason is only for a KPI without a balancing partner")
    if not definition.balancing and not definition.balancing_reason:
        problems.append("names no balancing partner and does not say why in balancing_reason")
    if ANY_FUNCTION in definition.functions and len(definition.functions) > 1:
        problems.append("functions: “*” means any function and stands alone")
    for name in ("functions", "listings", "grain", "gaming", "examples"):
        if not getattr(definition, name):
            problems.append(f"{name} is empty")
    return problems


def limit_problems(limits: Limits, direction: Direction) -> list[str]:
    """Return how limits contradict the direction, as sentences without capital and full stop."""
    amber, red = limits.amber, limits.red
    if direction is Direction.BAND:
        if isinstance(amber, float) or isinstance(red, float):
            return ["limits of a band are pairs: [low, high]"]
        if not red[0] <= amber[0] < amber[1] <= red[1]:
            return ["limits against direction: the amber band must lie inside the red one"]
        return []
    if isinstance(amber, tuple) or isinstance(red, tuple):
        return [f"limits of direction “{direction}” are one number each"]
    if direction is Direction.LOWER and amber > red:
        return ["limits against direction: lower is better, so red cannot lie below amber"]
    if direction is Direction.HIGHER and amber < red:
        return ["limits against direction: higher is better, so red cannot lie above amber"]
    return []
