"""Timeliness: every clock against the slow twin, the other rules by example."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.formulas import ListingError
from kpis.engine.reading import ReadingError, read
from kpis.engine.timeliness import TimelinessParameters
from tests.engine.builders import CUTOFF, defined
from tests.engine.rows import FIRST, MOMENTS, Record, by_site, listed, outcome_of, rows_shown
from tests.engine.twins_of_totals import in_time, percent

VISITS = "monitoring-visits"


def reports(unit: str, number: int) -> Any:
    return defined(
        "timeliness",
        (VISITS,),
        whole={"listing": VISITS},
        allowed={"since": "ended_on", "unit": unit, "number": number},
        done="report_submitted_on",
        within="period",
    )


def findings(**changes: Any) -> Any:
    parameters = {
        "whole": {"listing": "capa", "unless": {"owner": ["nobody"]}},
        "due": "due_on",
        "done": "closed_on",
        "within": "period",
    }
    return defined("timeliness", ("capa",), **parameters | changes)


@settings(deadline=None)  # the machine may be busy
@given(
    rows=listed(ended_on=MOMENTS, report_submitted_on=MOMENTS),
    unit=st.sampled_from(["calendar-days", "business-days", "hours"]),
    number=st.integers(0, 30),
)
def test_it_agrees_with_the_slow_twin(rows: list[Record], unit: str, number: int) -> None:
    definition = reports(unit, number)
    for own, outcome in by_site(definition, **{VISITS: rows}):
        found = in_time(own[VISITS], unit, number, FIRST, CUTOFF)
        whole = found["on_time"] + found["late"] + found["overdue"]
        assert (outcome.numerator, outcome.denominator) == (found["on_time"], whole)
        assert outcome.value == pytest.approx(percent(found["on_time"], whole))
        assert found == {"on_time": outcome.numerator} | {
            name: outcome.detail[name] for name in ("late", "overdue", "undated")
        }
    shown = rows_shown(definition, **{VISITS: rows})
    outcome = outcome_of(definition, **{VISITS: rows})
    assert tuple(map(len, shown)) == (outcome.numerator, outcome.denominator)


def test_a_day_that_is_due_runs_to_its_end_and_open_cases_count_against_it() -> None:
    rows = [
        {"due_on": "2026-10-10", "closed_on": "2026-10-10T23:30:00"},
        {"due_on": "2026-10-10", "closed_on": "2026-10-11"},
        {"due_on": "2026-10-10"},
        {"due_on": "2026-10-10", "closed_on": "2026-11-01"},  # after the cut-off: still open on it
        {"due_on": "2026-10-10", "owner": "nobody"},
        {"due_on": "2026-11-01"},  # not due yet
        {"closed_on": "2026-10-10"},
    ]
    outcome = outcome_of(findings(), capa=rows)
    assert (outcome.numerator, outcome.denominator) == (1, 4)
    names = ("late", "overdue", "undated", "stopped")
    assert [outcome.detail[name] for name in names] == [1, 2, 1, 0]


def test_a_case_stopped_before_it_was_due_is_left_out() -> None:
    rows = [
        {"due_on": "2026-10-10", "extended_to": "2026-10-09"},
        {"due_on": "2026-10-10", "extended_to": "2026-10-09", "closed_on": "2026-10-08"},
        {"due_on": "2026-10-10", "extended_to": "2026-10-11"},
    ]
    outcome = outcome_of(findings(stopped="extended_to"), capa=rows)
    assert (outcome.numerator, outcome.denominator, outcome.detail["stopped"]) == (1, 2, 1)


def test_each_word_may_have_an_allowance_of_its_own() -> None:
    allowed = {"since": "opened_on", "unit": "calendar-days", "by": "severity"}
    own = {"critical": 5, "minor": 20}
    whole = {"listing": "audit-findings"}
    rows: Any = [
        {"opened_on": "2026-10-01", "severity": word, "closed_on": "2026-10-09"}
        for word in ("critical", "major", "minor")
    ]
    split = {"column": "severity", "values": ["critical", "major"]}
    common = {"whole": whole, "done": "closed_on", "within": "period", "due": None, "split": split}
    for number, expected in ((None, (1, 2, 1)), (7, (1, 3, 0))):
        limits = allowed | {"numbers": own} | ({"number": number} if number else {})
        parameters = {name: one for name, one in common.items() if one} | {"allowed": limits}
        definition = defined("timeliness", ("audit-findings",), **parameters)
        outcome = outcome_of(definition, **{"audit-findings": rows})
        assert (outcome.numerator, outcome.denominator, outcome.detail["undated"]) == expected
        late = {"critical": 1, "major": int(bool(number)), "other": 0}
        assert outcome.detail["by_severity"] == late


def test_only_what_was_done_counts_where_the_kpi_says_so() -> None:
    rows = [
        {"due_on": "2026-08-01", "closed_on": "2026-10-02"},  # due before the period, done in it
        {"due_on": "2026-11-30", "closed_on": "2026-10-02"},  # done early
        {"due_on": "2026-10-01"},
    ]
    outcome = outcome_of(findings(only_done=True), capa=rows)
    assert (outcome.numerator, outcome.denominator) == (1, 2)


def test_without_any_day_that_is_due_it_is_missing() -> None:
    with pytest.raises(ListingError, match=r"“due_on”.*no value in any row"):
        outcome_of(findings(), capa=[{"closed_on": "2026-10-01"}])


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"due": "b", "allowed": {"since": "c", "unit": "hours", "number": 1}}, "either due or"),
        ({}, "either due or"),
        ({"due": "b", "whole": {"listing": "a", "total": "d"}}, "adds nothing up"),
        ({"allowed": {"since": "c", "unit": "hours"}}, "allowed needs a number"),
        (
            {"allowed": {"since": "c", "unit": "hours", "number": 1, "by": "d"}},
            "by and numbers belong together",
        ),
    ],
)
def test_parameters_that_leave_something_open_are_refused(
    changes: dict[str, Any], problem: str
) -> None:
    parameters = {"whole": {"listing": "a"}, "done": "e", "within": "period"} | changes
    with pytest.raises(ReadingError, match=problem):
        read(TimelinessParameters, parameters)
