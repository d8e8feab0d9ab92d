"""One thing that wants attention, with what is known of it, before and after it is ranked."""

from dataclasses import dataclass
from datetime import date

from dashboards.attention.kinds import Kind, Turn
from dashboards.attention.weights import Severity

# A record as the audit trail names it: its table and its number.
Subject = tuple[str, int]


@dataclass(frozen=True)
class Place:
    """Whose it is and where: the CRO and the study are None where it concerns none or several."""

    sponsor_id: int
    vendor_id: int | None = None
    vendor: str = ""
    study_id: int | None = None
    protocol: str = ""


@dataclass(frozen=True)
class Matter:
    """What a kind knows. `key` tells it from all others, also on another day.

    `size` counts the cases, KPIs or functions concerned, in the words of `size_words`. Time runs
    from `began`, or to and from the day `due`. `last_word` is the day on which somebody last said
    or did something about it; None where nobody did, and then silence runs from `began`. It is
    looked up in the audit trail by `subjects`, the records concerned; with `comments_only` what was
    merely done with them, such as handing over a month more, breaks no silence.
    `link` leads to the thing itself, `act` to where the one step is taken, `verb` and `turn`
    replace those of the kind. `mark` is a RagStatus, or empty.
    """

    key: str
    kind: Kind
    severity: Severity
    what: str
    place: Place
    link: str
    act: str
    began: date
    since_words: str
    due: date | None = None
    size: float = 1
    size_words: str = ""
    functions: frozenset[str] = frozenset()
    critical: bool = False
    subjects: frozenset[Subject] = frozenset()
    comments_only: bool = False
    last_word: date | None = None
    silence_words: str = "nobody has said anything about it"
    mark: str = ""
    verb: str = ""
    turn: Turn | None = None


@dataclass(frozen=True)
class Factor:
    """A factor with the evidence for it."""

    value: float
    words: str


@dataclass(frozen=True)
class Item:
    """A matter in its place in the ranking; `clock` says its time in a few words."""

    matter: Matter
    risk: Factor
    time: Factor
    neglect: Factor
    clock: str
    clock_state: str

    @property
    def score(self) -> float:
        """Risk × time × neglect."""
        return self.risk.value * self.time.value * self.neglect.value

    @property
    def why(self) -> str:
        """The evidence of the three factors in one line."""
        words = "; ".join(one.words for one in (self.risk, self.time, self.neglect) if one.words)
        return words[:1].upper() + words[1:]

    @property
    def arithmetic(self) -> str:
        """The score as it was multiplied."""
        parts = (("risk", self.risk), ("time", self.time), ("neglect", self.neglect))
        product = " × ".join(f"{name} {one.value:.1f}" for name, one in parts)
        return f"{product} = {self.score:.1f}"
