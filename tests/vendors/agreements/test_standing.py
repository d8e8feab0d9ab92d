"""Which version holds on a day: every state, and never two at once."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.agreements.standing import begins, in_force, last_day, state

DAY = date(2026, 6, 15)
LONG_AGO = date(2024, 1, 1)


@dataclass(frozen=True)
class Version:
    """A version without a database."""

    effective_on: date = LONG_AGO
    signed_on: date | None = LONG_AGO
    expires_on: date | None = None
    terminated_on: date | None = None


@pytest.mark.parametrize(
    ("version", "holds", "words", "mark"),
    [
        (Version(), True, "in force since 1 Jan 2024", "good"),
        (Version(signed_on=DAY), True, "in force since 15 Jun 2026", "good"),
        (Version(signed_on=None), False, "waits for a signature", "stop"),
        (Version(date(2026, 7, 1), None), False, "waits for a signature", "care"),
        (Version(date(2026, 7, 1)), False, "holds from 1 Jul 2026", "care"),
        (Version(signed_on=date(2026, 7, 1)), False, "holds from 1 Jul 2026", "care"),
        (Version(expires_on=DAY), True, "in force until 15 Jun 2026", "care"),
        (Version(expires_on=date(2027, 6, 1)), True, "in force until 1 Jun 2027", "good"),
        (Version(expires_on=date(2026, 6, 14)), False, "expired, last day 14 Jun 2026", "stop"),
        (Version(terminated_on=DAY), False, "terminated, last day 14 Jun 2026", "stop"),
    ],
)
def test_how_one_version_stands(version: Version, holds: bool, words: str, mark: str) -> None:
    found = state(version, [version], on=DAY)
    assert (found.in_force, found.words, found.mark) == (holds, words, mark)


def test_a_later_version_replaces_the_earlier_and_its_end_ends_the_agreement() -> None:
    first = Version()
    second = Version(date(2025, 1, 1), date(2025, 1, 1), expires_on=date(2025, 12, 31))
    both = (first, second)
    assert in_force(both, on=date(2024, 12, 31)) is first
    assert in_force(both, on=date(2025, 6, 1)) is second
    assert in_force(both, on=DAY) is None
    assert state(first, both, on=date(2025, 6, 1)).words == "replaced by a later version"


days = st.dates(date(2020, 1, 1), date(2023, 1, 1))
versions = st.builds(
    Version,
    effective_on=days,
    signed_on=st.none() | days,
    expires_on=st.none() | days,
    terminated_on=st.none() | days,
)


@given(st.lists(versions, max_size=4), days)
def test_at_most_one_version_holds_and_only_while_it_may(held: list[Version], on: date) -> None:
    found = in_force(held, on=on)
    assert sum(state(one, held, on=on).in_force for one in held if one is found) <= 1
    for one in held:
        assert state(one, held, on=on).in_force == (one is found)
    if found is not None:
        first, last = begins(found), last_day(found)
        assert first is not None
        assert first <= on
        assert last is None or on <= last


@given(versions)
def test_it_does_not_hold_on_the_day_of_its_termination(version: Version) -> None:
    if version.terminated_on is not None:
        assert in_force([version], on=version.terminated_on) is None
        assert in_force([version], on=version.terminated_on + timedelta(days=1)) is None
