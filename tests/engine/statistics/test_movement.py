"""Performance and mix: a worked case, and parts that add up whatever the units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics.movement import (
    UnitMove,
    counted_movement,
    leading,
    movement,
    with_rest,
)
from kpis.engine.statistics.rollup import Part

AMOUNTS = st.none() | st.integers(0, 2000) | st.floats(0.01, 500)
MONTHS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.builds(Part, AMOUNTS, AMOUNTS))


def test_a_case_done_by_hand() -> None:
    """A got better from 10 to 20 %, and B, which stood still at 50 %, doubled its volume."""
    found = movement(
        {"A": Part(10, 100), "B": Part(50, 100)}, {"A": Part(20, 100), "B": Part(100, 200)}
    )
    assert found is not None
    assert (found.before, found.now) == (0.3, 0.4)
    a, b = found.units
    mean = (0.3 + 0.4) / 2
    assert a.performance == pytest.approx((1 / 2 + 1 / 3) / 2 * 0.1)
    assert a.mix == pytest.approx((0.15 - mean) * (1 / 3 - 1 / 2))
    assert b.performance == 0
    assert b.mix == pytest.approx((0.5 - mean) * (2 / 3 - 1 / 2))
    assert found.performance + found.mix == pytest.approx(found.change)
    assert found.loose == 0


@given(before=MONTHS, now=MONTHS)
def test_the_parts_add_up_to_the_change(before: dict[str, Part], now: dict[str, Part]) -> None:
    found = movement(before, now)
    if found is None:
        assert not all(
            sum(one.denominator or 0 for one in month.values()) for month in (before, now)
        )
        return
    parts = (part for one in found.units for part in (one.performance, one.mix, one.loose))
    size = max(1.0, abs(found.before), abs(found.now), *(abs(part) for part in parts))
    told = found.performance + found.mix + found.loose
    assert abs(told - found.change) <= 1e-12 * size
    assert abs(sum(one.whole for one in found.units) - found.change) <= 1e-12 * size


@given(month=MONTHS, factor=st.integers(2, 9))
def test_growing_alike_changes_nothing(month: dict[str, Part], factor: int) -> None:
    more = {
        name: Part(factor * (one.numerator or 0), factor * (one.denominator or 0))
        for name, one in month.items()
    }
    found = movement(month, more)
    assert found is None or all(abs(one.whole) < 1e-9 * (1 + found.now) for one in found.units)


def test_who_enters_and_leaves_is_mix_under_its_own_name() -> None:
    found = movement(
        {"A": Part(10, 100), "old": Part(60, 100)}, {"A": Part(10, 100), "new": Part(0, 50)}
    )
    assert found is not None
    old, new = found.units[1:]
    assert (old.left, old.entered, new.entered, new.left) == (True, False, True, False)
    assert old.performance == new.performance == 0
    assert old.mix < 0
    assert new.mix < 0


def test_a_numerator_without_a_denominator_is_told_apart() -> None:
    found = movement({"A": Part(4, 10)}, {"A": Part(4, 10), "X": Part(2, 0)})
    assert found is not None
    assert found.loose == pytest.approx(0.2)
    assert found.units[1] == UnitMove("X", 0.0, 0.0, loose=0.2)


def test_what_the_units_do_not_tell_is_a_unit_of_its_own() -> None:
    units = {"A": Part(1, 4)}
    assert with_rest(units, Part(1, 4), "not told") == units
    assert with_rest(units, Part(3, 9), "not told")["not told"] == Part(2, 5)
    assert with_rest({}, Part(None, None), "not told") == {}


def test_counts_move_by_what_their_units_do() -> None:
    found = counted_movement({"A": 3, "B": 5}, {"B": 9, "C": 1})
    assert (found.change, found.performance, found.mix) == (2, 2, 0)
    assert [one.performance for one in found.units] == [-3, 4, 1]


def test_the_furthest_from_nothing_are_named_and_the_rest_kept() -> None:
    chosen, rest = leading([("A", 0.1), ("B", -0.5), ("C", 0.3), ("D", 0.0)], 2)
    assert chosen == [("B", -0.5), ("C", 0.3)]
    assert rest == [("A", 0.1)]
