"""One month by two versions, and what many such months say together. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpis.engine.terms import RagStatus
from oversight.look.marks import mark_of

# From the best to what says nothing.
ORDER = (
    RagStatus.GREEN,
    RagStatus.AMBER,
    RagStatus.RED,
    RagStatus.INSUFFICIENT,
    RagStatus.NOT_APPLICABLE,
    RagStatus.UNAVAILABLE,
    RagStatus.MISSING,
)
COLOURS = ORDER[:3]

Turn = tuple[str, str]


@dataclass(frozen=True)
class Figures:
    """A result by one version: status, value, and both in words; `behind` is what it came from."""

    version: int
    rag: str
    value: float | None
    words: str
    numerator: float | None
    denominator: float | None
    behind: str


@dataclass(frozen=True)
class Beside:
    """One month of an engagement or of a study under it, by the version on record and the coming.

    `why` says why the coming version has no value; `study` is empty for the engagement as a whole.
    """

    period: date
    vendor: str
    engagement: str
    engagement_id: int
    study: str
    study_id: int | None
    before: Figures
    after: Figures
    why: str = ""

    @property
    def scope(self) -> str:
        """Name engagement and study in an address."""
        return f"{self.engagement_id}-{self.study_id or 0}"

    @property
    def place(self) -> str:
        """Name CRO, engagement and study in words."""
        return ", ".join((self.vendor, self.study or f"{self.engagement} as a whole"))

    @property
    def turn(self) -> Turn:
        """The status on record and that by the coming version."""
        return self.before.rag, self.after.rag

    @property
    def changes(self) -> bool:
        """Tell whether the colour would have been another one."""
        return not self.why and self.before.rag != self.after.rag

    @property
    def worse(self) -> int:
        """How many colours worse; negative where better, 0 where a side has none."""
        if self.why or not set(self.turn) <= set(COLOURS):
            return 0
        return COLOURS.index(RagStatus(self.after.rag)) - COLOURS.index(RagStatus(self.before.rag))


@dataclass(frozen=True)
class Counted:
    """What many months say: how many were judged, what would have changed, what has no value."""

    rows: tuple[Beside, ...]

    @property
    def judged(self) -> tuple[Beside, ...]:
        """Those that the coming version could be computed for."""
        return tuple(one for one in self.rows if not one.why)

    @property
    def changing(self) -> tuple[Beside, ...]:
        """Those that would have another colour."""
        return tuple(one for one in self.rows if one.changes)

    @property
    def lacking(self) -> tuple[Beside, ...]:
        """Those that could not be computed."""
        return tuple(one for one in self.rows if one.why)

    @property
    def turns(self) -> "Counter[Turn]":
        """How often each status would have become each."""
        return Counter(one.turn for one in self.judged)

    @property
    def sentence(self) -> str:
        """Say it all in one or two sentences."""
        judged, changing, lacking = len(self.judged), len(self.changing), len(self.lacking)
        said = [
            f"{number:,} would have been {name_of(after)} instead of {name_of(before)}"
            for (before, after), number in sorted(self.turns.items(), key=_rank)
            if before != after
        ]
        if said:
            text = (
                f"Of {_months(judged)}, {_joined(said)}; {judged - changing:,} keep their colour."
            )
        elif judged:
            text = f"None of {_months(judged)} would have changed colour."
        else:
            text = "No month could be judged."
        return f"{text} {lacking:,} could not be computed." if lacking else text


def name_of(rag: str) -> str:
    """Say a status within a sentence."""
    return mark_of(rag).name.lower()


def statuses(rags: Iterable[str]) -> tuple[str, ...]:
    """Return the statuses that occur, from the best on."""
    found = set(rags)
    return tuple(one.value for one in ORDER if one in found)


def _months(count: int) -> str:
    return f"{count:,} judged month{'' if count == 1 else 's'}"


def _rank(counted: tuple[Turn, int]) -> tuple[int, int, int]:
    """Bring the worst outcome first, then the most frequent."""
    (before, after), number = counted
    order = {status: place for place, status in enumerate(COLOURS)}
    return (-order.get(RagStatus(after), -1), -number, order.get(RagStatus(before), 9))


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
