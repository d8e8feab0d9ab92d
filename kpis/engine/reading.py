"""Turns the mapping read from a TOML file into a dataclass, by the dataclass's own field types.

Knows nothing about KPIs. All problems of a mapping are gathered, none stops the reading; a value is
never converted by guess (no text to number, no number to text).
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


class ReadingError(ValueError):
    """A mapping does not fit its dataclass; `problems` holds one sentence per misfit."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read(cls: type[T], mapping: Mapping[str, object], *, where: str = "") -> T:
    """Return `mapping` as an instance of dataclass `cls`, or raise ReadingError with all problems.

    Refused: unknown key, missing key, value of another type, blank text, and what the dataclass
    itself refuses with a ValueError.
    """
    hints = _hints(cls)  # type: ignore[arg-type]  # a class is hashable, whatever its instances are
    known = fields(cls)  # type: ignore[arg-type]  # a type variable cannot be bound to "a dataclass"
    problems = [
        f"unknown key “{where}{key}”"
        for key in mapping
        if key not in {field.name for field in known}
    ]
    values: dict[str, Any] = {}
    for field in known:
        if field.name in mapping:
            try:
                name = f"{where}{field.name}"
                values[field.name] = _value(hints[field.name], mapping[field.name], name)
            except ReadingError as error:
                problems += error.problems
        elif field.default is MISSING:
            problems.append(f"missing key “{where}{field.name}”")
    if problems:
        raise ReadingError(problems)
    try:
        return cls(**values)
    except ValueError as error:
        raise ReadingError([f"{where}{error}"]) from error


@cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    """Return the types of the fields, looked up once: a catalogue reads thousands of mappings."""
    return typing.get_type_hints(cls)


def _value(hint: Any, value: object, name: str) -> Any:
    origin = typing.get_origin(hint)
    if origin is types.UnionType:
        return _one_of(typing.get_args(hint), value, name)
    if origin is tuple:
        return _items(typing.get_args(hint), value, name)
    if origin is Mapping:
        return _entries(typing.get_args(hint)[1], value, name)
    if isinstance(hint, type) and is_dataclass(hint):
        return read(hint, _expect(value, dict, name, "a table"), where=f"{name}.")
    return _plain(hint, value, name)


def _plain(hint: Any, value: object, name: str) -> Any:
    if hint is object:
        return value
    if issubclass(hint, StrEnum):
        if value not in list(hint):
            raise ReadingError([f"{name} “{value}” is none of: {', '.join(hint)}"])
        return hint(value)
    if hint is str:
        text: str = _expect(value, str, name, "text")
        if not text.strip():
            raise ReadingError([f"{name} is blank"])
        return text
    if hint is bool:
        if not isinstance(value, bool):
            raise ReadingError([f"{name} must be true or false"])
        return value
    if hint is float:
        return float(_expect(value, (int, float), name, "a number"))
    if hint is date and isinstance(value, datetime):
        raise ReadingError([f"{name} must be a date without a time"])
    return _expect(value, hint, name, {int: "a whole number", date: "a date"}[hint])


def _one_of(hints: tuple[Any, ...], value: object, name: str) -> Any:
    """Read by the first type that fits; when none does, say what each wanted."""
    problems = []
    for hint in hints:
        if hint is not type(None):
            try:
                return _value(hint, value, name)
            except ReadingError as error:
                problems += error.problems
    raise ReadingError([", or ".join(problems)])


def _items(hints: tuple[Any, ...], value: object, name: str) -> tuple[Any, ...]:
    items = _expect(value, list, name, "a list")
    if hints[-1] is Ellipsis:
        hints = hints[:1] * len(items)
    if len(items) != len(hints):
        raise ReadingError([f"{name} must hold {len(hints)} values"])
    values, problems = [], []
    for number, (hint, item) in enumerate(zip(hints, items, strict=True), start=1):
        try:
            values.append(_value(hint, item, f"{name}[{number}]"))
        except ReadingError as error:
            problems += error.problems
    if problems:
        raise ReadingError(problems)
    return tuple(values)


def _entries(hint: Any, value: object, name: str) -> dict[str, Any]:
    table = _expect(value, dict, name, "a table")
    return {key: _value(hint, entry, f"{name}.{key}") for key, entry in table.items()}


def _expect(value: object, kind: type | tuple[type, ...], name: str, words: str) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ReadingError([f"{name} must be {words}"])
    return value
