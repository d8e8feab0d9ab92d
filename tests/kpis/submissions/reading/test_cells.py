"""Cells become values by their column's rule; what does not fit is said at its cell."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from tests.kpis.submissions.reading.builders import (
    HEADER,
    only,
    read,
    rewrite_member,
    row,
    write_workbook,
)


def value(tmp_path: Path, column: str, **changes: object) -> object:
    """Return one typed value; fails when there is any problem."""
    result = read(write_workbook(tmp_path / "a.xlsx", [row(**changes)]))
    assert result.problems == ()
    return result.tables["queries"].loc[0, column]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("007", "007"),
        (12, "12"),
        (12.0, "12"),
        (12.5, "12.5"),
        (" 007 ", "007"),
        ("007\u00a0", "007"),
        ("NA", "NA"),
        ("None", "None"),
        ("nan", "nan"),
        (True, "TRUE"),
        (date(2025, 9, 3), "2025-09-03"),
    ],
)
def test_text_stays_as_it_is(tmp_path: Path, cell: object, text: str) -> None:
    assert value(tmp_path, "site", site=cell) == text


def is_blank(found: object) -> bool:
    return bool(pd.Series([found]).isna()[0])


@pytest.mark.parametrize("token", ["", "-", "n/a", "N/A", "TBC", None])
def test_an_optional_cell_may_say_that_it_has_no_value(tmp_path: Path, token: object) -> None:
    assert is_blank(value(tmp_path, "folder", folder=token))
    assert is_blank(value(tmp_path, "answered_at", answered_at=token))
    assert is_blank(value(tmp_path, "reported_age", reported_age=token))


@pytest.mark.parametrize(
    ("token", "words"),
    [(None, "is blank"), ("  ", "is blank"), ("-", "'-' in Site Number, row 3, stands for no")],
)
def test_a_required_cell_may_not(tmp_path: Path, token: object, words: str) -> None:
    result = read(write_workbook(tmp_path / "a.xlsx", [row(), row(site=token)]))

    problem = only(result, "blank-required")
    assert words in problem.sentence
    assert "fill it in" in problem.sentence
    assert (problem.sheet, problem.row, problem.cell) == ("Query Report - Cumulative", 3, "C3")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (datetime.fromisoformat("2025-09-29T14:58:04.580"), "2025-09-29T14:58:04.580"),
        (date(2025, 9, 29), "2025-09-29"),
        ("2025-09-29", "2025-09-29"),
        ("2025-09-29 14:58", "2025-09-29T14:58"),
        ("2025-09-29T14:58:04.580123", "2025-09-29T14:58:04.580123"),
        ("2025-09-29T14:58:04Z", "2025-09-29T14:58:04"),
        ("2025-09-29T14:58:04+02:00", "2025-09-29T12:58:04"),
        ("29 Sep 2025", "2025-09-29"),
        ("03-SEP-2025", "2025-09-03"),
        ("3 September 2025 07:15", "2025-09-03T07:15"),
        ("03Sep2025", "2025-09-03"),
        ("29/09/2025", "2025-09-29"),
        ("09/29/2025 2:58 PM", "2025-09-29T14:58"),
        ("03.04.2025", "2025-04-03"),
        ("2025/09/03", "2025-09-03"),
        ("05/05/2025", "2025-05-05"),
    ],
)
def test_dates_are_read_in_the_forms_that_are_sent(
    tmp_path: Path, cell: object, expected: str
) -> None:
    read_value = value(tmp_path, "opened_at", opened_at=cell)

    assert read_value == pd.Timestamp(expected)


@pytest.mark.parametrize(
    "cell", ["soon", "31 Feb 2025", "2025-13-01", "29/29/2025", "12", "20251329", "3 Foo 2025"]
)
def test_what_is_no_date_is_said_at_its_cell(tmp_path: Path, cell: str) -> None:
    problem = only(read(write_workbook(tmp_path / "a.xlsx", [row(opened_at=cell)])), "not-a-date")

    assert (problem.cell, problem.value) == ("K2", cell)
    assert f"'{cell}' in Query Open Date, row 2, cannot be read" in problem.sentence
    assert "Write it as 2025-09-03" in problem.sentence


def test_one_date_that_fits_a_single_order_decides_for_its_column(tmp_path: Path) -> None:
    cells = ["03/04/2025", "04/28/2025"]
    result = read(write_workbook(tmp_path / "a.xlsx", [row(opened_at=cell) for cell in cells]))

    assert result.problems == ()
    opened = result.tables["queries"]["opened_at"]
    assert opened.dt.strftime("%Y-%m-%d").tolist() == ["2025-03-04", "2025-04-28"]


def test_an_order_that_nothing_tells_is_asked_for_and_never_guessed(tmp_path: Path) -> None:
    cells = ["03/04/2025", "05/04/2025"]
    result = read(write_workbook(tmp_path / "a.xlsx", [row(opened_at=cell) for cell in cells]))

    problem = only(result, "date-order-unclear")
    assert problem.severity == "error"
    assert "Say on the page of this layout which comes first" in problem.sentence
    assert "So do 1 more cells" in problem.sentence
    assert result.tables["queries"]["opened_at"].isna().all()


def test_an_order_that_changes_within_a_column_is_an_error(tmp_path: Path) -> None:
    cells = ["28/04/2025", "04/28/2025", "03/04/2025"]
    result = read(write_workbook(tmp_path / "a.xlsx", [row(opened_at=cell) for cell in cells]))

    problem = only(result, "date-order-mixed")
    assert (problem.cell, problem.value) == ("K4", "03/04/2025")
    assert result.tables["queries"]["opened_at"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("45929", "2025-09-29"),
        (45929, "2025-09-29"),
        ("45929,5", "2025-09-29T12:00"),
        (45929.25, "2025-09-29T06:00"),
    ],
)
def test_a_day_number_is_read_as_excel_counts(tmp_path: Path, cell: object, expected: str) -> None:
    result = read(write_workbook(tmp_path / "a.xlsx", [row(opened_at=cell)]))

    assert "Excel day number" in only(result, "serial-dates").sentence
    assert result.tables["queries"].loc[0, "opened_at"] == pd.Timestamp(expected)


def test_a_workbook_that_counts_from_1904_is_read_so(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row(opened_at="44467")])
    rewrite_member(
        path,
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1),
    )

    opened = read(path).tables["queries"].loc[0, "opened_at"]

    assert opened == pd.Timestamp("2025-09-29")


@pytest.mark.parametrize(
    ("cell", "number"), [(46, 46), ("46", 46), ("46,0", 46), ("46.00", 46), (" 46 ", 46)]
)
def test_whole_numbers(tmp_path: Path, cell: object, number: int) -> None:
    assert value(tmp_path, "reported_age", reported_age=cell) == number


@pytest.mark.parametrize("cell", ["3 weeks", "4.5", "1e3", "--"])
def test_what_is_no_whole_number_is_said(tmp_path: Path, cell: str) -> None:
    problem = only(
        read(write_workbook(tmp_path / "a.xlsx", [row(reported_age=cell)])), "not-a-number"
    )

    assert f"'{cell}' in # Days Since Open, row 2, is not a whole number" in problem.sentence


@pytest.mark.parametrize(
    ("cell", "state"), [("OPEN", "open"), ("re-opened", "open"), ("Resolved", "closed")]
)
def test_states_are_told_by_their_spellings(tmp_path: Path, cell: str, state: str) -> None:
    assert value(tmp_path, "state", state=cell) == state


def test_an_unknown_state_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    problem = only(
        read(write_workbook(tmp_path / "a.xlsx", [row(state="Anwsered")])), "unknown-choice"
    )

    assert (problem.cell, problem.severity) == ("I2", "error")
    assert "(Open, Answered, Closed)" in problem.sentence
    assert "Did you mean 'Answered'?" in problem.sentence


def test_a_formula_without_a_stored_value_is_not_taken_for_a_blank(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row(site='="0"&"07"', reported_age="=1+1")])

    found = [p for p in read(path).problems if p.rule == "formula-without-value"]

    assert [problem.cell for problem in found] == ["C2", "M2"]
    assert "Open the file in Excel, let it calculate, save it" in found[0].sentence
    assert {problem.rule for problem in read(path).problems} == {"formula-without-value"}


def test_a_formula_with_a_stored_value_is_its_value(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row(reported_age="=40+6")])
    rewrite_member(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>40+6</f><v />", b"<f>40+6</f><v>46</v>").replace(
            b"<f>40+6</f><v></v>", b"<f>40+6</f><v>46</v>"
        ),
    )
    result = read(path)

    assert result.problems == ()
    assert result.tables["queries"].loc[0, "reported_age"] == 46


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_excel_error_is_named_where_it_matters(tmp_path: Path, error: str) -> None:
    def finish(workbook: object) -> None:
        sheet = workbook.active  # type: ignore[attr-defined]  # an openpyxl workbook
        for cell in ("C2", "Z9"):
            sheet[cell] = error
            sheet[cell].data_type = "e"

    result = read(write_workbook(tmp_path / "a.xlsx", [row()], finish=finish))

    problem = only(result, "error-cell")
    assert (problem.cell, problem.value) == ("C2", error)
    assert "is an Excel error" in problem.sentence
    assert len(result.problems) == 1


def test_a_totals_row_is_left_out_and_said(tmp_path: Path) -> None:
    totals = [None, None, "Grand total:", *[None] * 9, 92]
    result = read(write_workbook(tmp_path / "a.xlsx", [row(), row(log_line=2), totals]))

    problem = only(result, "totals-row")
    assert (problem.row, problem.cell, problem.severity) == (4, "C4", "info")
    assert len(result.problems) == 1
    assert len(result.tables["queries"]) == 2


def test_a_totals_row_of_formulas_without_value_is_still_a_totals_row(tmp_path: Path) -> None:
    totals = ["Total", *[None] * 11, "=SUM(M2:M2)"]

    result = read(write_workbook(tmp_path / "a.xlsx", [row(), totals]))

    assert [problem.rule for problem in result.problems] == ["totals-row"]


def test_notes_repeated_headers_and_blank_rows_are_left_out(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [row(), [], row(log_line=2), ["End of report"]]
    path = write_workbook(tmp_path / "a.xlsx", rows)

    result = read(path)

    assert only(result, "note-row").value == "End of report"
    assert result.tables["queries"]["row"].tolist() == [2, 4]


def test_a_header_repeated_half_way_is_left_out(tmp_path: Path) -> None:
    result = read(write_workbook(tmp_path / "a.xlsx", [row(), HEADER, row(log_line=2)]))

    assert only(result, "repeated-header").row == 3
    assert result.tables["queries"]["row"].tolist() == [2, 4]


def test_all_problems_are_gathered_in_document_order_with_short_values(tmp_path: Path) -> None:
    rows = [row(site=None, opened_at="x" * 200), row(state="?", reported_age="many")]
    result = read(write_workbook(tmp_path / "a.xlsx", rows))

    assert [problem.cell for problem in result.problems] == ["C2", "K2", "I3", "M3"]
    assert result.problems[1].value == "x" * 79 + "…"
