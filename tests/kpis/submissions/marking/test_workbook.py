"""A marked workbook: cells filled and noted, all else as it was, and read back as it comes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from python_calamine import CalamineWorkbook

from kpis.submissions.marking import workbook as marking
from kpis.submissions.marking.marks import Mark
from kpis.submissions.marking.workbook import mark_table, mark_workbook
from kpis.submissions.reading import IntakeLimits, SourceFile, read_submission
from kpis.submissions.reading.own_sheets import MEND_SHEET
from tests.conftest import real_data

ERROR = Mark("error", "Queries", "B2", 2, "“soon” is no date.")
ROW = Mark("warning", "Queries", "3", 3, "Row 3 is twice in the file.")
OPENED = datetime(2025, 11, 4, 8, 30, 1)  # noqa: DTZ001 - as a workbook holds it, without a zone
SHEET = Mark("comment", "Queries", "", None, "Sam: Is this all?")


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def read(path: Path, listings: Sequence[str] = ("queries", "participants")) -> Any:
    return read_submission(
        [SourceFile(path, path.name)],
        listings=listings,
        limits=IntakeLimits(),
        progress=lambda words, share: None,
    )


def made(folder: Path, change: Any = None) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Queries"
    for row in (["Site", "Opened"], ["007", "soon"], ["=1+1", OPENED]):
        sheet.append(row)
    sheet["A3"].data_type = "s"
    if change:
        change(book)
    path = folder / "sent.xlsx"
    book.save(path)
    return path


def mark(source: Path, *marks: Mark) -> tuple[Path, int]:
    target = source.with_name("marked.xlsx")
    cells = mark_workbook(source, target, marks, name="sent.xlsx", progress=lambda *at: None)
    return target, cells


def test_cells_are_filled_and_noted_and_all_is_listed_with_links(tmp_path: Path) -> None:
    target, cells = mark(made(tmp_path), ERROR, ROW, SHEET)
    book = openpyxl.load_workbook(target)
    assert cells == 2
    assert book.sheetnames == [MEND_SHEET, "Queries"]
    assert book["Queries"]["B2"].comment.text == "To correct: “soon” is no date."
    assert book["Queries"]["B2"].fill.fgColor.rgb == marking.COLOURS["error"]
    assert "twice" in book["Queries"]["A3"].comment.text
    front = book[MEND_SHEET]
    assert front["A1"].value == "What to mend in sent.xlsx"
    listed = [[cell.value for cell in row] for row in front.iter_rows(min_row=5)]
    assert [line[2] for line in listed] == ["B2", "3", None]
    assert front["C5"].hyperlink.location == "'Queries'!B2"
    assert front["C7"].hyperlink is None


def test_every_cell_stays_as_it_was(tmp_path: Path) -> None:
    source = made(tmp_path)
    target, _ = mark(source, ERROR, ROW)
    after = sheets(target)
    assert after.pop(MEND_SHEET)
    assert after == sheets(source)
    # Text that looks like a formula is no formula afterwards either.
    assert openpyxl.load_workbook(target)["Queries"]["A3"].data_type == "s"


def test_formulas_keep_the_values_stored_with_them(tmp_path: Path) -> None:
    source = made(tmp_path)
    # As a spreadsheet program stores it: the formula with its value; one without stays without.
    _patch(
        source,
        b"</sheetData>",
        b'<row r="4"><c r="A4" t="str"><f>"a"&amp;"b"</f><v>a&amp;b</v></c>'
        b'<c r="B4"><f>1+1</f><v>2</v></c><c r="C4"><f>NOW()</f></c></row></sheetData>',
    )
    target, _ = mark(source, ERROR)
    assert sheets(target)["Queries"][3] == sheets(source)["Queries"][3] == ["a&b", 2.0]
    assert openpyxl.load_workbook(target)["Queries"]["B4"].value == "=1+1"


def test_a_second_marking_takes_the_first_off_and_leaves_the_senders_notes(tmp_path: Path) -> None:
    def note(book: Any) -> None:
        book.active["A2"].comment = Comment("Ours.", "Ada")

    target, _ = mark(made(tmp_path, note), ERROR, Mark("warning", "Queries", "A2", 2, "Unknown."))
    again = target.rename(tmp_path / "again.xlsx")
    target, cells = mark(again, ROW)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == [MEND_SHEET, "Queries"]
    assert book["Queries"]["B2"].comment is None
    assert book["Queries"]["B2"].fill.fill_type is None
    assert book["Queries"]["A2"].comment.text.startswith("Ours.")
    assert cells == 1


def test_a_cell_inside_a_merged_range_is_marked_where_it_shows(tmp_path: Path) -> None:
    source = made(tmp_path, lambda book: book.active.merge_cells("A2:B2"))
    book = openpyxl.load_workbook(mark(source, ERROR)[0])
    assert "soon" in book["Queries"]["A2"].comment.text


def test_beyond_the_bound_cells_are_listed_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MOST_CELLS", 2)
    many = [Mark("error", "Queries", f"A{row}", row, "Wrong.") for row in (1, 2, 3)]
    target, cells = mark(made(tmp_path), *many)
    front = openpyxl.load_workbook(target)[MEND_SHEET]
    assert cells == 2
    assert front["A3"].value == "The first 2 cells are marked; all are listed here."
    assert front["C7"].value == "A3"


def test_text_in_the_list_is_never_run(tmp_path: Path) -> None:
    hostile = Mark("comment", "Queries", "A2", 2, '=HYPERLINK("http://a.example")\x07')
    target, _ = mark(made(tmp_path), hostile)
    cell = openpyxl.load_workbook(target)[MEND_SHEET]["D5"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://a.example") ')


def test_macros_and_links_to_other_files_are_not_carried(tmp_path: Path) -> None:
    source = made(tmp_path)
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<a/>")
    with zipfile.ZipFile(mark(source, ERROR)[0]) as archive:
        names = archive.namelist()
    assert not [name for name in names if "vba" in name or "external" in name]


def test_a_csv_becomes_a_workbook_of_texts(tmp_path: Path) -> None:
    rows = [["Site", "Opened"], ["007", "2025-11-04"], ["=1+1", "#N/A"], ["", "a\x07b"]]
    target, sheet = tmp_path / "marked.xlsx", "a/b: queries of November, as exported on 3 December"
    marks = [Mark("error", sheet, "B3", 3, "No date.")]
    cells = mark_table(rows, target, marks, name="q.csv", sheet=sheet, progress=lambda *at: None)
    found = sheets(target)
    (title,) = (name for name in found if name != MEND_SHEET)
    assert cells == 1
    assert found[title] == [
        ["Site", "Opened"],
        ["007", "2025-11-04"],
        ["=1+1", "#N/A"],
        ["", "a b"],
    ]
    assert openpyxl.load_workbook(target)[title]["B3"].comment.text == "To correct: No date."


@pytest.mark.real_data
def test_the_real_workbooks_come_through_with_every_cell_equal(tmp_path: Path) -> None:
    for source in sorted(real_data("edc_workbooks", "study_01").glob("*.xlsx")):
        first = next(iter(sheets(source)))
        marks = [Mark("error", first, f"B{row}", row, "Look.") for row in range(2, 400)]
        target = tmp_path / "marked.xlsx"
        mark_workbook(source, target, marks, name=source.name, progress=lambda *at: None)
        after = sheets(target)
        assert after.pop(MEND_SHEET)
        assert _filled(after) == _filled(sheets(source)), source.name


@pytest.mark.real_data
def test_a_real_marked_workbook_is_read_as_the_original(tmp_path: Path) -> None:
    source = next(real_data("edc_workbooks", "study_01").glob("*CPID_EDC_Metrics*"))
    target = tmp_path / source.name
    marks = [
        Mark("warning", "Query Report - Cumulative", f"C{row}", row, "Look.")
        for row in range(1, 300)
    ]
    mark_workbook(source, target, marks, name=source.name, progress=lambda *at: None)
    before, after = read(source), read(target)
    assert after.problems == before.problems
    assert [one.sheet for one in after.sheets] == [one.sheet for one in before.sheets]
    for name, table in before.tables.items():
        assert after.tables[name].equals(table), name


def _filled(found: dict[str, list[list[Any]]]) -> dict[str, dict[tuple[int, int], Any]]:
    """Return the cells with content by place: a note on an empty cell may widen the sheet."""
    return {
        name: {
            (row, place): cell
            for row, cells in enumerate(rows)
            for place, cell in enumerate(cells)
            if cell != ""
        }
        for name, rows in found.items()
    }


def _patch(path: Path, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {item.filename: archive.read(item) for item in archive.infolist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            changed = content.replace(old, new) if "sheet1.xml" in name else content
            archive.writestr(name, changed)
    path.write_bytes(out.getvalue())
