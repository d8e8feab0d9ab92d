"""How numbers, values and limits are written."""

from typing import Any

import pytest

from kpis.engine.terms import Direction, ProvenanceKind, Unit
from kpis.engine.wording import (
    DECIMALS,
    PROVENANCE_WORDS,
    SUFFIXES,
    formula_words,
    limit_words,
    limits_words,
    number_words,
    value_words,
)
from tests.engine.builders import judged, query_aging


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (18.4123, "%", "18.4\u00a0%"),
        (-1.5, "%", "\u22121.5\u00a0%"),
        (-0.04, "%", "0.0\u00a0%"),
        (2239, "n", "2,239"),
        (0.974, "ratio", "0.97"),
        (12, "d", "12.0\u00a0d"),
        (7.25, "h", "7.2\u00a0h"),
        (3.1, "per 100", "3.1\u00a0per\u00a0100"),
        (None, "%", "–"),
    ],
)
def test_a_value_has_its_unit(value: float | None, unit: str, words: Any) -> None:
    assert value_words(value, Unit(unit)) == words


def test_a_number_may_be_absent() -> None:
    assert number_words(None) == "–"
    assert number_words(-1234.5, decimals=1) == "\u22121,234.5"


@pytest.mark.parametrize(
    ("limit", "words"), [(5.0, "5\u00a0%"), (99.95, "99.95\u00a0%"), (100.0, "100\u00a0%")]
)
def test_a_limit_keeps_its_decimals(limit: float, words: Any) -> None:
    assert limit_words(limit, Unit.PERCENT) == words


@pytest.mark.parametrize(
    ("direction", "amber", "red", "words"),
    [
        (Direction.LOWER, 5.0, 10.0, ("up to 5 %", "over 5 %", "over 10 %")),
        (Direction.HIGHER, 95.0, 90.0, ("at least 95 %", "under 95 %", "under 90 %")),
        (
            Direction.BAND,
            (80.0, 95.0),
            (70.0, 105.0),
            ("80 % to 95 %", "under 80 % or over 95 %", "under 70 % or over 105 %"),
        ),
    ],
)
def test_limits_are_written_by_colour(
    direction: Direction, amber: Any, red: Any, words: Any
) -> None:
    found = limits_words(judged(direction, amber, red))
    assert list(found) == ["green", "amber", "red"]
    assert tuple(text.replace("\u00a0", " ") for text in found.values()) == words


def test_a_kpi_without_limits_has_none_to_write() -> None:
    assert limits_words(query_aging(limits=None)) == {}


def test_a_formula_is_one_line() -> None:
    assert formula_words(query_aging()) == (
        "100 × open queries older than 14 days / all open queries at the data cut-off"
    )
    assert formula_words(query_aging(unit=Unit.DAYS)).startswith("open queries")


def test_every_unit_and_provenance_has_words() -> None:
    assert set(SUFFIXES) == set(Unit) > set(DECIMALS)
    assert set(PROVENANCE_WORDS) == set(ProvenanceKind)
