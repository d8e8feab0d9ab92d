"""Filters above a list: the choices, and which of them the address asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """One entry of a filter; `marked` where the address asks for it."""

    value: str
    words: str
    marked: bool


@dataclass(frozen=True)
class Filter:
    """One filter above a list; the address carries `name`."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        """Return the value that is asked for; empty for all."""
        return next((choice.value for choice in self.choices if choice.marked), "")


def filter_of(
    name: str, label: str, values: Sequence[tuple[Any, str]], wanted: Mapping[str, str]
) -> Filter:
    """Return a filter with 'All' before its values; an unknown value asks for all."""
    asked = wanted.get(name, "")
    choices = [Choice(str(value), words, str(value) == asked) for value, words in values]
    return Filter(
        name, label, (Choice("", "All", not any(one.marked for one in choices)), *choices)
    )
