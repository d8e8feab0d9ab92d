"""Seldom paths, each of which somebody will send one day."""

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kpis.engine.tables import Column, ListingType
from kpis.submissions.reading import IntakeLimits, Problem, SourceFile, read_submission
from kpis.submissions.reading.convert import as_text
from kpis.submissions.reading.headers import find_header
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.typed import type_sheet
from kpis.submissions.reading.workbook import is_panic
from tests.kpis.submissions.reading.builders import (
    HEADER,
    only,
    read,
    rewrite_member,
    row,
    write_workbook,
)


def test_a_problem_needs_a_rule_that_exists_and_takes_its_advice() -> None:
    with pytest.raises(ValueError, match="no rule called 'colour'"):
        Problem("colour", "Too red.")

    assert Problem("file-empty", "Nothing in it.").advice.startswith("Export the report again")


def test_a_listing_that_does_not_exist_is_the_callers_mistake() -> None:
    with pytest.raises(KeyError, match="weather"):
        read_submission(
            [], listings=["weather"], limits=IntakeLimits(), progress=lambda step, share: None
        )


class TimeLimitError(Exception):
    """Stands for a worker's time limit."""


class PanicException(BaseException):
    """Stands for a panic of the Rust library."""


def interrupted(tmp_path: Path, error: BaseException) -> object:
    def progress(step: str, share: float) -> None:
        raise error

    path = write_workbook(tmp_path / "a.xlsx", [row()])
    files = [SourceFile(path, path.name)]
    return read_submission(files, listings=["queries"], limits=IntakeLimits(), progress=progress)


def test_a_time_limit_is_not_taken_for_a_bad_file(tmp_path: Path) -> None:
    assert is_panic(PanicException())
    for error in (TimeLimitError(), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            interrupted(tmp_path, error)


def test_an_archive_member_under_a_password_is_said(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row()])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("xl/workbook.xml").header_offset
    central = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02"))
    while content[central + 46 : central + 61] != b"xl/workbook.xml":
        central = content.find(b"PK\x01\x02", central + 4)
    content[place + 6] |= 1
    content[central + 8] |= 1
    path.write_bytes(content)

    assert "Save a copy without password" in only(read(path), "file-password").sentence


def test_what_a_workbook_unpacks_to_is_bounded(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row()])

    problem = only(read(path, limits=IntakeLimits(max_uncompressed_bytes=1_000)), "file-bomb")

    assert "unpacks to more than" in problem.sentence


def test_a_field_of_endless_length_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Site,Subject\n1,2\n" + "x" * 200_000 + ",1,2,3,4,5,6\n", encoding="utf-8")

    assert "Export the report again" in only(read(path), "text-damaged").sentence


def test_a_listing_of_required_columns_alone_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Site,Subject,Status,Opened\n007,S1,Open,2025-09-29\n", encoding="utf-8")

    result = read(path)

    assert len(result.tables["queries"]) == 1
    assert {problem.rule for problem in result.problems} == {"missing-key-column"}


def second_sheet(path: Path, header: list[str], rows: list[list[object]]) -> Path:
    def finish(workbook: object) -> None:
        sheet = workbook.create_sheet("Second")  # type: ignore[attr-defined]  # openpyxl's
        for cells in (header, *rows):
            sheet.append(cells)

    return write_workbook(path, [row(), row(log_line=2), row(log_line=3)], finish=finish)


def test_an_empty_second_sheet_is_an_excerpt(tmp_path: Path) -> None:
    result = read(second_sheet(tmp_path / "a.xlsx", list(HEADER), []))

    assert [sheet.used for sheet in result.sheets] == [True, False]
    assert result.problems == ()


def test_two_sheets_of_one_listing_are_both_taken(tmp_path: Path) -> None:
    others = [row(participant="other"), row(participant="another")]

    result = read(second_sheet(tmp_path / "a.xlsx", list(HEADER), others))

    assert [sheet.used for sheet in result.sheets] == [True, True]
    assert len(result.tables["queries"]) == 5


def test_sheets_without_common_ground_are_both_taken(tmp_path: Path) -> None:
    header = ["Query Status", "Marking Group", "Days open", "Log #"]

    result = read(second_sheet(tmp_path / "a.xlsx", header, [["Open", "System", 3, 1]]))

    assert [sheet.used for sheet in result.sheets] == [True, True]
    assert {p.sheet for p in result.problems if p.rule == "missing-column"} == {"Second"}


def test_missing_numbers_of_a_frame_are_blank_text() -> None:
    assert as_text(pd.Series([np.nan, None, 1.0], dtype="object")).tolist() == ["", "", "1"]


def test_a_number_column_is_typed_by_its_rule() -> None:
    listing = ListingType(
        name="units",
        title="Units",
        semantics="stock",
        columns=(Column("price", "Price", "number", True, ("price",)),),
        key=("price",),
        engine_order=("price",),
        duplicates="counted",
        telltale=frozenset({"price"}),
        telltales_needed=1,
    )
    sheet = RawSheet(0, "Units", pd.DataFrame([["Price"], ["1,5"], ["dear"]], dtype="object"))
    header = find_header(sheet, listing)
    assert header is not None

    typed = type_sheet(sheet, header, listing)

    assert typed.table["price"].tolist()[0] == 1.5
    assert [problem.sentence for problem in typed.problems] == [
        "'dear' in Price, row 3, is not a number."
    ]


def test_a_formula_whose_stored_result_is_empty_text_is_a_blank(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row(folder="=A1")])
    rewrite_member(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<c r="E2"><f>', b'<c r="E2" t="str"><f>'),
    )

    result = read(path)

    assert result.problems == ()
    assert result.tables["queries"]["folder"].isna()[0]
