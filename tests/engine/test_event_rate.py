"""Event rates: rules by example, everything together against the slow twin."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.event_rate import EventRateParameters
from kpis.engine.formulas import ListingError, compute, numerator_rows
from kpis.engine.reading import ReadingError, read
from kpis.engine.shapes import Outcome
from tests.engine import twins
from tests.engine.builders import CUTOFF, defined, table

Record = dict[str, Any]
WINDOW: Any = {"cutoff_date": CUTOFF, "period_start": date(2026, 10, 1)}
PER_VISIT = defined(
    "event_rate",
    ("deviations", "visits"),
    factor=100,
    matched_by="participant",
    events={
        "listing": "deviations",
        "unless": {"pd_status": ["rejected"]},
        "dated": {"column": "deviation_date", "within": "cutoff", "undated": "counted"},
    },
    exposure={"listing": "visits", "dated": {"column": "visit_date", "within": "cutoff"}},
    split={"column": "pd_status", "values": ["confirmed", "proposed"]},
)
IMPORTANT = defined(
    "event_rate",
    ("deviations", "participants"),
    factor=1,
    events={"listing": "deviations", "where": {"importance": ["important"]}},
    exposure={"listing": "participants", "total": "days_on_study"},
)
ENROLLED = defined(
    "event_rate",
    ("enrolment", "sites"),
    factor=1,
    matched_by="site",
    events={
        "listing": "enrolment",
        "where": {"outcome": ["enrolled"]},
        "dated": {"column": "decided_on", "within": "period"},
    },
    exposure={"listing": "sites", "active": {"begun": "activated_on", "ended": "closed_on"}},
)
MOMENTS = st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 20))  # noqa: DTZ001 - tables hold naive UTC
SITES = st.sampled_from(["0012", "7"])
PEOPLE = st.sampled_from(["P1", "P2", "P3", None])
DEVIATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "site": SITES,
            "participant": PEOPLE,
            "pd_status": st.sampled_from(["confirmed", "proposed", "rejected", None]),
            "deviation_date": MOMENTS,
        }
    ),
    max_size=20,
)
VISITS = st.lists(
    st.fixed_dictionaries({"site": SITES, "participant": PEOPLE, "visit_date": MOMENTS}),
    max_size=20,
).filter(lambda rows: not rows or any(row["visit_date"] for row in rows))
ACTIVE = st.lists(
    st.fixed_dictionaries({"site": SITES, "activated_on": MOMENTS, "closed_on": MOMENTS}),
    max_size=6,
).filter(lambda rows: not rows or any(row["activated_on"] for row in rows))


def rate(definition: Any, **rows: list[Record]) -> Outcome:
    tables = {name: table(definition, name, some) for name, some in rows.items()}
    return compute(definition, tables, **WINDOW)[()]


@settings(deadline=None)  # the machine may be busy
@given(deviations=DEVIATIONS, visits=VISITS)
def test_it_agrees_with_the_slow_twin(deviations: list[Record], visits: list[Record]) -> None:
    tables = {
        "deviations": table(PER_VISIT, "deviations", deviations),
        "visits": table(PER_VISIT, "visits", visits),
    }
    listed = {row["participant"] for row in visits} - {None}
    for by in ((), ("site",)):
        found = compute(PER_VISIT, tables, **WINDOW, by=by)
        keys = {tuple(row[name] for name in by) for row in (*deviations, *visits)}
        assert set(found) == (keys if by else {()})
        for key, outcome in found.items():
            expected = twins.event_rate(
                [row for row in deviations if not key or row["site"] == key[0]],
                [row for row in visits if not key or row["site"] == key[0]],
                listed,
                CUTOFF,
            )
            detail = outcome.detail
            assert expected == {
                "numerator": outcome.numerator,
                "denominator": outcome.denominator,
                "value": pytest.approx(outcome.value),
                **{name: detail[name] for name in ("unmatched", "undated", "exposure_undated")},
                "by_pd_status": detail["by_pd_status"],
            }


@settings(deadline=None)  # the machine may be busy
@given(deviations=DEVIATIONS, visits=VISITS)
def test_the_rows_shown_are_the_rows_counted(
    deviations: list[Record], visits: list[Record]
) -> None:
    tables = {
        "deviations": table(PER_VISIT, "deviations", deviations),
        "visits": table(PER_VISIT, "visits", visits),
    }
    shown = numerator_rows(PER_VISIT, tables, **WINDOW)
    outcome = compute(PER_VISIT, tables, **WINDOW)[()]
    assert (shown.numerator.listing, shown.denominator.listing) == ("deviations", "visits")
    assert shown.numerator.mask.sum() == outcome.numerator
    assert shown.denominator.mask.sum() == outcome.denominator


@settings(deadline=None)  # the machine may be busy
@given(sites=ACTIVE)
def test_active_months_agree_with_a_count_by_day(sites: list[Record]) -> None:
    first, last = date(2026, 9, 10), CUTOFF
    tables = {
        "enrolment": table(ENROLLED, "enrolment", []),
        "sites": table(ENROLLED, "sites", sites),
    }
    found = compute(ENROLLED, tables, cutoff_date=last, period_start=first)[()]
    assert found.denominator == pytest.approx(twins.site_months(sites, first, last))


def test_a_whole_month_is_one_month_whatever_its_length() -> None:
    for first, last in (
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 1, 1), date(2026, 1, 31)),
    ):
        tables = {
            "enrolment": table(ENROLLED, "enrolment", []),
            "sites": table(ENROLLED, "sites", [{"site": "1", "activated_on": "2025-01-01"}]),
        }
        found = compute(ENROLLED, tables, cutoff_date=last, period_start=first)[()]
        assert found.denominator == pytest.approx(1)


def test_enrolment_counts_in_the_period_at_sites_that_are_listed() -> None:
    day = "2026-10-10"
    outcome = rate(
        ENROLLED,
        enrolment=[
            {"site": "1", "outcome": "enrolled", "decided_on": day},
            {"site": "1", "outcome": "enrolled", "decided_on": "2026-09-30"},
            {"site": "1", "outcome": "enrolled"},
            {"site": "1", "outcome": "screen-failure", "decided_on": day},
            {"site": "9", "outcome": "enrolled", "decided_on": day},
        ],
        sites=[{"site": "1", "activated_on": "2026-01-01"}],
    )
    assert (outcome.numerator, outcome.denominator) == (1, pytest.approx(1))
    assert (outcome.detail["undated"], outcome.detail["unmatched"]) == (1, 1)


def test_exposure_may_be_a_number_that_is_added_up() -> None:
    outcome = rate(
        IMPORTANT,
        deviations=[{"importance": "important"}, {"importance": "not-important"}, {}],
        participants=[{"days_on_study": 100.5}, {"days_on_study": 99.5}, {}],
    )
    assert (outcome.numerator, outcome.denominator, outcome.value) == (1, 200, 0.005)
    assert (outcome.detail["unknown"], outcome.detail["exposure_unknown"]) == (1, 1)


def test_no_importance_at_all_is_missing_and_not_zero() -> None:
    with pytest.raises(ListingError, match=r"“importance”.*no value in any row"):
        rate(IMPORTANT, deviations=[{}, {}], participants=[{"days_on_study": 1}])


def test_no_exposure_at_all_is_missing() -> None:
    with pytest.raises(ListingError, match=r"“visit_date”.*no value in any row"):
        rate(PER_VISIT, deviations=[], visits=[{"participant": "P1"}])


def test_no_deviation_is_none_and_not_missing() -> None:
    outcome = rate(IMPORTANT, deviations=[], participants=[{"days_on_study": 10}])
    assert (outcome.numerator, outcome.value) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"events": {"listing": "sites", "total": "age"}}, "events are counted rows"),
        ({"register": "sites"}, "a register needs the column to match by"),
        (
            {
                "exposure": {
                    "listing": "sites",
                    "total": "age",
                    "active": {"begun": "a", "ended": "b"},
                }
            },
            "a row weighs by one of active, total",
        ),
        (
            {
                "events": {
                    "listing": "sites",
                    "dated": {"column": "day", "within": "period", "undated": "counted"},
                }
            },
            "rows without a day cannot be counted within a period",
        ),
    ],
)
def test_parameters_that_contradict_each_other_are_refused(
    changes: dict[str, Any], problem: str
) -> None:
    given_parameters = {"factor": 1, "events": {"listing": "a"}, "exposure": {"listing": "b"}}
    with pytest.raises(ReadingError, match=problem):
        read(EventRateParameters, given_parameters | changes)


def test_events_and_exposure_may_be_of_one_listing() -> None:
    definition = defined(
        "event_rate",
        ("positions",),
        factor=100,
        events={"listing": "positions", "where": {"left_reason": ["resigned"]}},
        exposure={"listing": "positions", "total": "headcount"},
    )
    outcome = rate(definition, positions=[{"left_reason": "resigned", "headcount": 4}])
    assert outcome.value == 25


def test_open_cases_may_be_the_events() -> None:
    definition = defined(
        "event_rate",
        ("queries", "participants"),
        factor=100,
        matched_by="participant",
        events={
            "listing": "queries",
            "standing": {"opened": "opened_at", "closed": "closed_at", "state": "state"},
        },
        exposure={"listing": "participants"},
    )
    outcome = rate(
        definition,
        queries=[
            {"participant": "P1", "opened_at": "2026-10-31T23:59", "state": "open"},
            {"participant": "P1", "opened_at": "2026-11-01", "state": "open"},
            {"participant": "P1", "opened_at": "2026-10-01", "state": "closed"},
            {"participant": "P9", "opened_at": "2026-10-01", "state": "open"},
        ],
        participants=[{"participant": "P1"}, {"participant": "P2"}],
    )
    assert (outcome.numerator, outcome.denominator, outcome.value) == (1, 2, 50)
    assert outcome.detail["unmatched"] == 1


def test_a_register_says_who_is_known() -> None:
    definition = defined(
        "event_rate",
        ("deviations", "visits", "participants"),
        factor=100,
        matched_by="participant",
        register="participants",
        events={"listing": "deviations"},
        exposure={"listing": "visits"},
    )
    outcome = rate(
        definition,
        deviations=[{"participant": "P1"}, {"participant": "P2"}, {"participant": "P3"}],
        visits=[{"participant": "P1"}, {"participant": "P3"}],
        participants=[{"participant": "P1"}, {"participant": "P2"}, {}],
    )
    assert (outcome.numerator, outcome.denominator, outcome.value) == (2, 2, 100)
    assert outcome.detail["unmatched"] == 1


def test_participants_with_an_event_may_be_counted_instead_of_events() -> None:
    definition = defined(
        "event_rate",
        ("deviations", "participants"),
        factor=100,
        matched_by="participant",
        once_per="participant",
        events={"listing": "deviations"},
        exposure={"listing": "participants"},
    )
    outcome = rate(
        definition,
        deviations=[{"participant": one} for one in ("P1", "P1", "P2", None, "P9")],
        participants=[{"participant": "P1"}, {"participant": "P2"}, {"participant": "P3"}],
    )
    assert (outcome.numerator, outcome.denominator) == (2, 3)
    assert (outcome.detail["unknown"], outcome.detail["unmatched"]) == (1, 1)
