"""What a list can be narrowed by: named choices, each a condition on its rows.

A list declares its filters; its page, its file and its search for words narrow by the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filter:
    """One choice above a list; `key` is its word in the address, `to_q` what a value means."""

    key: str
    label: str
    choices: Choices
    to_q: Callable[[str], Q]

    def condition(self, value: str) -> Q | None:
        """Return what a value of the address keeps; None for one that is no choice."""
        return self.to_q(value) if value in dict(self.choices) else None


@dataclass(frozen=True)
class ShownFilter:
    """A filter as a page shows it: `chosen` is empty where it keeps everything."""

    key: str
    label: str
    choices: Choices
    chosen: str


def by_choice(key: str, label: str, choices: Iterable[Any], *, field: str = "") -> Filter:
    """Filter by a field with fixed choices."""
    pairs = tuple((str(value), str(words)) for value, words in choices if value != "")
    return Filter(key, label, pairs, lambda value: Q(**{field or key: value}))


def by_record(
    key: str, label: str, found: "QuerySet[Any]", *, name: str, field: str = ""
) -> Filter:
    """Filter by another record, named by its field `name`; one statement."""
    pairs = found.order_by(name, "pk").values_list("pk", name)
    choices = tuple((str(pk), str(words)) for pk, words in pairs)
    return Filter(key, label, choices, lambda value: Q(**{field or key: int(value)}))


def by_value(key: str, label: str, found: "QuerySet[Any]", *, field: str) -> Filter:
    """Filter by the values that a text field has; one statement."""
    values = found.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()
    return Filter(
        key, label, tuple((value, value) for value in values), lambda value: Q(**{field: value})
    )


def by_answer(key: str, label: str, answers: Iterable[tuple[str, str, Q]]) -> Filter:
    """Filter by answers that each say what they keep: (word, label, condition)."""
    known = tuple(answers)
    conditions = {word: condition for word, _, condition in known}
    choices = tuple((word, words) for word, words, _ in known)
    return Filter(key, label, choices, lambda value: conditions[value])


def by_period(start: str, end: str, *, on: date) -> Filter:
    """Filter by whether a record holds on a day, both of its days included."""
    over, to_come = Q(**{f"{end}__lt": on}), Q(**{f"{start}__gt": on})
    return by_answer(
        "state",
        "State",
        (
            ("current", "current", ~over & ~to_come),
            ("future", "not yet begun", to_come),
            ("ended", "ended", over),
        ),
    )
