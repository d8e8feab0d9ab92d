"""Counts: against a plain count, and what a count of nothing means."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.builders import CUTOFF, defined
from tests.engine.rows import FIRST, MOMENTS, Record, by_site, listed, outcome_of, rows_shown
from tests.engine.twins_of_totals import in_month

CAUSES = ["sponsor", "cro"]
ORDERS = defined(
    "count",
    ("change-orders",),
    counted={"listing": "change-orders", "dated": {"column": "executed_on", "within": "period"}},
    split={"column": "cause", "values": CAUSES},
)
VALUE = defined(
    "count",
    ("change-orders",),
    counted={"listing": "change-orders", "measures": {"columns": {"amount": 2}}},
)


@settings(deadline=None)  # the machine may be busy
@given(rows=listed(executed_on=MOMENTS, cause=st.sampled_from([*CAUSES, "regulator", None])))
def test_it_agrees_with_a_plain_count(rows: list[Record]) -> None:
    for own, outcome in by_site(ORDERS, **{"change-orders": rows}):
        made = [row for row in own["change-orders"] if in_month(row, "executed_on", FIRST, CUTOFF)]
        assert (outcome.value, outcome.numerator, outcome.denominator) == (len(made), len(made), 1)
        assert outcome.detail["by_cause"] == {
            "sponsor": sum(row["cause"] == "sponsor" for row in made),
            "cro": sum(row["cause"] == "cro" for row in made),
            "other": sum(row["cause"] in ("regulator", None) for row in made),
        }
    shown, again = rows_shown(ORDERS, **{"change-orders": rows})
    assert shown == again
    assert len(shown) == outcome_of(ORDERS, **{"change-orders": rows}).numerator


def test_an_empty_listing_is_a_count_of_nothing_which_is_a_value() -> None:
    outcome = outcome_of(ORDERS, **{"change-orders": []})
    assert (outcome.value, outcome.denominator) == (0, 1)


def test_amounts_are_added_and_blank_ones_told_apart() -> None:
    outcome = outcome_of(VALUE, **{"change-orders": [{"amount": 4.5}, {"amount": -1}, {}]})
    assert (outcome.value, outcome.detail["unknown"]) == (7, 1)
