"""Query aging: single rules by example, everything together against the slow twin."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.ageing import AgeingParameters, bucket_names
from kpis.engine.formulas import compute, numerator_rows
from kpis.engine.shapes import Outcome
from tests.engine import twins
from tests.engine.builders import CUTOFF, defined, queries, query_aging, table

Record = dict[str, Any]
DEFINITION = query_aging()
MOMENTS = st.datetimes(datetime(2026, 8, 1), datetime(2026, 11, 20))  # noqa: DTZ001 - tables hold naive UTC
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "site": st.sampled_from(["0012", "7", "S1"]),
            "country": st.sampled_from(["NA", "DE", ""]),
            "state": st.sampled_from(["open", "answered", "closed"]),
            "opened_at": st.none() | MOMENTS,
            "answered_at": st.none() | MOMENTS,
            "closed_at": st.none() | MOMENTS,
        }
    ),
    max_size=40,
)


def aged(*rows: Mapping[str, object]) -> Outcome:
    tables = {"queries": queries(rows)}
    return compute(DEFINITION, tables, cutoff_date=CUTOFF, period_start=date(2026, 10, 1))[()]


@settings(deadline=None)  # the machine may be busy
@given(rows=ROWS)
@pytest.mark.parametrize("by", [(), ("site",), ("country", "site")])
def test_it_agrees_with_the_slow_twin(by: tuple[str, ...], rows: list[Record]) -> None:
    found = compute(
        DEFINITION,
        {"queries": queries(rows)},
        cutoff_date=CUTOFF,
        period_start=date(2026, 10, 1),
        by=by,
    )
    units: dict[tuple[str, ...], list[dict[str, object]]] = {} if by else {(): []}
    for row in rows:
        units.setdefault(tuple(row[name] for name in by), []).append(row)
    assert list(found) == sorted(units)
    for key, outcome in found.items():
        expected = twins.stock_ageing(units[key], CUTOFF)
        assert asdict(outcome) == {
            **expected,
            "value": pytest.approx(expected["value"]),
            "lower_bound": None,
            "detail": {
                name: number if name == "buckets" else pytest.approx(number)
                for name, number in expected["detail"].items()
            },
        }


@settings(deadline=None)  # the machine may be busy
@given(rows=ROWS)
def test_a_table_in_engine_order_gives_the_same(rows: list[Record]) -> None:
    table = queries(rows)
    window: dict[str, Any] = {
        "cutoff_date": CUTOFF,
        "period_start": date(2026, 10, 1),
        "by": ["site"],
    }
    ordered = table.sort_values(["site", "opened_at"], ignore_index=True)
    assert compute(DEFINITION, {"queries": ordered}, **window) == compute(
        DEFINITION, {"queries": table}, **window
    )


@settings(deadline=None)  # the machine may be busy
@given(rows=ROWS)
def test_the_rows_shown_are_the_rows_counted(rows: list[Record]) -> None:
    tables = {"queries": queries(rows)}
    shown = numerator_rows(DEFINITION, tables, cutoff_date=CUTOFF)
    outcome = aged(*rows)
    assert shown.numerator.listing == shown.denominator.listing == "queries"
    assert shown.numerator.mask.sum() == outcome.numerator
    assert shown.denominator.mask.tolist() == [twins.is_open(row, CUTOFF) for row in rows]
    assert not (shown.numerator.mask & ~shown.denominator.mask).any()


@pytest.mark.parametrize(
    ("row", "is_open"),
    [
        ({"opened_at": "2026-10-31T23:59:59.999999"}, True),
        ({"opened_at": "2026-11-01T00:00:00"}, False),
        ({"opened_at": None}, False),
        ({"opened_at": "2026-10-01", "closed_at": "2026-10-31T23:59", "state": "closed"}, False),
        ({"opened_at": "2026-10-01", "closed_at": "2026-11-01T00:00", "state": "closed"}, True),
        ({"opened_at": "2026-10-01", "state": "closed"}, False),
        ({"opened_at": "2026-10-01", "closed_at": "2026-10-02", "state": "open"}, False),
        ({"opened_at": "1969-12-31T23:00", "state": "answered"}, True),
    ],
)
def test_it_knows_what_is_open(row: Record, is_open: bool) -> None:
    assert aged(row).denominator == int(is_open)


@pytest.mark.parametrize(("opened", "older"), [("2026-10-17", 0), ("2026-10-16T23:59", 1)])
def test_older_than_14_means_15_days_or_more(opened: str, older: int) -> None:
    assert aged({"opened_at": opened}).numerator == older


@pytest.mark.parametrize(
    ("row", "answered"),
    [
        ({"state": "answered"}, 1),
        ({"state": "answered", "answered_at": "2026-10-31"}, 1),
        ({"state": "answered", "answered_at": "2026-11-01"}, 0),
        ({"state": "open", "answered_at": "2026-10-30"}, 0),
        ({"state": "closed", "closed_at": "2026-11-02", "answered_at": "2026-10-30"}, 1),
        ({"state": "closed", "closed_at": "2026-11-02", "answered_at": "2026-11-01"}, 0),
        ({"state": "closed", "closed_at": "2026-11-02"}, 0),
    ],
)
def test_open_and_answered_add_up_to_what_is_open(row: Record, answered: int) -> None:
    detail = aged({"opened_at": "2026-10-01", **row}).detail
    assert (detail["answered_state"], detail["open_state"]) == (answered, 1 - answered)


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    days = [CUTOFF - timedelta(age) for age in (1, 2, 5, 40)]
    detail = aged(*({"opened_at": day.isoformat()} for day in days)).detail
    assert (detail["median_age"], detail["oldest_age"]) == (3.5, 40)
    assert detail["p90_age"] == pytest.approx(29.5)


def test_nothing_open_has_no_value() -> None:
    outcome = aged()
    assert (outcome.numerator, outcome.denominator, outcome.value) == (0, 0, None)
    assert outcome.detail["median_age"] is None
    assert outcome.detail["oldest_age"] is None


def test_figures_are_plain_numbers() -> None:
    outcome = aged({"opened_at": "2026-10-01"})
    assert type(outcome.numerator) is int
    assert type(outcome.value) is float
    assert type(outcome.detail["oldest_age"]) is int
    buckets = outcome.detail["buckets"]
    assert isinstance(buckets, Mapping)
    assert type(buckets["15-30"]) is int


def test_time_zones_are_read_as_utc() -> None:
    table = queries([{"opened_at": "2026-10-31T23:30"}])
    table["opened_at"] = table["opened_at"].dt.tz_localize(UTC).dt.tz_convert("Asia/Tokyo")
    found = compute(
        DEFINITION, {"queries": table}, cutoff_date=CUTOFF, period_start=date(2026, 10, 1)
    )
    assert found[()].denominator == 1


def test_categorical_sites_are_units_too() -> None:
    table = queries([{"site": "B", "opened_at": "2026-10-01"}, {"opened_at": "2026-10-01"}])
    table["site"] = pd.Categorical(table["site"])
    found = compute(
        DEFINITION,
        {"queries": table},
        cutoff_date=CUTOFF,
        period_start=date(2026, 10, 1),
        by=["site"],
    )
    assert list(found) == [("B",), ("S1",)]


def test_a_kpi_may_leave_the_answered_state_out() -> None:
    parameters = {k: v for k, v in DEFINITION.parameters.items() if k != "answered"}
    found = compute(
        query_aging(parameters=parameters),
        {"queries": queries([{"opened_at": "2026-10-01"}]).drop(columns="answered_at")},
        cutoff_date=CUTOFF,
        period_start=date(2026, 10, 1),
    )
    assert found[()].detail["open"] == 1
    assert not {"open_state", "answered_state"} & set(found[()].detail)


def test_buckets_are_named_by_their_days() -> None:
    assert bucket_names((3, 7, 14, 30)) == ("0-3", "4-7", "8-14", "15-30", ">30")
    assert bucket_names((10,)) == ("0-10", ">10")


def test_a_listing_without_a_state_is_told_by_its_days_and_cases_may_be_chosen() -> None:
    definition = defined(
        "stock_ageing",
        ("capa",),
        listing="capa",
        opened="opened_on",
        closed="closed_on",
        older_than=20,
        also_older_than=[],
        buckets=[7, 20],
        where={"owner": ["cro"]},
    )
    rows = [
        {"owner": "cro", "opened_on": "2026-10-01"},
        {"owner": "cro", "opened_on": "2026-10-30"},
        {"owner": "cro", "opened_on": "2026-10-01", "closed_on": "2026-10-31"},
        {"owner": "sponsor", "opened_on": "2026-10-01"},
    ]
    tables = {"capa": table(definition, "capa", rows)}
    outcome = compute(definition, tables, cutoff_date=CUTOFF, period_start=date(2026, 10, 1))[()]
    assert (outcome.numerator, outcome.denominator, outcome.value) == (1, 2, 50)
    assert "open_state" not in outcome.detail
    shown = numerator_rows(definition, tables, cutoff_date=CUTOFF)
    assert shown.denominator.mask.tolist() == [True, True, False, False]


def test_answered_cases_need_a_state() -> None:
    with pytest.raises(ValueError, match="told apart by their state"):
        AgeingParameters(
            listing="a",
            opened="b",
            closed="c",
            answered="d",
            older_than=1,
            also_older_than=(),
            buckets=(1,),
        )
