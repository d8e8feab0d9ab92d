"""Remembered answers are those that would be given anew, for the very same things alone."""

from datetime import date

import pandas as pd

from kpis.engine.remembering import remembered, remembering
from kpis.engine.shapes import Window

COUNTED: list[str] = []


@remembered
def length(table: pd.DataFrame, name: str) -> int:
    COUNTED.append(name)
    return int(table[name].count())


@remembered
def days(tables: dict[str, pd.DataFrame], window: Window) -> int:
    COUNTED.append("days")
    return len(tables) + (window.cutoff_date - window.period_start).days


def asked() -> int:
    """How often something was worked out since last asked."""
    found = len(COUNTED)
    COUNTED.clear()
    return found


def test_outside_the_block_nothing_is_kept() -> None:
    table = pd.DataFrame({"a": [1]})
    assert length(table, "a") == length(table, "a") == 1
    assert asked() == 2


def test_the_same_question_is_answered_once_within_the_block() -> None:
    table, like = pd.DataFrame({"a": [1], "b": [None]}), pd.DataFrame({"a": [1]})
    with remembering():
        assert [length(table, "a") for _ in range(3)] == [1, 1, 1]
        assert asked() == 1
        assert (length(table, "b"), length(like, "a"), length(table, name="a")) == (0, 1, 1)
        assert asked() == 3
        for _ in range(2):  # a window and a mapping are made anew for each question
            window = Window(date(2026, 1, 1), date(2026, 1, 31))
            assert days({"queries": table}, window) == 31
        assert asked() == 1
        assert days({"queries": like}, window) == 31
        assert days({"queries": table, "sites": like}, window) == 32
        assert asked() == 2
    with remembering():
        assert length(table, "a") == 1
    assert asked() == 1


def test_a_table_that_is_gone_lends_its_place_to_no_other() -> None:
    with remembering():
        for number in range(50):
            assert length(pd.DataFrame({"a": range(number)}), "a") == number
    COUNTED.clear()
