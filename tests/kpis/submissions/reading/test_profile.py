"""How a column is read as a person confirmed it, and what a changed layout says of itself."""

import pandas as pd
import pytest

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading.changes import changes
from kpis.submissions.reading.header_problems import header_problems
from kpis.submissions.reading.layout import carry, read_as
from kpis.submissions.reading.numbers import DecimalSign, read_numbers
from kpis.submissions.reading.profile import ColumnReading, Profile, signature
from kpis.submissions.reading.proposals import proposal
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.recognise import recognise
from kpis.submissions.reading.storeys import Window, squeeze
from kpis.submissions.reading.typed import type_sheet
from kpis.submissions.reading.units import unit_said, units_of

OUTAGES, HEADCOUNT = LISTINGS["outages"], LISTINGS["head-count"]


def numbers(*texts: str, sign: DecimalSign = "") -> tuple[list[object], list[bool]]:
    cells = pd.Series(list(texts), dtype="str")
    values, bad, unclear = read_numbers(cells, cells == "", sign)
    assert not (bad & unclear).any()
    return values.astype(object).where(values.notna(), None).tolist(), unclear.tolist()


@pytest.mark.parametrize(
    ("texts", "sign", "expected"),
    [
        (["1,5", "1.234"], "comma", [1.5, 1234.0]),
        (["1,234", "0.5"], "", [1234.0, 0.5]),
        (["1,234", "1,5"], "", [1.234, 1.5]),
        (["1,234"], "point", [1234.0]),
        (["1,234"], "comma", [1.234]),
        (["1.234.567,8", "2,5"], "", [1234567.8, 2.5]),
        (["1'234.5", "1 234"], "", [1234.5, 1234.0]),
        (["12 %", "0.12"], "", [12.0, 0.12]),
        (["12", "", "x"], "", [12.0, None, None]),
    ],
)
def test_decimals_are_told_by_the_column_or_a_person(
    texts: list[str], sign: DecimalSign, expected: list[object]
) -> None:
    assert numbers(*texts, sign=sign) == (expected, [False] * len(texts))


def test_a_number_that_may_be_a_thousand_times_as_much_is_not_read() -> None:
    assert numbers("1,234", "12") == ([None, 12.0], [True, False])
    assert numbers("1.234", "1,5") == ([None, 1.5], [True, False])


def test_units_are_said_by_the_title_or_by_a_person() -> None:
    minutes = next(column for column in OUTAGES.columns if column.unit)
    assert units_of(minutes)[0][1] == 1
    assert unit_said("Downtime (h)", minutes) == unit_said("Hours down", minutes) == "hours"
    assert unit_said("Minutes, of which hours", minutes) == ""
    sheet = RawSheet(
        0,
        "Outages",
        pd.DataFrame(
            [
                [column.title for column in OUTAGES.columns],
                ["2" if column is minutes else "x" for column in OUTAGES.columns],
            ],
            dtype="object",
        ),
    )
    (found,) = recognise([sheet], [OUTAGES])
    assert found.header is not None

    def read(**readings: ColumnReading) -> float:
        assert found.header is not None
        return float(type_sheet(sheet, found.header, OUTAGES, readings).table[minutes.name].iloc[0])

    assert read() == 2
    assert read(**{minutes.name: ColumnReading(unit="hours")}) == 120


def test_a_percent_sign_speaks_for_its_cell() -> None:
    fte = HEADCOUNT.column("fte_actual")
    frame = pd.DataFrame(
        [[column.title for column in HEADCOUNT.columns], *[["x"] * len(HEADCOUNT.columns)] * 2],
        dtype="object",
    )
    frame[HEADCOUNT.columns.index(fte)] = [fte.title, "80%", "0.5"]
    sheet = RawSheet(0, "Headcount", frame)
    (found,) = recognise([sheet], [HEADCOUNT])
    assert found.header is not None

    table = type_sheet(sheet, found.header, HEADCOUNT).table

    assert table["fte_actual"].tolist() == [pytest.approx(0.8), 0.5]


def test_what_changed_is_said_in_sentences() -> None:
    before = ("Site", "Subject", "Raised", "State", "Age", "Note")

    assert changes(before, before) == ()
    assert changes(before, ("Site", "Subject", "Raised on", "State", "Age")) == (
        "'Raised' is now called 'Raised on'.",
        "'Note' is gone.",
    )
    assert changes(before, ("Subject", "Raised", "State", "Age", "Site", "Note", "Owner")) == (
        "'Owner' is new.",
        "'Site' stands in another place.",
    )
    assert changes(("Site", "Wer", "State"), ("Site", "Person", "State")) == (
        "'Wer' is now called 'Person'.",
    )


def test_a_layout_is_known_by_its_words_in_their_order() -> None:
    assert signature(("Site #", "Sub ject")) == signature(("SITE", "subject "))
    assert signature(("Site", "Subject")) != signature(("Subject", "Site"))
    assert signature(("x" * 100,)) == signature(("x" * 79 + "…",))


def test_what_was_confirmed_moves_with_its_words() -> None:
    readings = {
        "site": ColumnReading(header="Site", place=0),
        "form": ColumnReading(header="Page", place=2),
        "opened_at": ColumnReading(header="Raised", place=3, date_order="day-first"),
        "region": ColumnReading(),
    }
    profile = Profile(1, "A", "queries", 1, ("Site", "Page", "Page", "Raised"), readings)

    carried = carry(profile, ("Raised", "Page", "Page", "Owner"))

    assert carried["opened_at"] == ColumnReading("Raised", 0, date_order="day-first")
    assert (carried["form"].place, carried["region"].place) == (2, None)
    assert "site" not in carried


def test_a_column_is_proposed_by_its_words_or_by_its_cells() -> None:
    queries = LISTINGS["queries"]
    layout = {
        "titles": ["Site", "Query Respons Date", "Raised", "Other"],
        "samples": [["1"], ["2025-01-01"], ["2025-01-01"], ["x"]],
        "columns": {"site": {"place": 0}},
    }

    assert proposal(queries.column("answered_at"), layout) == 1
    layout["columns"]["answered_at"] = {"place": 1}  # type: ignore[index]  # a dict
    assert proposal(queries.column("opened_at"), layout) == 2
    assert proposal(queries.column("closed_at"), layout) is None
    assert proposal(queries.column("participant"), layout) is None


QUERY_TITLES = ("Site Number", "Subject Name", "Form", "Query Status", "Query Open Date")
QUERY_CELLS = ("Site 1", "Subject 1", "AE", "Open", "2025-11-04")


def read_by_profile(titles: tuple[str, ...], confirmed: Profile) -> tuple[set[str], list[str]]:
    """Return the columns that a sheet with `titles` has, and what is said of its header."""
    cells = [*QUERY_CELLS, *["x"] * len(titles)][: len(titles)]
    sheet = RawSheet(0, "Queries", pd.DataFrame([list(titles), cells], dtype="object"))
    (found,) = recognise([sheet], [LISTINGS["queries"]])
    assert found.header is not None
    tries: dict[int, tuple[str, ...]] = {
        place: (squeeze(title),) for place, title in enumerate(titles)
    }
    window = Window(0, 0, found.header.titles, tries)
    taken = read_as([window], LISTINGS["queries"], found.header, [confirmed])
    assert taken is not None
    problems = header_problems(sheet, taken.header, LISTINGS["queries"])
    return set(taken.header.positions), [one.rule for one in problems if "perhaps" in one.rule]


def confirmed_without_region(*titles: str) -> Profile:
    places = dict(zip(("site", "participant", "form", "state", "opened_at"), range(5), strict=True))
    columns = {name: ColumnReading(header=titles[at], place=at) for name, at in places.items()}
    return Profile(1, "A", "queries", 1, titles, columns | {"region": ColumnReading()})


def test_a_column_that_came_since_is_read_and_one_that_was_left_out_is_not_asked_about() -> None:
    more = (*QUERY_TITLES, "Region")

    came_since, said = read_by_profile(more, confirmed_without_region(*QUERY_TITLES))
    assert "region" in came_since
    assert said == []

    left_out, said = read_by_profile(more, confirmed_without_region(*more))
    assert "region" not in left_out
    assert said == []
