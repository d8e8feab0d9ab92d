"""Durations with open cases: rules by example, the curve against the slow twin."""

import itertools
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.duration_parameters import DurationParameters
from kpis.engine.formulas import ListingError, compute, numerator_rows
from kpis.engine.rag import outcome_status
from kpis.engine.reading import ReadingError, read
from kpis.engine.shapes import Outcome
from kpis.engine.terms import Direction
from kpis.engine.wording import outcome_words
from tests.engine import twins
from tests.engine.builders import CUTOFF, defined, judged, table

WINDOW: Any = {"cutoff_date": CUTOFF, "period_start": date(2026, 10, 1)}
FILL = defined(
    "duration",
    ("positions",),
    listing="positions",
    started="approved_on",
    ended="started_on",
    stopped="withdrawn_on",
)
MOMENTS = st.datetimes(datetime(2026, 8, 1), datetime(2026, 11, 10))  # noqa: DTZ001 - tables hold naive UTC
POSITIONS = st.lists(
    st.fixed_dictionaries(
        {
            "country": st.sampled_from(["NA", "DE"]),
            "approved_on": MOMENTS,
            "started_on": st.none() | MOMENTS,
            "withdrawn_on": st.none() | MOMENTS,
        }
    ),
    max_size=25,
)


def filled(*rows: dict[str, Any]) -> Outcome:
    return compute(FILL, {"positions": table(FILL, "positions", rows)}, **WINDOW)[()]


def after(days: int | None, *, seen: int = 60) -> dict[str, Any]:
    """Return a position approved `seen` days before the cut-off and filled after `days`."""
    approved = CUTOFF.toordinal() - seen
    row: dict[str, Any] = {"approved_on": date.fromordinal(approved)}
    if days is not None:
        row["started_on"] = date.fromordinal(approved + days)
    return row


@settings(deadline=None)  # the machine may be busy
@given(rows=POSITIONS)
def test_it_agrees_with_the_slow_twin(rows: list[dict[str, Any]]) -> None:
    tables = {"positions": table(FILL, "positions", rows)}
    for by in ((), ("country",)):
        for key, outcome in compute(FILL, tables, **WINDOW, by=by).items():
            mine = [row for row in rows if not key or row["country"] == key[0]]
            seen = [one for row in mine if (one := twins.followed(row, CUTOFF)) is not None]
            ends = [how for _, how in seen]
            curve = twins.survival(seen)
            median = next((day for day, left in curve.items() if left <= 0.5), None)
            assert (outcome.numerator, outcome.denominator) == (ends.count("filled"), len(seen))
            assert outcome.detail["stopped"] == ends.count("withdrawn")
            assert outcome.detail["open"] == ends.count("open")
            assert outcome.value == median
            assert outcome.detail["survival"] == {
                str(day): pytest.approx(left) for day, left in curve.items()
            }
            longest = max((days for days, _ in seen), default=None)
            assert outcome.lower_bound == (None if median is not None else longest)
            assert outcome.detail["not_reached"] == (bool(seen) and median is None)


@settings(deadline=None)  # the machine may be busy
@given(rows=POSITIONS)
def test_the_rows_shown_are_the_rows_counted(rows: list[dict[str, Any]]) -> None:
    tables = {"positions": table(FILL, "positions", rows)}
    shown = numerator_rows(FILL, tables, **WINDOW)
    outcome = compute(FILL, tables, **WINDOW)[()]
    assert shown.numerator.mask.sum() == outcome.numerator
    assert shown.denominator.mask.sum() == outcome.denominator


def test_remission_times_of_the_trial_of_6_mercaptopurine() -> None:
    """Weeks of remission under 6-MP (Freireich and others, Blood 21, 1963)."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    outcome = filled(
        *(after(days) for days in ended), *(after(None, seen=days) for days in censored)
    )
    survival = outcome.detail["survival"]
    assert isinstance(survival, dict)
    assert {day: round(left, 3) for day, left in survival.items()} == {
        "6": 0.857,
        "7": 0.807,
        "10": 0.753,
        "13": 0.690,
        "16": 0.627,
        "22": 0.538,
        "23": 0.448,
    }
    assert outcome.value == 23
    assert outcome.detail["at_risk"] == {
        "6": 21, "7": 17, "10": 15, "13": 12, "16": 11, "22": 7, "23": 6
    }  # fmt: skip
    assert (outcome.detail["low"], outcome.detail["high"]) == (13, None)
    assert (outcome.detail["p25"], outcome.detail["p75"]) == (13, None)
    assert (outcome.detail["open"], outcome.detail["longest_open"]) == (12, 35)


def test_leaving_open_positions_out_would_flatter() -> None:
    settled = filled(*(after(days) for days in (10, 20, 30)))
    stuck = filled(*(after(days) for days in (10, 20, 30)), after(None), after(None))
    assert (settled.value, stuck.value) == (20, 30)


def test_ends_after_the_cutoff_are_not_known_yet() -> None:
    outcome = filled(after(61), after(60))
    assert (outcome.numerator, outcome.denominator) == (1, 2)
    assert outcome.detail["censored"] == {"60": 1}


def test_rows_that_cannot_be_timed_are_counted_apart() -> None:
    outcome = filled(after(10), after(-1), {"started_on": "2026-10-01"})
    assert outcome.denominator == 1
    assert (outcome.detail["backwards"], outcome.detail["undated"]) == (1, 1)


def test_a_position_may_be_filled_at_once() -> None:
    assert filled(after(0)).value == 0


def test_nothing_at_all_has_no_value_and_no_bound() -> None:
    outcome = filled()
    assert (outcome.value, outcome.lower_bound, outcome.denominator) == (None, None, 0)
    assert outcome.detail["not_reached"] is False


def test_without_any_start_it_is_missing() -> None:
    with pytest.raises(ListingError, match=r"“approved_on”.*no value in any row"):
        filled({"started_on": "2026-10-01"})


def test_figures_are_plain_numbers() -> None:
    outcome = filled(after(10), after(20), after(None))
    numbers = (outcome.value, outcome.numerator, outcome.detail["p25"], outcome.detail["open"])
    assert {type(number) for number in numbers} == {int}


def test_stopped_may_be_left_out() -> None:
    definition = defined(
        "duration", ("positions",), listing="positions", started="approved_on", ended="started_on"
    )
    rows = table(definition, "positions", [after(5)])
    assert compute(definition, {"positions": rows}, **WINDOW)[()].value == 5


@pytest.mark.parametrize(
    ("seen", "status"), [(30, "insufficient"), (31, "amber"), (60, "amber"), (61, "red")]
)
def test_a_bound_can_make_the_status_worse_and_never_better(seen: int, status: str) -> None:
    limits = judged(Direction.LOWER, 30.0, 60.0)
    outcome = filled(*itertools.repeat(after(None, seen=seen), 30))
    assert outcome.value is None
    assert outcome_status(outcome, limits) == status
    assert outcome_status(outcome, judged(Direction.HIGHER, 60.0, 30.0)) == "insufficient"


def test_a_bound_over_too_few_cases_has_no_colour() -> None:
    outcome = filled(after(None, seen=90))
    assert outcome_status(outcome, judged(Direction.LOWER, 30.0, 60.0)) == "insufficient"


def test_a_bound_is_written_as_such() -> None:
    assert outcome_words(filled(after(None)), FILL.unit.DAYS) == ">\u00a060.0\u00a0d"
    assert outcome_words(filled(after(7)), FILL.unit.DAYS) == "7.0\u00a0d"


def latency(*waits: str | None, **changes: Any) -> Outcome:
    """Return the hours between noon of 1 October and the times given."""
    definition = defined(
        "duration",
        ("data-latency",),
        listing="data-latency",
        started="entered_at",
        ended="available_at",
        unit="hours",
        **changes,
    )
    rows = [{"entered_at": "2026-10-01T12:00", "available_at": wait} for wait in waits]
    tables = {"data-latency": table(definition, "data-latency", rows)}
    return compute(definition, tables, **WINDOW)[()]


def test_hours_are_full_hours_and_open_ones_run_to_the_end_of_the_cutoff_day() -> None:
    outcome = latency("2026-10-01T12:59", "2026-10-01T14:00", "2026-10-03T12:00", None)
    assert outcome.value == 2
    assert list(outcome.detail["survival"]) == ["0", "2", "48"]  # type: ignore[arg-type]  # a mapping
    assert outcome.detail["longest_open"] == 30 * 24 + 11


def test_another_share_than_half_may_be_asked_for() -> None:
    waits = [f"2026-10-{day:02d}T12:00" for day in range(2, 12)]
    outcome = latency(*waits, share=0.9)
    # after the seventh of ten the log-log band reaches down to 0.07, after the sixth to 0.12
    assert (outcome.value, outcome.detail["low"]) == (9 * 24, 7 * 24)
    unreached = latency(*waits[:8], None, None, share=0.9)
    assert (unreached.value, unreached.lower_bound) == (None, 30 * 24 + 11)


def test_a_cohort_of_endings_holds_what_ended_in_the_period() -> None:
    definition = defined(
        "duration",
        ("positions",),
        listing="positions",
        started="approved_on",
        ended="started_on",
        ended_within="period",
    )
    rows = [
        {"approved_on": "2025-10-05", "started_on": "2026-10-05"},
        {"approved_on": "2026-09-25", "started_on": "2026-09-30"},
        {"approved_on": "2026-09-25"},
        {"started_on": "2026-10-05"},
        {"approved_on": "2026-10-06", "started_on": "2026-10-05"},
    ]
    outcome = compute(definition, {"positions": table(definition, "positions", rows)}, **WINDOW)[()]
    assert (outcome.numerator, outcome.denominator, outcome.value) == (1, 1, 365)
    names = ("undated", "backwards", "open")
    assert [outcome.detail[name] for name in names] == [2, 1, 0]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"share": 1.0}, "share must lie between 0 and 1"),
        ({"ended_within": "period", "stopped": "c"}, "cases that ended were not stopped"),
    ],
)
def test_contradictions_are_refused(changes: dict[str, Any], problem: str) -> None:
    names = {"listing": "any", "started": "a", "ended": "b"}
    with pytest.raises(ReadingError, match=problem):
        read(DurationParameters, names | changes)
