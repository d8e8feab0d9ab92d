"""Clean generated listings raise nothing; one planted fault raises its rule and no other."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kpis.submissions.checks.planted import CUTOFF, Plant, found_in, queries, query

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
PASSING = {"columns-not-used", "sheet-not-used"}

rows = st.lists(
    st.tuples(
        st.sampled_from(["007", "008"]),
        st.integers(1, 9),
        st.integers(0, 400),
        st.sampled_from(["Open", "Answered", "Closed"]),
        st.integers(0, 30),
    ),
    min_size=1,
    max_size=15,
)
Row = tuple[str, int, int, str, int]
FAULTS = {
    "unknown-site": {"site": "099", "subject": "099-1"},
    "after-cutoff": {
        "opened": "2025-11-20",
        "age": "",
        "response": "",
        "closed": "",
        "status": "Open",
    },
    "closed-before-opened": {"status": "Closed", "closed": "2024-01-01", "response": "", "age": ""},
    "answered-before-opened": {
        "status": "Answered",
        "response": "2024-01-01",
        "closed": "",
        "age": "",
    },
    "answered-without-date": {"status": "Answered", "response": "", "closed": ""},
    "unknown-choice": {"status": "Perhaps", "response": "", "closed": ""},
    "not-a-date": {"opened": "soon", "response": "", "closed": "", "status": "Open"},
    "placeholder": {"status": "TBC", "response": "", "closed": ""},
    "number-with-unit": {"age": "3 weeks"},
    "personal-email": {"form": "write to jane@example.org"},
}


def line(number: int, row: Row, **changes: object) -> str:
    """One good query: opened before the cut-off, answered and closed in order."""
    site, subject, age, status, lasted = row
    opened = CUTOFF - timedelta(days=age)
    ended = min(opened + timedelta(days=lasted), CUTOFF).isoformat()
    values: dict[str, object] = {
        "site": site,
        "subject": f"{site}-{subject}",
        "log": number,
        "status": status,
        "opened": opened,
        "response": "" if status == "Open" else ended,
        "closed": ended if status == "Closed" else "",
        "age": age,
    }
    return query(**(values | changes))


def raised(content: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        found = found_in(Plant(content, None), Path(folder))
    return [one.rule for one in found if one.rule not in PASSING]


@SLOW
@given(rows)
def test_a_clean_listing_raises_nothing(clean: list[Row]) -> None:
    assert raised(queries(*(line(n, row) for n, row in enumerate(clean)))) == []


@SLOW
@given(rows, st.sampled_from(sorted(FAULTS)), st.data())
def test_a_planted_fault_raises_its_rule_alone(
    clean: list[Row], rule: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(clean) - 1))
    lines = [line(n, row, **(FAULTS[rule] if n == at else {})) for n, row in enumerate(clean)]
    assert raised(queries(*lines)) == [rule]


@SLOW
@given(rows, st.data())
def test_the_same_row_again_is_found(clean: list[Row], data: st.DataObject) -> None:
    lines = [line(n, row) for n, row in enumerate(clean)]
    again = data.draw(st.sampled_from(lines))
    assert raised(queries(*lines, again)) == ["duplicate-key"]
