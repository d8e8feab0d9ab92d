"""When somebody is reminded: a table of days and states."""

from datetime import date

import pytest

from kpis.models import Reminder
from kpis.reminders.occasions import occasion_of, words_of
from kpis.standing import entry_of
from kpis.standing.came import Row, came_of
from tests.kpis.standing.makers import DUE, DUE_DAY, IN_TIME, LATE, OCTOBER, row

Occasion = Reminder.Occasion
NONE = ()
DAYS = [
    (date(2026, 11, 9), None, "Due in 4 business days"),
    (date(2026, 11, 10), Occasion.SOON, "Due in 3 business days"),
    (date(2026, 11, 12), Occasion.SOON, "Due in 1 business day"),
    (DUE_DAY, Occasion.TODAY, "Due today"),
    (date(2026, 11, 15), None, "Late"),  # the weekend after it
    (date(2026, 11, 16), Occasion.LATE, "1 business day late"),
    (date(2026, 11, 19), Occasion.LATE, "4 business days late"),
    (date(2026, 11, 20), Occasion.VERY_LATE, "5 business days late"),
    (date(2027, 1, 15), Occasion.VERY_LATE, "45 business days late"),
]
# Handed over, accepted, waived: nobody is reminded. Lying at the CRO: as if nothing came.
STATES: list[tuple[tuple[Row, ...], dict[str, str], bool]] = [
    (NONE, {}, True),
    (NONE, {"": "Frozen."}, False),
    ((row("received"),), {}, True),
    ((row("checked"),), {}, True),
    ((row("checked"),), {"": "Frozen."}, False),
    ((row("submitted", handed=IN_TIME),), {}, False),
    ((row("returned", handed=IN_TIME, decided=DUE_DAY),), {}, True),
    ((row("accepted", handed=IN_TIME, decided=DUE_DAY),), {}, False),
    ((row("accepted", handed=IN_TIME, decided=DUE_DAY), row("checked")), {}, False),
]


@pytest.mark.parametrize(("on", "occasion", "words"), DAYS)
def test_each_day_has_its_occasion_and_words(
    on: date, occasion: Occasion | None, words: str
) -> None:
    entry = entry_of(DUE, period=OCTOBER, came=None, waivers={}, on=on)
    assert (occasion_of(entry), words_of(entry)) == (occasion, words)


@pytest.mark.parametrize(("rows", "waivers", "reminded"), STATES)
@pytest.mark.parametrize("on", [date(2026, 11, 12), DUE_DAY, LATE, date(2026, 12, 24)])
def test_only_what_lies_at_the_cro_is_reminded_of(
    rows: tuple[Row, ...], waivers: dict[str, str], reminded: bool, on: date
) -> None:
    came = came_of(rows, until=None)
    entry = entry_of(DUE, period=OCTOBER, came=came, waivers=waivers, on=on)
    assert (occasion_of(entry) is not None) == reminded
