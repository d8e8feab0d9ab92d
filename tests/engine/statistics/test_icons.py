"""What the newest point says, and whether the process keeps its limit."""

import pytest

from kpis.engine.statistics.control import Rebase, u_chart, xmr_chart
from kpis.engine.statistics.icons import (
    ASSURANCE_WORDS,
    VARIATION_WORDS,
    Assurance,
    Variation,
    assurance,
    newest_signals,
    variation,
)
from kpis.engine.terms import Direction

LEVEL = [10.0, 12, 11, 9, 10, 12, 9, 11]  # limits 10.5 ± 2.66 · 12/7: 5.9 and 15.1
LOWER, HIGHER, BAND = Direction.LOWER, Direction.HIGHER, Direction.BAND


def test_up_is_worse_or_better_by_direction() -> None:
    chart = xmr_chart([*LEVEL, 40])
    assert variation(chart, LOWER) is Variation.WORSENING
    assert variation(chart, HIGHER) is Variation.IMPROVING
    assert variation(chart, BAND) is Variation.CHANGING
    assert [one.words for one in newest_signals(chart)] == ["above the upper limit"]
    assert variation(xmr_chart([*LEVEL, 40, 10]), LOWER) is Variation.COMMON_CAUSE
    assert variation(xmr_chart(LEVEL), BAND) is Variation.COMMON_CAUSE


def test_worse_goes_first() -> None:
    # Below the centre for eight months, and rising for six: with lower better, rising counts.
    values = [20.0, 21, 20, 21, 20, 5, 4, 1, 2, 3, 4, 5, 6]
    chart = xmr_chart(values)
    assert {one.side.value for one in newest_signals(chart)} == {"high", "low"}
    assert variation(chart, LOWER) is Variation.WORSENING
    assert variation(chart, HIGHER) is Variation.WORSENING


@pytest.mark.parametrize(
    ("direction", "limit", "expected"),
    [
        (LOWER, 16.0, Assurance.ALWAYS),
        (LOWER, 12.0, Assurance.HIT_AND_MISS),
        (LOWER, 5.0, Assurance.NEVER),
        (HIGHER, 5.0, Assurance.ALWAYS),
        (HIGHER, 12.0, Assurance.HIT_AND_MISS),
        (HIGHER, 16.0, Assurance.NEVER),
        (BAND, (5.0, 16.0), Assurance.ALWAYS),
        (BAND, (8.0, 20.0), Assurance.HIT_AND_MISS),
        (BAND, (20.0, 30.0), Assurance.NEVER),
        (BAND, (1.0, 2.0), Assurance.NEVER),
        (LOWER, None, Assurance.NO_LIMIT),
    ],
)
def test_assurance(
    direction: Direction, limit: float | tuple[float, float] | None, expected: Assurance
) -> None:
    assert assurance(xmr_chart(LEVEL), direction, limit) is expected


def test_the_limit_itself_is_kept() -> None:
    chart = u_chart([9] * 8, [9] * 8)  # centre 1, limits 0 and 2
    assert assurance(chart, LOWER, 2.0) is Assurance.ALWAYS
    assert assurance(chart, HIGHER, 0.0) is Assurance.ALWAYS


def test_too_few_months_say_so() -> None:
    for chart in (
        xmr_chart([]),
        xmr_chart(LEVEL[:7]),
        xmr_chart([*LEVEL, 3], rebases=[Rebase(8, "Began anew.")]),
    ):
        assert variation(chart, LOWER) is Variation.TOO_FEW
        assert assurance(chart, LOWER, 5.0) is Assurance.TOO_FEW


def test_each_has_its_words() -> None:
    assert set(VARIATION_WORDS) == set(Variation)
    assert set(ASSURANCE_WORDS) == set(Assurance)
