"""Cells that could not be read, told apart: a word in place of a value, a number with its unit."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kpis.submissions.reading.problems import Problem

UNREAD = frozenset({"not-a-number", "not-a-date", "unknown-choice", "blank-required"})
PLACEHOLDER = re.compile(
    r"n\.?/?a\.?|not applicable|not available|tbc|tbd|to be (?:confirmed|determined)"
    r"|nil|-+|–|—|\?+|x+|\.+",
    re.IGNORECASE,
)
WITH_UNIT = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>days?|d|weeks?|wks?|months?|hours?|hrs?|h|min(?:ute)?s?"
    r"|years?|eur|usd|gbp|chf|[€$£])\.?|(?P<sign>[€$£])\s*(?P<amount>\d[\d.,]*)",
    re.IGNORECASE,
)


def told_apart(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems with those about placeholders and units under rules of their own.

    A state or word that is no placeholder stays what it was.
    """
    return [_told(one) if one.rule in UNREAD and one.value else one for one in problems]


def _told(problem: Problem) -> Problem:
    value = (problem.value or "").strip()
    where = f"'{value}' in {problem.column}, row {problem.row}, "
    if PLACEHOLDER.fullmatch(value):
        return replace(
            problem,
            rule="placeholder",
            sentence=f"{where}stands for no value, and every row needs one. Fill it in.",
        )
    unit = WITH_UNIT.fullmatch(value)
    if unit is not None and problem.rule == "not-a-number":
        number = unit["number"] or unit["amount"]
        return replace(
            problem,
            rule="number-with-unit",
            sentence=f"{where}carries its unit. Write the number alone, in the unit of the column:"
            f" {number} only if it is that unit already.",
        )
    return problem
