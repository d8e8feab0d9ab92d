"""All signs together: each named, its points on record, and what could not be asked said."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.believable.history import SignName
from kpis.engine.believable.score import (
    POINTS,
    QUESTIONS,
    TITLES,
    believability,
    signs_of,
)
from tests.engine.believable.histories import counted, history, past


def test_every_sign_has_a_question_a_title_and_points() -> None:
    assert set(QUESTIONS) == set(TITLES) == set(POINTS) == set(SignName)
    assert list(POINTS.values()) == sorted(POINTS.values(), reverse=True)
    assert [one.name for one in signs_of(history([3.0]))] == list(QUESTIONS)


def test_an_honest_history_has_no_sign() -> None:
    pairs = [(11, 231), (14, 262), (9, 247), (12, 233), (17, 258), (11, 241), (8, 219), (13, 277)]
    found = believability(counted(pairs))
    assert (found.score, found.signs, found.words) == (100, (), "no reason to doubt it")
    assert [one.name for one in found.unasked] == [
        SignName.REPORTED,
        SignName.RESTATED,
        SignName.PARTNER,
    ]
    assert len(found.clear) == 5


def test_points_are_taken_off_for_each_sign() -> None:
    found = believability(counted([(10, 250)] * 8))
    names = [one.name for one in found.signs]
    assert names == [SignName.COPIED, SignName.CONSTANT, SignName.ROUNDED]
    assert (found.score, found.words) == (100 - 25 - 15 - 10, "hard to believe")
    lies = [past(n, 4.0, reported=3.0) for n in range(3)]
    one = believability(replace(history([]), months=lies))
    assert (one.score, one.words) == (70, "worth a question")


def test_without_history_there_is_no_score() -> None:
    found = believability(history([3.0]))
    assert (found.score, found.words) == (None, "too little history to ask")
    assert len(found.unasked) == len(SignName)
    assert believability(history([])).score is None


@given(st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 20), st.integers(20, 60)))))
def test_the_score_is_what_the_table_says(pairs: list[tuple[int, int] | None]) -> None:
    found = believability(counted(pairs))
    lost = sum(POINTS[one.name] for one in found.signs)
    assert found.score in (None, max(0, 100 - lost))
    assert len(found.signs) + len(found.clear) + len(found.unasked) == len(SignName)
    assert all(one.evidence for one in found.signs)
