"""One found problem, and how cells are named in it.

Sentences are written where a problem is found; what its class means and what to do is in `rules`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.submissions.reading.rules import RULES, Rule, Severity

__all__ = [
    "RULES",
    "Problem",
    "Rule",
    "Severity",
    "address",
    "column_letters",
    "has_errors",
    "shorten",
]

VALUE_LENGTH = 80


@dataclass(frozen=True)
class Problem:
    """One finding. `file` is the index in the submission, `row` is 1-based, `cell` is A1.

    `count` is more than 1 where one finding stands for many cells, too many to name each.
    """

    rule: str
    sentence: str
    file: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    value: str | None = None
    count: int = 1

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"There is no rule called {self.rule!r}.")

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return RULES[self.rule].severity

    @property
    def advice(self) -> str:
        """What to do about it, from the rule."""
        return RULES[self.rule].advice


def shorten(value: object) -> str:
    """Return `value` as one line of at most 80 characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"


def column_letters(position: int) -> str:
    """Return the letters of the column at `position`, counted from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(position: int, row: int) -> str:
    """Return the A1 address of a cell: column counted from 0, row from 1."""
    return f"{column_letters(position)}{row}"


def has_errors(problems: Sequence[Problem]) -> bool:
    """Tell whether any of the problems blocks."""
    return any(problem.severity is Severity.ERROR for problem in problems)
