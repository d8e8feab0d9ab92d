"""Variance from a baseline: all shapes against the slow twin, versions by example."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.reading import ReadingError, read
from kpis.engine.variance import UNVERSIONED, VarianceParameters
from tests.engine import twins_of_totals
from tests.engine.builders import defined
from tests.engine.rows import AMOUNTS, Record, by_site, listed, outcome_of, rows_shown

BUDGET = "units-and-budget"


def cost(shape: str) -> Any:
    return defined(
        "variance",
        (BUDGET,),
        shape=shape,
        actual={"listing": BUDGET, "measures": {"columns": {"cost_actual": 1}}},
        baseline={"listing": BUDGET, "measures": {"columns": {"cost_planned": 1}}},
    )


@settings(deadline=None)  # the machine may be busy
@given(
    rows=listed(cost_actual=AMOUNTS, cost_planned=AMOUNTS),
    shape=st.sampled_from(["signed", "absolute", "accuracy"]),
)
def test_it_agrees_with_the_slow_twin(rows: list[Record], shape: str) -> None:
    for own, outcome in by_site(cost(shape), **{BUDGET: rows}):
        away, base, value = twins_of_totals.variance(own[BUDGET], shape)
        assert (outcome.numerator, outcome.denominator) == pytest.approx((away, base))
        assert outcome.value == pytest.approx(value)
        known = [
            row for row in own[BUDGET] if None not in (row["cost_actual"], row["cost_planned"])
        ]
        assert outcome.detail["compared"] == len(known)
        assert outcome.detail["unknown"] == len(own[BUDGET]) - len(known)
    shown, again = rows_shown(cost(shape), **{BUDGET: rows})
    assert shown == again
    assert len(shown) == outcome_of(cost(shape), **{BUDGET: rows}).detail["compared"]


def test_the_versions_of_the_baseline_are_counted() -> None:
    days = {"since": "baseline_on", "signed": True}
    late = defined(
        "variance",
        ("study-milestones",),
        shape="signed",
        version="baseline_version",
        actual={"listing": "study-milestones", "elapsed": days | {"until": "reached_on"}},
        baseline={"listing": "study-milestones", "elapsed": days | {"until": "planned_on"}},
    )
    row = {"baseline_on": "2026-10-01", "planned_on": "2026-10-11", "reached_on": "2026-10-13"}
    rows = [row | {"baseline_version": "2"}, row, row | {"baseline_version": "1"}, row]
    outcome = outcome_of(late, **{"study-milestones": rows})
    assert (outcome.numerator, outcome.denominator, outcome.value) == (8, 40, 20)
    assert outcome.detail["baselines"] == {"1": 1, "2": 1, UNVERSIONED: 2}


@pytest.mark.parametrize(
    ("baseline", "problem"),
    [
        ({"listing": "b", "total": "c"}, "stand in one listing"),
        ({"listing": "a"}, "need the numbers to compare"),
    ],
)
def test_what_cannot_be_compared_is_refused(baseline: dict[str, str], problem: str) -> None:
    parameters = {
        "shape": "signed",
        "actual": {"listing": "a", "total": "c"},
        "baseline": baseline,
    }
    with pytest.raises(ReadingError, match=problem):
        read(VarianceParameters, parameters)
