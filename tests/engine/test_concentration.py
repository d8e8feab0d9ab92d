"""The concentration index, against exact fractions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine import twins_of_totals
from tests.engine.builders import defined
from tests.engine.rows import AMOUNTS, Record, by_site, listed, outcome_of, rows_shown

PEOPLE = defined(
    "concentration",
    ("head-count",),
    amounts={"listing": "head-count", "measures": {"columns": {"fte_actual": 1}}},
    holder="role",
)


@settings(deadline=None)  # the machine may be busy
@given(rows=listed(role=st.sampled_from(["a", "b", "c", None]), fte_actual=AMOUNTS))
def test_it_agrees_with_exact_fractions(rows: list[Record]) -> None:
    for own, outcome in by_site(PEOPLE, **{"head-count": rows}):
        mine = [{"role": row["role"], "amount": row["fte_actual"]} for row in own["head-count"]]
        index = twins_of_totals.concentration(mine)
        assert outcome.value == (None if index is None else pytest.approx(float(index)))
        counted = [row for row in mine if row["role"] and (row["amount"] or 0) > 0]
        assert outcome.denominator == sum(row["amount"] for row in counted)
        assert outcome.detail["holders"] == len({row["role"] for row in counted})
        assert outcome.detail["unknown"] == len(mine) - len(counted)
    shown, again = rows_shown(PEOPLE, **{"head-count": rows})
    assert shown == again


def test_one_holder_is_one_and_four_equal_ones_are_a_quarter() -> None:
    rows = [{"role": role, "fte_actual": 2} for role in "abcd"]
    outcome = outcome_of(PEOPLE, **{"head-count": rows})
    assert (outcome.value, outcome.detail["largest_share"]) == (0.25, 25)
    alone = outcome_of(PEOPLE, **{"head-count": rows[:1] * 3})
    assert (alone.value, alone.detail["holders"]) == (1, 1)
