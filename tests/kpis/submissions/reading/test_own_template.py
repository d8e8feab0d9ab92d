"""Our template comes back filled in: the very values, in any order, and what is asked about."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading.declared import stated_by
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.template.mark import sheet_name
from kpis.submissions.template.plan import naming_columns
from kpis.submissions.template.sheets import HEADER_ROW
from tests.kpis.submissions.template.filling import (
    CUTOFF,
    fill,
    filled,
    made_up,
    open_template,
    read,
    set_cutoff,
    values,
)
from tests.kpis.submissions.template.makers import FACTS, facts, positions

SITES, POSITIONS = LISTINGS["sites"], LISTINGS["positions"]


def rules(result: ReadResult) -> list[str]:
    return [problem.rule for problem in result.problems]


def test_every_listing_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    """All in one workbook, each on its own sheet, with no word of complaint."""
    rows = {listing: made_up(listing) for listing in LISTINGS.values()}
    result = filled(FACTS, tmp_path, rows)
    assert [(one.rule, one.sentence) for one in result.problems] == []
    assert result.tables.keys() == LISTINGS.keys()
    for listing, typed in rows.items():
        assert values(result, listing) == typed, listing.name
    assert {one.sheet for one in result.sheets} == {sheet_name(one) for one in LISTINGS.values()}
    assert result.cutoff is not None
    assert (result.cutoff.date, result.cutoff.source) == (CUTOFF, "the file itself")


def turn_round(workbook: Any, name: str) -> None:
    """Put the columns of a sheet into the opposite order."""
    sheet = workbook[name]
    rows = [
        [(cell.value, cell.number_format) for cell in row][::-1]
        for row in sheet.iter_rows(min_row=HEADER_ROW)
    ]
    for offset, row in enumerate(rows):
        for place, (value, form) in enumerate(row, start=1):
            sheet.cell(HEADER_ROW + offset, place, value).number_format = form


def test_columns_may_be_moved(tmp_path: Path) -> None:
    rows = {listing: made_up(listing) for listing in LISTINGS.values()}

    def change(workbook: Any) -> None:
        for listing in rows:
            turn_round(workbook, sheet_name(listing))

    result = filled(FACTS, tmp_path, rows, change)
    assert [(one.rule, one.sentence) for one in result.problems] == []
    for listing, typed in rows.items():
        assert values(result, listing) == typed, listing.name


def test_a_cover_that_was_taken_out_is_seen_and_the_lists_still_tell(tmp_path: Path) -> None:
    rows = {SITES: made_up(SITES)}
    result = filled(
        facts("sites"), tmp_path, rows, lambda workbook: workbook.remove(workbook["Cover"])
    )
    (stated,) = stated_by(result.raw).values()
    assert (stated.missing_cover, stated.engagement_id, stated.study_id) == (True, 12, 4)
    assert stated.version == facts("sites").mark.version
    assert (result.cutoff, rules(result)) == (None, [])


def test_known_rows_left_as_they_were_are_asked_about_and_not_counted(tmp_path: Path) -> None:
    row = made_up(SITES, 1)
    result = filled(facts("sites"), tmp_path, {SITES: row})
    (problem,) = result.problems
    assert (problem.rule, problem.row) == ("nothing-entered", HEADER_ROW + 2)
    assert "2 rows of sites hold nothing beside what names them" in problem.sentence
    assert "neither as zero nor as closed" in problem.sentence
    assert values(result, SITES) == row


def test_nothing_at_all_entered_leaves_no_row(tmp_path: Path) -> None:
    result = filled(facts("sites", "queries"), tmp_path, {})
    assert sorted(rules(result)) == ["no-rows", "no-rows", "nothing-entered"]
    assert {name: len(table) for name, table in result.tables.items()} == {"sites": 0, "queries": 0}


def test_last_months_grey_values_are_not_read(tmp_path: Path) -> None:
    made = facts("positions", last={"positions": positions(3)})
    result = filled(made, tmp_path, {POSITIONS: made_up(POSITIONS, 2)})
    assert rules(result) == ["nothing-entered"]
    assert values(result, POSITIONS) == made_up(POSITIONS, 2)


def test_copying_last_month_over_reads_as_last_month(tmp_path: Path) -> None:
    """The grey columns stand in the order of the cells to be filled in: one copy, one paste."""
    last = positions(2).drop(columns="accepted_on")
    workbook = open_template(facts("positions", last={"positions": last}))
    sheet = workbook["Positions"]
    named, width = len(naming_columns(POSITIONS)), len(POSITIONS.columns)
    for row in range(HEADER_ROW + 1, HEADER_ROW + 3):
        for place in range(named + 1, width + 1):
            sheet.cell(row, place, sheet.cell(row, place + width - named + 1).value)
    result = read(workbook, tmp_path, "positions")
    assert rules(result) == []
    kept = result.tables["positions"][list(last.columns)]
    assert kept.astype(str).to_dict("records") == last.astype(str).to_dict("records")


@pytest.mark.parametrize(
    ("typed", "day", "found"),
    [
        (date(2026, 10, 30), date(2026, 10, 30), []),
        ("2026-10-30", date(2026, 10, 30), []),
        (None, None, []),
        ("end of October", None, ["not-a-date"]),
    ],
)
def test_the_cutoff_is_taken_from_the_cover(
    tmp_path: Path, typed: object, day: date | None, found: list[str]
) -> None:
    result = filled(
        facts("sites"), tmp_path, {SITES: made_up(SITES)}, lambda book: set_cutoff(book, typed)
    )
    assert rules(result) == found
    assert result.proposed_cutoff_date == day


def test_a_sheet_with_rows_of_its_own_name_is_recognised_by_its_columns(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["Positions"].title = "Our people"

    result = filled(facts("positions"), tmp_path, {POSITIONS: made_up(POSITIONS)}, change)
    assert rules(result) == []
    assert values(result, POSITIONS) == made_up(POSITIONS)


def test_a_listing_that_is_not_asked_for_is_left(tmp_path: Path) -> None:
    workbook = open_template(facts("sites", "positions"))
    fill(workbook, SITES, made_up(SITES))
    fill(workbook, POSITIONS, made_up(POSITIONS))
    result = read(workbook, tmp_path, "sites")
    assert result.tables.keys() == {"sites"}
    assert [(one.sheet, one.used) for one in result.sheets] == [
        ("Positions", False),
        ("Sites", True),
    ]
