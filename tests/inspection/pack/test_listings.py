"""Listings as files: exact, harmless in a spreadsheet, the same bytes again."""

import csv
import hashlib
import io
import time
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from inspection.pack import listings
from inspection.pack.listings import EMPTY, Listing, Written
from oversight.documents.workbook import LONGEST_CELL


@dataclass(frozen=True)
class Row:
    hidden: int
    text: Annotated[str, "Text"]
    number: Annotated[float | None, "Number"] = None
    day: Annotated[date | None, "Day"] = None
    at: Annotated[datetime | None, "At (UTC)"] = None


AT = datetime(2026, 10, 31, 23, 30, 5, 999, tzinfo=timezone(timedelta(hours=-2)))
ROWS = (
    Row(1, "007", 18.4, date(2026, 10, 31), AT),
    Row(2, "größer ≥", 239.0),
    Row(3, "", None),
    Row(4, "a, b\nc", -1.5),
)


def write(rows: tuple[Row, ...], folder: Path, stem: str = "x") -> Written:
    return listings.write(Listing("11", "rows", "Rows", Row, rows, ""), folder, stem=stem)


def read_csv(written: Written) -> list[list[str]]:
    content = written.csv.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_says_values_exactly(tmp_path: Path) -> None:
    written = write(ROWS, tmp_path)
    assert written.rows == 4
    assert read_csv(written) == [
        ["Text", "Number", "Day", "At (UTC)"],
        ["007", "18.4", "2026-10-31", "2026-11-01 01:30:05"],
        ["größer ≥", "239", "", ""],
        ["", "", "", ""],
        ["a, b\nc", "-1.5", "", ""],
    ]


def test_the_workbook_holds_dates_and_numbers_as_such(tmp_path: Path) -> None:
    written = write(ROWS, tmp_path)
    assert written.workbook is not None
    sheet = load_workbook(written.workbook).active
    head, first, *_ = sheet.iter_rows(values_only=True)
    assert head == ("Text", "Number", "Day", "At (UTC)")
    assert first == (
        "007",
        18.4,
        datetime(2026, 10, 31),  # noqa: DTZ001  (workbooks know no zone)
        datetime(2026, 11, 1, 1, 30, 5),  # noqa: DTZ001
    )
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula(tmp_path: Path, start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    written = write((Row(1, text),), tmp_path)
    assert read_csv(written)[1][0] == f"'{text}"
    assert written.workbook is not None
    cell = load_workbook(written.workbook).active["A2"]
    assert cell.data_type == "s"


def test_a_negative_number_stays_a_number(tmp_path: Path) -> None:
    assert read_csv(write((Row(1, "x", -2.0),), tmp_path))[1][1] == "-2"


def test_an_empty_listing_says_so(tmp_path: Path) -> None:
    written = write((), tmp_path)
    assert written.rows == 0
    assert read_csv(written)[1:] == [[EMPTY]]
    assert written.workbook is not None
    assert load_workbook(written.workbook).active["A2"].value == EMPTY


def test_what_a_sheet_cannot_hold_is_whole_in_the_csv(tmp_path: Path) -> None:
    written = write((Row(1, "x" * 40_000), Row(2, "a\x00b\x0bc")), tmp_path)
    assert written.workbook is not None
    sheet = load_workbook(written.workbook).active
    assert len(sheet["A2"].value) == LONGEST_CELL
    assert sheet["A2"].value.endswith("(the whole text is in the CSV file)")
    assert sheet["A3"].value == "a\ufffdb\ufffdc"
    assert len(read_csv(written)[1][0]) == 40_000


def test_more_rows_than_a_sheet_holds_come_as_csv_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "MOST_ROWS", 3)
    written = write(ROWS, tmp_path)
    assert written.workbook is None
    assert len(read_csv(written)) == 5
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_the_same_rows_give_the_same_bytes_at_another_time(tmp_path: Path) -> None:
    def hashes(stem: str) -> list[str]:
        written = write(ROWS, tmp_path, stem)
        assert written.workbook is not None
        paths = (written.csv, written.workbook)
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]

    first = hashes("a")
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert hashes("b") == first


def test_a_workbook_says_nothing_of_when_it_was_written(tmp_path: Path) -> None:
    written = write(ROWS, tmp_path)
    assert written.workbook is not None
    with zipfile.ZipFile(written.workbook) as book:
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"T" + f"{datetime.now(UTC):%H}".encode() not in book.read("docProps/core.xml")
        assert b"created" not in book.read("docProps/core.xml")


@settings(deadline=None, max_examples=30)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_survives_the_csv(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    written = write((Row(1, text),), tmp_path_factory.mktemp("any"))
    found = read_csv(written)[1][0]
    assert found in (text, f"'{text}")
