"""Reading a list's file: what is taken, and a sentence for what is not."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from vendors.register import reading
from vendors.register.reading import UnreadableFile, read_table


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_spreadsheet(delimiter: str) -> None:
    text = f"\ufeffRecord{delimiter}Name\r\n1{delimiter}'=1\r\n\r\n{delimiter}b\r\n"
    table = read_table("a.csv", text.encode())
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, {"Record": "1", "Name": "=1"}),
        (4, {"Record": "", "Name": "b"}),
    ]
    assert table.address(2, "Name") == "B2"
    assert table.address(2, "not there") == "row 2"


def test_a_workbook_that_claims_to_be_endless_is_read_to_the_limit() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"], sheet["XFD1048576"] = "Name", 7.0, "far away"
    target = io.BytesIO()
    book.save(target)
    table = read_table("a.xlsx", target.getvalue())
    assert [row.cells for row in table.rows] == [{"Name": "7"}]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "first row is empty"),
        ("a.csv", b"Name,Name\r\n1,2", "Name is there twice"),
        ("a.csv", "Größe\r\n1".encode("cp1252"), "not in UTF-8"),
        ("a.csv", b'Name\r\n"open', "does not end"),
        ("a.csv", b"Name\r\n\x00", "neither CSV nor"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "Excel workbook (.xlsx)"),
        ("a.xlsx", b"PK not a zip", "cannot be read"),
        ("a.csv", b"Name\r\n" + b"a\r\n" * 5001, "more than 5,000 rows"),
        ("a.csv", b"a" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        ("a.xlsx", workbook((None, None)), "first row is empty"),
    ],
)
def test_what_is_not_taken_is_said(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_table(name, content)
    assert sentence in str(refused.value)


def test_a_workbook_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_UNPACKED", 1000)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2000)
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        read_table("a.xlsx", target.getvalue())
