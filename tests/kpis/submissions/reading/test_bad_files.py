"""A file that cannot be taken in is refused with one sentence that says what to do."""

import zipfile
from pathlib import Path

import pytest

from kpis.submissions.reading import IntakeLimits, ReadResult
from tests.kpis.submissions.reading.builders import read, rewrite_member, row, write_workbook

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(result: ReadResult, rule: str, *words: str) -> None:
    (problem,) = result.problems
    assert problem.rule == rule
    assert problem.severity == "error"
    assert problem.file == 0
    for word in words:
        assert word in problem.sentence
    assert result.tables == {}


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (b"", "file-empty", ["Export the report again"]),
        (b"%PDF-1.7 ...", "file-kind", ["a PDF", ".xlsx"]),
        (b"\n <html><table><tr><td>1</td></tr></table></html>", "file-kind", ["a web page"]),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "file-kind", ["neither a workbook nor text"]),
        (OLE2 + bytes(600), "file-old-excel", [".xls", "Save As"]),
        (
            OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(64),
            "file-password",
            ["password", "clear the password"],
        ),
        (b"PK\x03\x04" + bytes(50), "file-truncated", ["again"]),
    ],
)
def test_what_is_not_a_workbook_says_what_it_is(
    tmp_path: Path, content: bytes, rule: str, words: list[str]
) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(content)

    refused(read(path), rule, *words)


def test_a_password_is_found_across_the_seam_of_two_pieces(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    package = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(OLE2 + bytes((1 << 20) - 20) + package)

    refused(read(path), "file-password", "clear the password")


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("xl/workbook.bin", "binary Excel workbook"),
        ("content.xml", "OpenDocument"),
        ("word/document.xml", "Word document"),
        ("readme.txt", "zip archive"),
    ],
)
def test_other_archives_are_named(tmp_path: Path, member: str, words: str) -> None:
    path = tmp_path / "report.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")

    refused(read(path), "file-kind", words, ".xlsx")


def test_two_gigabytes_of_zeros_are_refused_by_size_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    with path.open("wb") as stream:
        stream.truncate(2_000_000_000)

    refused(read(path), "file-too-large", "2,000 MB", "up to 100 MB", "split it")


def test_zeros_in_an_archive_are_refused_by_what_they_unpack_to(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()])
    rewrite_member(path, "xl/media/zeros.bin", lambda _: bytes(30_000_000))

    refused(read(path), "file-bomb", "times its size", "new workbook")


def test_an_archive_that_lies_about_its_size_is_measured(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()])
    rewrite_member(path, "xl/media/zeros.bin", lambda _: bytes(3_000_000))
    content = bytearray(path.read_bytes())
    honest = (3_000_000).to_bytes(4, "little")
    while (place := content.find(honest)) >= 0:
        content[place : place + 4] = (10).to_bytes(4, "little")
    path.write_bytes(content)

    result = read(path, limits=IntakeLimits(ratio_floor_bytes=1_000_000, max_compressed_ratio=20))

    assert result.problems[0].rule in {"file-bomb", "file-truncated"}
    assert result.tables == {}


def test_too_many_parts_and_doubled_parts_are_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()])
    refused(read(path, limits=IntakeLimits(max_members=3)), "file-bomb", "parts")

    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    refused(read(path), "file-unreadable", "repair")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_without_its_end_is_incomplete(tmp_path: Path, share: float) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()] * 50)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])

    refused(read(path), "file-truncated", "end is missing", "again")


def test_entities_are_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()])
    trick = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    rewrite_member(path, "xl/worksheets/sheet1.xml", lambda xml: trick + xml)

    refused(read(path), "file-xml", "new workbook")


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_mangled_part_is_unreadable(tmp_path: Path, member: str) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()])
    rewrite_member(path, member, lambda xml: xml[: len(xml) // 2])

    refused(read(path), "file-unreadable", "save it as .xlsx")


def test_a_damaged_member_is_unreadable(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()] * 50)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 100
    content[place : place + 40] = bytes(40)
    path.write_bytes(content)

    result = read(path)

    assert result.problems[0].rule in {"file-unreadable", "file-truncated"}
    assert result.tables == {}


def test_a_cell_at_the_far_corner_does_not_cost_the_memory_of_the_rectangle(
    tmp_path: Path,
) -> None:
    def finish(workbook: object) -> None:
        workbook.active["XFD1048576"] = 1  # type: ignore[attr-defined]  # an openpyxl workbook

    path = write_workbook(tmp_path / "report.xlsx", [row()], finish=finish)

    refused(read(path), "file-too-large", "1,048,576", "empty rows")


def test_a_wide_and_long_rectangle_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()])
    rewrite_member(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="B2"', b'r="ZZ99999"')
    )

    refused(read(path), "file-too-large", "702 columns and 99,999 rows", "stray cells")


def test_too_many_sheets_are_refused(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "report.xlsx", [row()], finish=lambda book: book.create_sheet("More")
    )

    refused(read(path, limits=IntakeLimits(max_sheets=1)), "file-too-large", "2 sheets")


def test_macros_and_links_are_left_alone_and_said(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()])
    rewrite_member(path, "xl/vbaProject.bin", lambda _: b"macro")
    rewrite_member(path, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")

    result = read(path)

    assert {problem.rule for problem in result.problems} == {"macros", "external-links"}
    assert len(result.tables["queries"]) == 1


def test_one_bad_file_does_not_hide_what_the_other_one_says(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"")
    good = write_workbook(tmp_path / "good.xlsx", [row(site=None)])

    result = read(bad, good)

    assert [(problem.file, problem.rule) for problem in result.problems] == [
        (0, "file-empty"),
        (1, "blank-required"),
    ]


def test_a_workbook_of_charts_alone_says_that_it_has_no_cells(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "report.xlsx", [row()])
    rewrite_member(
        path,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(b"relationships/worksheet", b"relationships/chartsheet"),
    )
    rewrite_member(
        path,
        "[Content_Types].xml",
        lambda xml: xml.replace(b"worksheet+xml", b"chartsheet+xml"),
    )

    result = read(path)

    assert result.problems[0].severity == "error"
    assert result.tables == {}
