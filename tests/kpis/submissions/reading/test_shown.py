"""What Excel hides is read and said; what it shows as percents is read as percents."""

from pathlib import Path
from typing import Any

import pytest

from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.workbook import read_workbook
from tests.kpis.submissions.reading.builders import only, read, rewrite_member, row, write_workbook

SHEET = "xl/worksheets/sheet1.xml"


def cells_of(path: Path) -> Any:
    """Return the frame of the first sheet."""
    sheets, problems = read_workbook(path, 0, IntakeLimits(), lambda share: None)
    assert sheets, problems
    return sheets[0].frame


def test_rows_hidden_by_a_filter_are_read_and_said(tmp_path: Path) -> None:
    def finish(book: Any) -> None:
        book.active.auto_filter.ref = "A1:M4"
        book.active.auto_filter.add_filter_column(8, ["Open"])
        for hidden in (3, 4, 900):
            book.active.row_dimensions[hidden].hidden = True

    rows = [row(log_line=number) for number in range(3)]
    result = read(write_workbook(tmp_path / "a.xlsx", rows, finish=finish))

    assert len(result.tables["queries"]) == 3
    problem = only(result, "hidden-rows")
    assert (problem.severity, problem.row) == ("info", 3)
    assert problem.sentence == (
        "2 rows are hidden by a filter, the first is row 3. They were read as well."
    )


def test_a_hidden_row_a_hidden_column_and_a_hidden_sheet_are_said(tmp_path: Path) -> None:
    def finish(book: Any) -> None:
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["F"].hidden = True
        book.active.sheet_state = "veryHidden"
        book.create_sheet("Shown")

    result = read(write_workbook(tmp_path / "a.xlsx", [row()], finish=finish))

    assert only(result, "hidden-rows").sentence.startswith("1 row is hidden from view")
    assert only(result, "hidden-columns").sentence == "Hidden columns: F. They were read as well."
    assert only(result, "hidden-sheet").sheet == "Query Report - Cumulative"
    assert result.tables["queries"]["form"].tolist() == ["Vital signs"]


@pytest.mark.parametrize("shape", ["0%", "0.00%", '0.0" of "%'])
def test_a_number_shown_as_a_percent_is_read_as_one(tmp_path: Path, shape: str) -> None:
    def finish(book: Any) -> None:
        book.active["N1"] = "Share"
        book.active["N2"] = 0.125
        book.active["N2"].number_format = shape
        book.active["N3"] = 0.125

    path = write_workbook(tmp_path / "a.xlsx", [row(), row(log_line=2)], finish=finish)

    assert cells_of(path)[13].tolist() == ["Share", "12.5%", 0.125]
    assert "shown as percents and were read so: N." in only(read(path), "percent-format").sentence


@pytest.mark.parametrize("shape", ['0" %"', "0\\%", "0.00"])
def test_a_percent_sign_that_is_only_written_beside_a_number_changes_nothing(
    tmp_path: Path, shape: str
) -> None:
    def finish(book: Any) -> None:
        book.active["N1"] = "Share"
        book.active["N2"] = 12.5
        book.active["N2"].number_format = shape

    path = write_workbook(tmp_path / "a.xlsx", [row()], finish=finish)

    assert cells_of(path)[13].tolist() == ["Share", 12.5]


def test_the_marks_are_found_however_the_xml_is_written(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row(), row(log_line=2)])
    rewrite_member(path, SHEET, lambda xml: xml.replace(b'<row r="3"', b"<row hidden='true' r='3'"))

    assert only(read(path), "hidden-rows").row == 3


def test_a_sheet_that_hides_nothing_says_nothing(tmp_path: Path) -> None:
    assert read(write_workbook(tmp_path / "a.xlsx", [row()])).problems == ()
