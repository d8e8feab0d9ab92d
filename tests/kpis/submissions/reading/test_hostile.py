"""Tricks that files play on whoever opens them: refused in a sentence, or without effect."""

import csv
import io
from pathlib import Path

import pytest

from oversight import storage
from tests.kpis.makers import GOOD_ROWS, check, csv_bytes, fresh, newest, received
from tests.kpis.submissions.reading.builders import only, read, rewrite_member, row, write_workbook
from tests.people import World

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)


@pytest.mark.parametrize(
    "trick",
    [
        LAUGHS,
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        b" " * 70_000 + b"<!DOCTYPE x>",
    ],
    ids=["laughs", "file", "web", "far"],
)
@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/x.rels"])
def test_no_part_may_declare_anything(tmp_path: Path, member: str, trick: bytes) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row()])
    rewrite_member(path, member, lambda xml: trick + xml)

    result = read(path)

    assert [problem.rule for problem in result.problems] == ["file-xml"]
    assert result.tables == {}


def test_declarations_in_another_encoding_are_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row()])
    rewrite_member(path, SHEET, lambda xml: ("<!DOCTYPE x>" + xml.decode()).encode("utf-16"))

    assert only(read(path), "file-xml").file == 0


@pytest.mark.parametrize("member", ["xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.bin"])
def test_embedded_objects_stay_closed_and_are_said(tmp_path: Path, member: str) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row()])
    rewrite_member(path, member, lambda _: b"MZ")

    result = read(path)

    assert [problem.rule for problem in result.problems] == ["embedded-objects"]
    assert len(result.tables["queries"]) == 1


def test_members_with_a_path_are_written_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = write_workbook(folder / "a.xlsx", [row()])
    rewrite_member(path, "../../outside.txt", lambda _: b"x")
    rewrite_member(path, "/tmp/outside.txt", lambda _: b"x")  # noqa: S108 - a name, not a file

    assert len(read(path).tables["queries"]) == 1
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["a.xlsx"]


def test_a_formula_in_a_cell_is_no_formula_in_the_list_of_problems(world: World) -> None:
    bad = GOOD_ROWS[0].replace("Open", "=cmd|x")
    problem = newest(check(received(world, csv_bytes(bad)))).problems.get(rule="unknown-choice")

    with storage.fetch(problem.cells_sha256) as stored:
        (listed,) = csv.DictReader(io.StringIO(stored.read().decode()))
    assert listed["value"] == "'=cmd|x"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\queries.csv", "queries.csv"),
        ("..", "file"),
        ("a" * 300 + ".csv", "a" * 255),
    ],
)
def test_a_name_with_a_path_keeps_its_last_part(world: World, sent: str, kept: str) -> None:
    submission = received(world, names=[sent])

    assert submission.files.get().name == kept
    assert fresh(check(submission)).state == "checked"


def test_an_ending_says_nothing(tmp_path: Path) -> None:
    workbook = write_workbook(tmp_path / "report.csv", [row()])
    text = tmp_path / "report.xlsx"
    text.write_bytes(b"a,b\n1,2\n")

    assert len(read(workbook).tables["queries"]) == 1
    assert only(read(text), "no-listing").severity == "error"
