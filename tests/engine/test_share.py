"""Shares: rules by example, on-time against the slow twin."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.formulas import ListingError, compute, numerator_rows
from kpis.engine.reading import ReadingError, read
from kpis.engine.share import ShareParameters
from tests.engine import twins
from tests.engine.builders import CUTOFF, defined, table

FIRST = date(2026, 10, 1)
WINDOW: Any = {"cutoff_date": CUTOFF, "period_start": FIRST}
ON_TIME = defined(
    "share",
    ("positions",),
    whole={
        "listing": "positions",
        "dated": {"column": "needed_by", "within": "period"},
        "stopped_before": {"stopped": "withdrawn_on", "day": "needed_by"},
    },
    part={"listing": "positions", "on_time": {"done": "started_on", "due": "needed_by"}},
)
FAILED = defined(
    "share",
    ("enrolment",),
    whole={"listing": "enrolment", "where": {"outcome": ["enrolled", "screen-failure"]}},
    part={"listing": "enrolment", "where": {"outcome": ["screen-failure"]}},
)
MOMENTS = st.none() | st.datetimes(datetime(2026, 9, 20), datetime(2026, 11, 10))  # noqa: DTZ001 - tables hold naive UTC
POSITIONS = st.lists(
    st.fixed_dictionaries(
        {
            "country": st.sampled_from(["NA", "DE"]),
            "needed_by": MOMENTS,
            "started_on": MOMENTS,
            "withdrawn_on": MOMENTS,
        }
    ),
    max_size=25,
).filter(lambda rows: not rows or any(row["needed_by"] for row in rows))


@settings(deadline=None)  # the machine may be busy
@given(rows=POSITIONS)
def test_on_time_agrees_with_the_slow_twin(rows: list[dict[str, Any]]) -> None:
    tables = {"positions": table(ON_TIME, "positions", rows)}
    for by in ((), ("country",)):
        for key, outcome in compute(ON_TIME, tables, **WINDOW, by=by).items():
            mine = [row for row in rows if not key or row["country"] == key[0]]
            part, whole = twins.on_time(mine, FIRST, CUTOFF)
            assert (outcome.numerator, outcome.denominator) == (part, whole)
            assert outcome.value == (pytest.approx(100 * part / whole) if whole else None)
            assert outcome.detail["undated"] == sum(row["needed_by"] is None for row in mine)


@settings(deadline=None)  # the machine may be busy
@given(rows=POSITIONS)
def test_the_rows_shown_are_the_rows_counted(rows: list[dict[str, Any]]) -> None:
    tables = {"positions": table(ON_TIME, "positions", rows)}
    shown = numerator_rows(ON_TIME, tables, **WINDOW)
    outcome = compute(ON_TIME, tables, **WINDOW)[()]
    assert shown.numerator.mask.sum() == outcome.numerator
    assert shown.denominator.mask.sum() == outcome.denominator
    assert not (shown.numerator.mask & ~shown.denominator.mask).any()


def test_rows_that_do_not_say_are_counted_apart() -> None:
    words = ["enrolled", "screen-failure", "in-screening", None]
    tables = {"enrolment": table(FAILED, "enrolment", [{"outcome": word} for word in words])}
    outcome = compute(FAILED, tables, **WINDOW)[()]
    assert (outcome.numerator, outcome.denominator, outcome.value) == (1, 2, 50)
    assert (outcome.detail["unknown"], outcome.detail["undecided"]) == (1, 0)


def test_without_any_day_of_need_it_is_missing() -> None:
    tables = {"positions": table(ON_TIME, "positions", [{"started_on": "2026-10-01"}])}
    with pytest.raises(ListingError, match=r"“needed_by”.*no value in any row"):
        compute(ON_TIME, tables, **WINDOW)


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ({"listing": "sites"}, "whole and part must be of one listing"),
        ({"listing": "enrolment", "total": "age"}, "a share counts rows"),
    ],
)
def test_a_part_that_is_not_of_the_whole_is_refused(part: dict[str, str], problem: str) -> None:
    with pytest.raises(ReadingError, match=problem):
        read(ShareParameters, {"whole": {"listing": "enrolment"}, "part": part})


def test_a_share_of_what_weighs_more_than_one_is_refused_for_the_whole_too() -> None:
    whole = {"listing": "sites", "active": {"begun": "activated_on", "ended": "closed_on"}}
    with pytest.raises(ReadingError, match="it adds nothing up"):
        read(ShareParameters, {"whole": whole, "part": {"listing": "sites"}})
