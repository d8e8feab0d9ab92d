"""How a provider stands on a day: every answer, and that each day has exactly one."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.dossier.standing import qualified, when

DAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Assessed:
    """An assessment without a database."""

    assessed_on: date
    outcome: str = "qualified"
    conditions_closed_on: date | None = None
    valid_until: date | None = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("assessments", "is_qualified", "words", "mark"),
    [
        ((), False, "never assessed", "stop"),
        ((Assessed(DAY + timedelta(days=1)),), False, "never assessed", "stop"),
        ((Assessed(DAY),), True, "qualified until 1 Jun 2027", "good"),
        (
            (Assessed(date(2025, 1, 1), valid_until=DAY),),
            True,
            "qualified until 15 Jun 2026",
            "care",
        ),
        (
            (Assessed(date(2025, 1, 1), valid_until=DAY - timedelta(days=1)),),
            False,
            "lapsed on 14 Jun 2026",
            "stop",
        ),
        (
            (Assessed(date(2025, 1, 1), "not-qualified", valid_until=None),),
            False,
            "not qualified since 1 Jan 2025",
            "stop",
        ),
        (
            (Assessed(date(2025, 1, 1), "conditional"),),
            True,
            "qualified until 1 Jun 2027, conditions open",
            "care",
        ),
        (
            (Assessed(date(2025, 1, 1), "conditional", conditions_closed_on=DAY),),
            True,
            "qualified until 1 Jun 2027",
            "good",
        ),
        # The newest counts, also when it is worse.
        (
            (Assessed(date(2025, 1, 1)), Assessed(date(2026, 1, 1), "not-qualified")),
            False,
            "not qualified since 1 Jan 2026",
            "stop",
        ),
    ],
)
def test_the_standing_of_a_provider(
    assessments: tuple[Assessed, ...], is_qualified: bool, words: str, mark: str
) -> None:
    found = qualified(assessments, on=DAY)
    assert (found.qualified, found.words, found.mark) == (is_qualified, words, mark)


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(days, max_size=5), days)
def test_it_is_qualified_just_while_the_newest_assessment_lasts(made: list[date], on: date) -> None:
    year = timedelta(days=365)
    assessments = [Assessed(day, valid_until=day + year) for day in made]
    newest = max((day for day in made if day <= on), default=None)
    expected = newest is not None and on <= newest + year
    assert qualified(assessments, on=on).qualified == expected


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (DAY + timedelta(days=1), None, ("from 16 Jun 2026", "care")),
        (DAY, None, ("since 15 Jun 2026", "good")),
        (DAY, DAY, ("until 15 Jun 2026", "good")),
        (date(2025, 1, 1), DAY - timedelta(days=1), ("ended 14 Jun 2026", "past")),
    ],
)
def test_how_a_period_lies_to_a_day(first: date, last: date | None, said: tuple[str, str]) -> None:
    assert when(first, last, DAY) == said
