"""Weighted adherence, against the slow twin; what no other figure makes up for."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.adherence import AdherenceParameters
from kpis.engine.reading import ReadingError, read
from kpis.engine.shapes import Outcome
from tests.engine import twins_of_totals
from tests.engine.builders import defined
from tests.engine.rows import AMOUNTS, Record, by_site, listed, outcome_of, rows_shown

AGREED: dict[str, Any] = {
    "required": {"listing": "kpis", "measures": {"columns": {"weight": 1}}},
    "status": "status",
    "met": ["green"],
    "measured": ["green", "amber", "red"],
}
STATUSES = st.sampled_from(["green", "amber", "red", "missing"])


KPIS = defined("adherence", ("kpis",), **AGREED)
CAPPED = defined("adherence", ("kpis",), **AGREED, capping="safety", failed=["red"])


@settings(deadline=None)  # the machine may be busy
@given(rows=listed(weight=AMOUNTS, status=STATUSES))
def test_it_agrees_with_the_slow_twin(rows: list[Record]) -> None:
    for own, outcome in by_site(KPIS, kpis=rows):
        _agrees(own["kpis"], outcome)
    held, measured = rows_shown(KPIS, kpis=rows)
    assert len(measured) == outcome_of(KPIS, kpis=rows).detail["measured"]
    assert [rows[place]["status"] for place in held] == ["green"] * len(held)


def _agrees(rows: list[Record], outcome: Outcome) -> None:
    held, measured = twins_of_totals.adherence(rows)
    assert (outcome.numerator, outcome.denominator) == pytest.approx((held, measured))
    assert outcome.value == pytest.approx(twins_of_totals.percent(held, measured))
    weighed = [row for row in rows if row["weight"] is not None]
    assert outcome.detail["required"] == len(weighed)
    there = sum(row["status"] != "missing" for row in weighed)
    assert outcome.detail["measured"] == there
    assert outcome.detail["coverage"] == pytest.approx(twins_of_totals.percent(there, len(weighed)))


def test_a_failed_safety_figure_is_shown_apart() -> None:
    rows = [
        {"weight": 1, "status": "red", "safety": "yes"},
        {"weight": 1, "status": "red", "safety": "no"},
        {"weight": 98, "status": "green", "safety": "yes"},
    ]
    outcome = outcome_of(CAPPED, kpis=rows)
    assert (outcome.value, outcome.detail["failed_capping"]) == (98, 1)


def test_what_is_met_must_be_measured() -> None:
    with pytest.raises(ReadingError, match="must be among what is measured"):
        read(AdherenceParameters, AGREED | {"met": ["blue"]})
