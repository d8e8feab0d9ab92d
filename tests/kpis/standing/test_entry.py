"""Each state of the calendar with its cause, as a table; and what is waived for a KPI."""

from datetime import date

import pytest

from kpis.standing import Standing, entry_of
from kpis.standing.came import Row, came_of
from kpis.standing.states import WORDS
from kpis.standing.tiles import SIGNS, tile_of
from tests.kpis.standing.makers import DUE, DUE_DAY, IN_TIME, LATE, OCTOBER, at, due, row

ALL = {"": "The database is frozen."}
BOTH = {"queries": "No query yet.", "deviations": "None yet."}
SATURDAY = date(2026, 11, 14)

# What came, what is waived, on which day → state and words.
TABLE: list[tuple[tuple[Row, ...], dict[str, str], date, Standing, str]] = [
    ((), {}, DUE_DAY, Standing.OPEN, "Open, due by 13 Nov 2026"),
    ((), {}, SATURDAY, Standing.MISSING, "Missing"),
    ((), {}, LATE, Standing.MISSING, "Missing, 3 business days late"),
    ((), ALL, LATE, Standing.WAIVED, "Waived"),
    ((), BOTH, LATE, Standing.WAIVED, "Waived"),
    ((), {"queries": "None."}, LATE, Standing.MISSING, "Missing, 3 business days late"),
    ((row("received"),), {}, DUE_DAY, Standing.RECEIVED, "Received, being checked"),
    ((row("checked"),), {}, DUE_DAY, Standing.RECEIVED, "Received, not handed over yet"),
    (
        (row("checked"),),
        {},
        LATE,
        Standing.LATE,
        "Late, not handed over yet, 3 business days late",
    ),
    ((row("checked"),), ALL, LATE, Standing.WAIVED, "Waived"),
    (
        (row("submitted", handed=IN_TIME),),
        {},
        LATE,
        Standing.RECEIVED,
        "Received, waits for the sponsor",
    ),
    (
        (row("returned", handed=IN_TIME, decided=DUE_DAY),),
        {},
        DUE_DAY,
        Standing.RETURNED,
        "Returned, to be corrected",
    ),
    (
        (row("returned", handed=IN_TIME, decided=DUE_DAY),),
        ALL,
        LATE,
        Standing.RETURNED,
        "Returned, to be corrected, 3 business days late",
    ),
    (
        (row("checked", handed=IN_TIME, decided=DUE_DAY),),
        {},
        LATE,
        Standing.LATE,
        "Late, not handed over yet, 3 business days late",
    ),
    ((row("accepted", handed=IN_TIME, decided=LATE),), {}, LATE, Standing.ACCEPTED, "Accepted"),
    (
        (row("accepted", handed=LATE, decided=LATE),),
        ALL,
        date(2026, 12, 24),
        Standing.ACCEPTED,
        "Accepted, 3 business days late",
    ),
    (
        (
            row("superseded", handed=IN_TIME, decided=DUE_DAY),
            row("accepted", handed=LATE, decided=LATE, replaces=6),
        ),
        {},
        LATE,
        Standing.RESTATED,
        "Accepted, restated",
    ),
    (
        (row("accepted", handed=IN_TIME, decided=DUE_DAY), row("checked")),
        {},
        LATE,
        Standing.ACCEPTED,
        "Accepted, a restatement is under way",
    ),
]


@pytest.mark.parametrize(("rows", "waivers", "on", "standing", "words"), TABLE)
def test_each_state_has_its_cause(
    rows: tuple[Row, ...], waivers: dict[str, str], on: date, standing: Standing, words: str
) -> None:
    came = came_of(rows, until=None)
    found = entry_of(DUE, period=OCTOBER, came=came, waivers=waivers, on=on)
    assert (found.standing, found.words) == (standing, words)
    assert found.overdue == (
        standing in (Standing.MISSING, Standing.LATE) or "corrected, 3" in words
    )


def test_the_table_names_every_state_and_each_has_its_words_and_sign() -> None:
    assert {standing for *_, standing, _ in TABLE} | {Standing.NOT_ASKED} == set(Standing)
    assert set(WORDS) == set(SIGNS) == set(Standing)


def test_a_month_before_the_first_is_not_asked_for_but_taken() -> None:
    later = due(reports_from=date(2026, 11, 20))
    nothing = entry_of(later, period=OCTOBER, came=None, waivers={}, on=LATE)
    assert (nothing.standing, nothing.days_late, nothing.overdue) == (Standing.NOT_ASKED, 0, False)
    came = came_of([row("accepted", handed=IN_TIME, decided=LATE)], until=None)
    found = entry_of(later, period=OCTOBER, came=came, waivers={}, on=LATE)
    assert found.standing is Standing.ACCEPTED


def test_as_known_on_a_day_shows_what_was_known_then() -> None:
    rows = [row("accepted", handed=date(2026, 11, 11), decided=LATE)]
    stands = {}
    for day in (date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 12), date(2026, 11, 19)):
        came = came_of(rows, until=at(day))
        stands[day.day] = entry_of(DUE, period=OCTOBER, came=came, waivers={}, on=day).words
    assert stands == {
        9: "Open, due by 13 Nov 2026",
        10: "Received, not handed over yet",
        12: "Received, waits for the sponsor",
        19: "Accepted",
    }


def test_a_kpi_is_waived_where_something_it_needs_is() -> None:
    def waives(**waivers: str) -> tuple[bool, bool]:
        found = entry_of(DUE, period=OCTOBER, came=None, waivers=waivers, on=LATE)
        return found.waives("query-aging"), found.waives("deviation-rate")

    assert waives() == (False, False)
    assert waives(queries="None.") == (True, False)
    assert waives(deviations="None.") == (False, True)
    whole = entry_of(DUE, period=OCTOBER, came=None, waivers=ALL, on=LATE)
    assert whole.waives("query-aging")
    assert whole.waives("deviation-rate")
    assert whole.asked == frozenset()


def test_the_tile_of_a_late_month_shows_how_late() -> None:
    came = came_of([row("accepted", handed=LATE, decided=LATE)], until=None)
    tile = tile_of(entry_of(DUE, period=OCTOBER, came=came, waivers={}, on=LATE))
    assert (tile.sign, tile.css, tile.words) == ("+3", "late", "accepted, 3 business days late")
