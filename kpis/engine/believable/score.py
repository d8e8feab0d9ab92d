"""All signs of a history together: what was found, what could not be asked, and a score.

The score begins at 100 and each sign that is found takes off its points, down to 0. The points say
how hard a sign is to explain innocently; they are defaults, not an industry standard, and stand in
`POINTS` for everybody to read. A sign that could not be asked takes off nothing and is named: 100
from two questions says less than 100 from eight. With nothing asked there is no score.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kpis.engine.believable.context import partner_worse, reported_differs, restated, shrinking
from kpis.engine.believable.history import History, Sign, SignName
from kpis.engine.believable.pattern import constant, copied, heaped, rounded

POINTS: Mapping[SignName, int] = {
    SignName.REPORTED: 30,
    SignName.COPIED: 25,
    SignName.RESTATED: 25,
    SignName.PARTNER: 20,
    SignName.HEAPED: 20,
    SignName.CONSTANT: 15,
    SignName.SHRINKING: 15,
    SignName.ROUNDED: 10,
}
TITLES: Mapping[SignName, str] = {
    SignName.REPORTED: "The CRO's own figure differs",
    SignName.COPIED: "Copied forward",
    SignName.RESTATED: "Restated after a meeting",
    SignName.PARTNER: "Balancing partner gets worse",
    SignName.HEAPED: "Heaped at the limit",
    SignName.CONSTANT: "Constant value",
    SignName.SHRINKING: "Shrinking denominator",
    SignName.ROUNDED: "Rounded counts",
}
QUESTIONS: Mapping[SignName, Callable[[History], Sign]] = {
    SignName.REPORTED: reported_differs,
    SignName.COPIED: copied,
    SignName.RESTATED: restated,
    SignName.PARTNER: partner_worse,
    SignName.HEAPED: heaped,
    SignName.CONSTANT: constant,
    SignName.SHRINKING: shrinking,
    SignName.ROUNDED: rounded,
}
# From this score on, in words.
LEVELS = ((85, "no reason to doubt it"), (60, "worth a question"), (0, "hard to believe"))


@dataclass(frozen=True)
class Believability:
    """`signs` were found, heaviest first; `clear` asked and not found; `unasked` lack something.

    `score` is None where nothing could be asked.
    """

    score: int | None
    signs: tuple[Sign, ...]
    clear: tuple[Sign, ...]
    unasked: tuple[Sign, ...]

    @property
    def words(self) -> str:
        """The score in words."""
        if self.score is None:
            return "too little history to ask"
        return next(words for least, words in LEVELS if self.score >= least)


def signs_of(history: History) -> tuple[Sign, ...]:
    """Return the answer to every question, in the order of their points."""
    return tuple(ask(history) for ask in QUESTIONS.values())


def believability(history: History) -> Believability:
    """Return what the history says about the value of its last month."""
    signs = signs_of(history)
    found = tuple(one for one in signs if one.found)
    unasked = tuple(one for one in signs if one.unasked)
    asked = len(signs) - len(unasked)
    lost = sum(POINTS[one.name] for one in found)
    return Believability(
        score=max(100 - lost, 0) if asked else None,
        signs=found,
        clear=tuple(one for one in signs if not one.found and not one.unasked),
        unasked=unasked,
    )
