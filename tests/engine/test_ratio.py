"""Ratios of totals: rules by example, everything together against the slow twin."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.formulas import ListingError
from kpis.engine.ratio import RatioParameters
from kpis.engine.reading import ReadingError, read
from tests.engine import twins, twins_of_totals
from tests.engine.builders import CUTOFF, defined
from tests.engine.rows import (
    AMOUNTS,
    FIRST,
    MOMENTS,
    Record,
    by_site,
    listed,
    outcome_of,
    rows_shown,
)

IN_PERIOD = {"column": "month", "within": "period"}
HOURS = {"listing": "hours", "dated": IN_PERIOD}
USED = defined(
    "ratio",
    ("hours",),
    factor=100,
    paired=True,
    numerator=HOURS | {"measures": {"columns": {"billable_hours": 1}}},
    denominator=HOURS | {"measures": {"columns": {"available_hours": 1}}},
)
BACKLOG_DAYS = defined(
    "ratio",
    ("queries",),
    factor=1,
    per_day=True,
    numerator={
        "listing": "queries",
        "standing": {"opened": "opened_at", "closed": "closed_at", "state": "state"},
    },
    denominator={
        "listing": "queries",
        "dated": {"column": "closed_at", "within": "three-months"},
    },
)
LAG = defined(
    "ratio",
    ("page-entry",),
    factor=1,
    numerator={"listing": "page-entry", "elapsed": {"since": "visit_date", "until": "entered_at"}},
    denominator={"listing": "page-entry", "given": ["entered_at"]},
)
MONTHS = listed(month=MOMENTS, billable_hours=AMOUNTS, available_hours=AMOUNTS)


@settings(deadline=None)  # the machine may be busy
@given(rows=MONTHS)
def test_it_agrees_with_the_slow_twin(rows: list[Record]) -> None:
    for own, outcome in by_site(USED, hours=rows):
        top, bottom = twins_of_totals.hours_billed(own["hours"], FIRST, CUTOFF)
        assert (outcome.numerator, outcome.denominator) == pytest.approx((top, bottom))
        assert outcome.value == pytest.approx(twins_of_totals.percent(top, bottom))
        undated = sum(row["month"] is None for row in own["hours"])
        assert outcome.detail["undated"] == outcome.detail["denominator_undated"] == undated


@settings(deadline=None)  # the machine may be busy
@given(rows=MONTHS)
def test_the_rows_shown_are_the_rows_added_up(rows: list[Record]) -> None:
    above, below = rows_shown(USED, hours=rows)
    outcome = outcome_of(USED, hours=rows)
    assert above == below
    assert outcome.numerator == pytest.approx(sum(rows[place]["billable_hours"] for place in above))


@settings(deadline=None)  # the machine may be busy
@given(rows=listed(opened_at=MOMENTS, closed_at=MOMENTS, state=st.sampled_from(["open", "closed"])))
def test_a_backlog_is_told_in_days_of_work(rows: list[Record]) -> None:
    outcome = outcome_of(BACKLOG_DAYS, queries=rows)
    first = datetime(2026, 8, 1).date()  # noqa: DTZ001 - a date
    closed = sum(twins_of_totals.in_month(row, "closed_at", first, CUTOFF) for row in rows)
    waiting = sum(twins.is_open(row, CUTOFF) for row in rows)
    assert outcome.numerator == waiting
    assert outcome.denominator == pytest.approx(closed / 92)  # August to October
    assert outcome.value == (pytest.approx(92 * waiting / closed) if closed else None)


def test_days_taken_are_added_and_backward_ones_told_apart() -> None:
    rows = [
        {"visit_date": "2026-10-01", "entered_at": "2026-10-04"},
        {"visit_date": "2026-10-01", "entered_at": "2026-10-06"},
        {"visit_date": "2026-10-09", "entered_at": "2026-10-06"},  # entered before the visit
        {"entered_at": "2026-10-06"},
    ]
    outcome = outcome_of(LAG, **{"page-entry": rows})
    assert (outcome.numerator, outcome.denominator, outcome.detail["unknown"]) == (8, 4, 2)


def test_what_is_early_counts_against_what_is_late_when_signed() -> None:
    days = {"since": "baseline_on", "until": "reached_on", "signed": True}
    slip = defined(
        "ratio",
        ("study-milestones",),
        factor=1,
        paired=True,
        numerator={"listing": "study-milestones", "elapsed": days},
        denominator={"listing": "study-milestones", "where": {"study": ["A"]}},
    )
    rows = [
        {"study": "A", "baseline_on": "2026-10-10", "reached_on": "2026-10-04"},
        {"study": "A", "baseline_on": "2026-10-10", "reached_on": "2026-11-10"},  # not yet: 21 days
        {"baseline_on": "2026-10-10"},  # of no study: unknown below, so left out above
        {"study": "A"},
    ]
    outcome = outcome_of(slip, **{"study-milestones": rows})
    assert (outcome.numerator, outcome.denominator, outcome.value) == (15, 2, 7.5)


def test_units_times_prices_and_weights_by_word() -> None:
    earned = defined(
        "ratio",
        ("units-and-budget", "audit-findings"),
        factor=1,
        numerator={
            "listing": "units-and-budget",
            "measures": {
                "columns": {"units_done": 1, "units_planned": -0.5},
                "times": "unit_price",
            },
        },
        denominator={
            "listing": "audit-findings",
            "weighed": {"column": "severity", "weights": {"critical": 10, "minor": 1}},
        },
    )
    priced = [{"units_done": 4, "units_planned": 2, "unit_price": 5}, {"units_done": 4}]
    findings = [{"severity": "critical"}, {"severity": "minor"}, {"severity": "major"}]
    tables: Any = {"units-and-budget": priced, "audit-findings": findings}
    outcome = outcome_of(earned, **tables)
    assert (outcome.numerator, outcome.denominator) == (15, 11)
    assert (outcome.detail["unknown"], outcome.detail["denominator_unknown"]) == (1, 1)


def test_a_number_that_no_row_has_is_missing() -> None:
    rows = [{"month": "2026-10-01", "available_hours": 8}]
    with pytest.raises(ListingError, match=r"“billable_hours”.*no value in any row"):
        outcome_of(USED, hours=rows)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"paired": True}, "paired numbers stand in one listing"),
        ({"per_day": True}, "needs a denominator that is dated within a period"),
        (
            {
                "per_day": True,
                "denominator": {"listing": "b", "dated": {"column": "c", "within": "cutoff"}},
            },
            "needs a denominator that is dated within a period",
        ),
        ({"paired": 1}, "parameters.paired must be true or false"),
        ({"numerator": {"listing": "a", "measures": {"columns": {}}}}, "measures need a column"),
        (
            {"numerator": {"listing": "a", "total": "b", "elapsed": {"since": "c"}}},
            "weighs by one of",
        ),
    ],
)
def test_parameters_that_contradict_each_other_are_refused(
    changes: dict[str, Any], problem: str
) -> None:
    given_parameters = {"factor": 1, "numerator": {"listing": "a"}, "denominator": {"listing": "b"}}
    with pytest.raises(ReadingError, match=problem):
        read(RatioParameters, given_parameters | changes, where="parameters.")
