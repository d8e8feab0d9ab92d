"""From value to status: every direction, at, before and beyond each limit."""

import pytest

from kpis.engine.definition import KpiDefinition
from kpis.engine.rag import rag_status
from kpis.engine.terms import Direction, RagStatus
from tests.engine.builders import judged, query_aging

LOWER = judged(Direction.LOWER, 5.0, 10.0)
HIGHER = judged(Direction.HIGHER, 95.0, 90.0)
BAND = judged(Direction.BAND, (80.0, 95.0), (70.0, 105.0))


@pytest.mark.parametrize(
    ("definition", "value", "expected"),
    [
        (LOWER, 0.0, "green"),
        (LOWER, 5.0, "green"),
        (LOWER, 5.0000001, "amber"),
        (LOWER, 9.96, "amber"),
        (LOWER, 10.0, "amber"),
        (LOWER, 10.04, "red"),  # shown as 10.0 %, and over the limit
        (LOWER, float("inf"), "red"),
        (HIGHER, 100.0, "green"),
        (HIGHER, 95.0, "green"),
        (HIGHER, 94.96, "amber"),  # shown as 95.0 %, and under the limit
        (HIGHER, 90.0, "amber"),
        (HIGHER, 89.999, "red"),
        (BAND, 80.0, "green"),
        (BAND, 95.0, "green"),
        (BAND, 79.99, "amber"),
        (BAND, 95.01, "amber"),
        (BAND, 70.0, "amber"),
        (BAND, 105.0, "amber"),
        (BAND, 69.99, "red"),
        (BAND, 105.01, "red"),
    ],
)
def test_the_limit_itself_keeps_the_better_colour(
    definition: KpiDefinition, value: float | None, expected: str
) -> None:
    assert rag_status(value=value, denominator=30, definition=definition) == expected


@pytest.mark.parametrize(
    ("value", "denominator"),
    [(None, 100), (None, 0), (None, None), (3.0, None), (3.0, 0), (3.0, 29), (float("nan"), 100)],
)
def test_too_little_data_has_no_colour(value: float | None, denominator: float | None) -> None:
    status = rag_status(value=value, denominator=denominator, definition=LOWER)
    assert status is RagStatus.INSUFFICIENT


def test_the_minimum_denominator_is_enough() -> None:
    assert rag_status(value=3.0, denominator=30, definition=LOWER) is RagStatus.GREEN


def test_without_limits_no_colour_applies() -> None:
    definition = query_aging(limits=None)
    assert rag_status(value=99.0, denominator=30, definition=definition) == "not-applicable"
    assert rag_status(value=99.0, denominator=29, definition=definition) == "insufficient"
