"""The workbook itself: what stands where, that two programmes can open it, that it never varies."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from defusedxml import ElementTree
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading.convert import as_choices, as_text
from kpis.submissions.template.build import build_template
from kpis.submissions.template.facts import KnownSite
from kpis.submissions.template.mark import read_mark, sheet_name, version_of
from kpis.submissions.template.plan import MOST_ROWS
from kpis.submissions.template.sheets import HEADER_ROW
from tests.kpis.submissions.template.makers import (
    DEFINITIONS,
    FACTS,
    STUDY,
    facts,
    opened,
    positions,
)

HOSTILE = ('=HYPERLINK("http://example.org")', "+1", "@SUM(1)", "-2", "\x00\ufffe\x0bx")


def titles(sheet: object) -> list[str]:
    return [cell.value for cell in sheet[HEADER_ROW] if cell.value is not None]  # type: ignore[index]  # openpyxl


def test_the_same_facts_give_the_same_bytes() -> None:
    made = facts(last={"positions": positions()})
    assert build_template(made) == build_template(made)
    assert build_template(made) != build_template(replace(made, due_on=made.period_start))


def test_it_is_made_of_plain_parts_that_are_well_formed() -> None:
    with zipfile.ZipFile(io.BytesIO(build_template(FACTS))) as archive:
        names = archive.namelist()
        for name in names:
            ElementTree.fromstring(archive.read(name))
    kinds = {name.split("/")[1] if name.startswith("xl/") else name for name in names}
    assert kinds == {
        *("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml"),
        *("workbook.xml", "_rels", "worksheets", "theme", "styles.xml"),
    }


def test_two_readers_see_the_same_sheets_and_cells() -> None:
    content = build_template(facts(last={"positions": positions()}))
    workbook = opened(facts(last={"positions": positions()}))
    with CalamineWorkbook.from_object(io.BytesIO(content)) as other:
        assert other.sheet_names == workbook.sheetnames
        for name in workbook.sheetnames:
            rows = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
            cells = [[cell.value for cell in row] for row in workbook[name].iter_rows()]
            assert [[one for one in row if one != ""] for row in rows] == [
                [_day(one) for one in row if one is not None] for row in cells
            ]


def _day(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def test_every_listing_has_a_sheet_with_its_titles_hints_and_rules() -> None:
    workbook = opened(FACTS)
    names = [sheet_name(listing) for listing in LISTINGS.values()]
    assert workbook.sheetnames == ["Cover", *names, "Definitions", "Lists"]
    for listing in LISTINGS.values():
        sheet = workbook[sheet_name(listing)]
        assert sorted(titles(sheet)) == sorted(column.title for column in listing.columns)
        assert sheet["A2"].value == listing.why
        assert sheet.freeze_panes.endswith(str(HEADER_ROW + 1))
        rules = sheet.data_validations.dataValidation
        assert len(rules) == len(listing.columns)
        for rule in rules:
            assert 0 < len(rule.prompt) <= 255
            assert 0 < len(rule.promptTitle) <= 32
            assert rule.showInputMessage
        for column in listing.columns:
            place = next(c.column_letter for c in sheet[HEADER_ROW] if c.value == column.title)
            hint = sheet[f"{place}{HEADER_ROW - 1}"].value
            assert hint.endswith("required" if column.required else "if known")
            if column.choices:
                rule = next(one for one in rules if str(one.sqref).startswith(f"{place}5:"))
                words = pd.Series(_words(workbook, rule.formula1))
                values, bad = as_choices(as_text(words), words == "", column.choices)
                assert not bad.any()
                assert list(values) == [choice.value for choice in column.choices]


def _words(workbook: object, formula: str) -> list[str]:
    sheet, _, place = formula.partition("!")
    left, top, right, bottom = range_boundaries(place.replace("$", ""))
    assert left == right
    found = workbook[sheet].iter_rows(top, bottom, left, left, values_only=True)  # type: ignore[index]  # openpyxl
    return [value for (value,) in found]


def test_sheet_names_are_told_apart() -> None:
    names = [sheet_name(listing).casefold() for listing in LISTINGS.values()]
    assert len(set(names)) == len(names)
    assert not set(names) & {"cover", "definitions", "lists"}


def test_the_definitions_say_why_for_every_column_and_kpi() -> None:
    sheet = opened(FACTS)["Definitions"]
    words = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    everything = "\n".join(words)
    for definition in DEFINITIONS:
        assert f"{definition.name} asks: {definition.question}" in everything
    for listing in LISTINGS.values():
        assert f"About: {listing.title}" in words
        assert listing.why in words
        for column in listing.columns:
            assert column.title in words
    reasons = [row[4] for row in sheet.iter_rows(values_only=True) if row[1] in {"yes", "if known"}]
    assert len(reasons) == sum(len(listing.columns) for listing in LISTINGS.values())
    assert all(reasons)


def test_the_cover_and_the_hidden_lists_carry_the_mark() -> None:
    workbook = opened(facts("sites"))
    cells = [(sheet.title, cell) for sheet in workbook for row in sheet.values for cell in row]
    found = {title: read for title, cell in cells if (read := read_mark(cell))}
    assert {name: kind for name, (kind, _) in found.items()} == {
        "Cover": "cover",
        "Definitions": "definitions",
        "Lists": "lists",
    }
    assert {mark for _, mark in found.values()} == {facts("sites").mark}
    assert workbook["Lists"].sheet_state == "hidden"
    cover = [cell for row in workbook["Cover"].iter_rows(values_only=True) for cell in row]
    for word in ("Northwind", "Alpha", "Alpha for NWT-301", "October 2026", STUDY):
        assert any(word in str(cell) for cell in cover), word
    assert facts("sites").mark.version in cover


def test_the_version_changes_with_the_listings_and_with_nothing_else() -> None:
    sites, visits = LISTINGS["sites"], LISTINGS["visits"]
    assert version_of([sites, visits]) == version_of([visits, sites]) != version_of([sites])
    column = replace(sites.columns[-1], required=True)
    changed = replace(sites, columns=(*sites.columns[:-1], column))
    assert version_of([changed]) != version_of([sites])
    assert version_of([replace(sites, why="Otherwise.")]) == version_of([sites])


def test_known_sites_stand_there_and_last_month_stands_beside_in_grey() -> None:
    last = pd.DataFrame(
        [{"study": None, "site": "001", "activated_on": pd.Timestamp("2026-02-03")}]
    )
    sheet = opened(facts("sites", last={"sites": last}))[sheet_name(LISTINGS["sites"])]
    names = titles(sheet)
    place = {title: names.index(title) for title in names}
    rows = [row for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True) if any(row)]
    assert [row[place["Site Number"]] for row in rows] == ["001", "002", "NA-3"]
    assert {row[place["Study"]] for row in rows} == {"NWT-301"}
    assert {row[place["Site Activation Date"]] for row in rows} == {None}
    grey = next(c for c in sheet[HEADER_ROW] if c.value == "Last month: Site Activation Date")
    value = sheet.cell(HEADER_ROW + 1, grey.column)
    assert (str(value.value.date()), value.number_format) == ("2026-02-03", "yyyy\\-mm\\-dd")
    assert value.font.color.rgb == "FF8A949E"


def test_positions_of_last_month_are_named_and_long_listings_are_not() -> None:
    sheet = opened(facts("positions", last={"positions": positions(2)}))["Positions"]
    assert [sheet.cell(HEADER_ROW + n, 3).value for n in (1, 2, 3)] == ["001", "002", None]
    many = opened(facts("positions", last={"positions": positions(MOST_ROWS + 1)}))["Positions"]
    assert many.max_row == HEADER_ROW
    title = sheet_name(LISTINGS["queries"])
    queries = pd.DataFrame([{"study": "NWT-301", "site": "001"}])
    assert opened(facts("queries", last={"queries": queries}))[title].max_row == HEADER_ROW


@pytest.mark.parametrize("value", HOSTILE)
def test_what_others_wrote_stays_text(value: str) -> None:
    made = replace(
        facts(
            "positions", "sites", last={"positions": positions(1, requisition=value, role=value)}
        ),
        engagement=value,
        vendor=value,
        sites=(KnownSite("NWT-301", value, value),),
    )
    workbook = opened(made)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    clean = value.replace("\x00", "").replace("\ufffe", "").replace("\x0b", "")
    assert workbook["Positions"].cell(HEADER_ROW + 1, 3).value == clean


def test_progress_is_told_and_ends_before_it_is_whole() -> None:
    told: list[tuple[str, float]] = []
    build_template(facts("sites", "visits"), lambda words, share: told.append((words, share)))
    assert [words for words, _ in told] == [
        "Writing participant visits",
        "Writing sites",
        "Writing definitions",
    ]
    assert sorted(share for _, share in told) == [share for _, share in told]
