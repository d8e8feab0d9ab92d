"""Dates and moments as text, always English and always UTC."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from oversight.look.times import day_text, month_text, utc_text


def test_a_date() -> None:
    assert day_text(date(2026, 11, 22)) == "22 Nov 2026"


def test_a_moment_is_shown_in_utc_whatever_its_zone() -> None:
    moment = datetime(2026, 11, 9, 0, 12, tzinfo=timezone(timedelta(hours=2)))
    assert utc_text(moment) == "8 Nov 2026, 22:12 UTC"
    assert day_text(moment) == "8 Nov 2026"


def test_a_month() -> None:
    assert month_text(date(2026, 9, 30)) == "Sep 2026"


@pytest.mark.parametrize("text", [day_text, month_text, utc_text])
def test_nothing_is_shown_as_nothing(text: Callable[[None], str]) -> None:
    assert text(None) == ""


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        utc_text(datetime(2026, 11, 9, tzinfo=UTC).replace(tzinfo=None))
