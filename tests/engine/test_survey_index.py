"""The survey index: the mean against a plain one, and what a mean hides."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.reading import ReadingError, read
from kpis.engine.survey_index import SurveyIndexParameters
from tests.engine.builders import defined
from tests.engine.rows import AMOUNTS, Record, listed, outcome_of, rows_shown
from tests.engine.twins_of_totals import mean

ASKED: dict[str, Any] = {
    "answers": {"listing": "answers", "measures": {"columns": {"answer": 1}}},
    "lowest": 1,
    "highest": 5,
    "topic": "topic",
    "side": "side",
    "sides": ["sponsor", "cro"],
}


SURVEY = defined("survey_index", ("answers",), **ASKED)


@settings(deadline=None)  # the machine may be busy
@given(
    rows=listed(
        answer=AMOUNTS,
        topic=st.sampled_from(["trust", "quality", None]),
        side=st.sampled_from(["sponsor", "cro"]),
    )
)
def test_it_agrees_with_plain_means(rows: list[Record]) -> None:
    outcome = outcome_of(SURVEY, answers=rows)
    shown, again = rows_shown(SURVEY, answers=rows)
    kept = [row for row in rows if row["answer"] is not None and 1 <= row["answer"] <= 5]
    assert shown == again
    assert (outcome.denominator, outcome.detail["unknown"]) == (len(shown), len(rows) - len(shown))
    assert outcome.value == pytest.approx(mean([row["answer"] for row in kept]))
    assert outcome.detail["distribution"] == {
        str(step): sum(row["answer"] == step for row in kept) for step in range(1, 6)
    }
    assert outcome.detail["topics"] == {
        name: pytest.approx(mean([row["answer"] for row in kept if row["topic"] == name]))
        for name in {row["topic"] for row in kept} - {None}
    }
    ours, theirs = (
        mean([row["answer"] for row in kept if row["side"] == side]) for side in ("sponsor", "cro")
    )
    gap = None if ours is None or theirs is None else pytest.approx(ours - theirs)
    assert outcome.detail["gap"] == gap


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"lowest": 5}, "lowest must be below highest"),
        ({"answers": {"listing": "answers"}}, "need the number that was answered"),
    ],
)
def test_a_scale_without_steps_or_numbers_is_refused(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ReadingError, match=problem):
        read(SurveyIndexParameters, ASKED | changes)
