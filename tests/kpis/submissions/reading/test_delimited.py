"""CSVs as they come: encodings, separators, and text that is no table."""

from pathlib import Path

import pytest

from kpis.submissions.reading import IntakeLimits
from tests.kpis.submissions.reading.builders import only, read

WORDS = "Site Number,Subject Name,Form,Field OID,Log #,Query Status,Query Open Date,Days Open"
ROWS = ["007,007-001,Größe,VSDAT,1,Open,2025-09-29,46", "NA,NA-1,Poids,WT,2,Open,2025-09-30,45"]


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "queries.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_separators_are_found(tmp_path: Path, separator: str, encoding: str) -> None:
    text = "\r\n".join([WORDS, *ROWS]).replace(",", separator)

    result = read(write(tmp_path, text, encoding))

    queries = result.tables["queries"]
    assert queries["site"].tolist() == ["007", "NA"]
    assert queries["form"].tolist() == ["Größe", "Poids"]
    assert queries["row"].tolist() == [2, 3]
    assert {problem.rule for problem in result.problems} - {"missing-key-column"} == (
        {"encoding"} if encoding == "cp1252" else set()
    )


def test_semicolons_with_decimal_commas_and_banner_lines(tmp_path: Path) -> None:
    lines = ["Query report;;;;;;;", "", WORDS.replace(",", ";")]
    lines += [ROWS[0].replace(",", ";").replace(";46", ";46,0")]

    result = read(write(tmp_path, "\n".join(lines), "cp1252"))

    queries = result.tables["queries"]
    assert queries["reported_age"].tolist() == [46]
    assert queries["row"].tolist() == [4]
    assert "Windows-1252" in only(result, "encoding").sentence


def test_quotes_keep_separators_and_line_breaks(tmp_path: Path) -> None:
    quoted = '007,007-001,"Height, weight","VS\nDAT",1,Open,2025-09-29,46'

    result = read(write(tmp_path, "\n".join([WORDS, quoted, ROWS[1]])))

    queries = result.tables["queries"]
    assert queries["form"].tolist() == ["Height, weight", "Poids"]
    assert queries["row"].tolist() == [2, 3]


@pytest.mark.parametrize("extra", [",x", ",x,y,z"])
def test_a_row_with_too_many_cells_is_named(tmp_path: Path, extra: str) -> None:
    text = "\n".join([WORDS, *ROWS * 150, ROWS[0] + extra])

    problem = only(read(write(tmp_path, text)), "row-too-long")

    assert (problem.sheet, problem.row) == ("queries", 302)
    assert problem.severity == "error"
    assert "into quotes" in problem.sentence


def test_a_short_row_has_blank_cells_at_its_end(tmp_path: Path) -> None:
    result = read(write(tmp_path, "\n".join([WORDS, ROWS[0], "NA,NA-1,Poids,WT,2,Open"])))

    problem = only(result, "blank-required")
    assert (problem.row, problem.cell, problem.column) == (3, "G3", "Query Open Date")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,\x002\n" + b"x,y\n" * 2000, "NUL bytes"),
        (b"\xff\xfea\x00,\x00b", "fit none of UTF-8"),
        (b"caf\x81\xe9,b\n1,2\n", "fit none of UTF-8"),
    ],
)
def test_damaged_text_is_said(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "queries.csv"
    path.write_bytes(content)

    problem = only(read(path), "text-damaged")

    assert words in problem.sentence
    assert "Export the report again" in problem.sentence


def test_a_line_without_end_is_no_table(tmp_path: Path) -> None:
    path = write(tmp_path, WORDS + "\n" + "x" * 2_000_000)

    assert "1,000,000 characters" in only(read(path), "text-damaged").sentence


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (IntakeLimits(max_rows=1, max_other_rows=1), "more rows"),
        (IntakeLimits(max_columns=5), "8 columns"),
    ],
)
def test_limits_hold_for_text_too(tmp_path: Path, limits: IntakeLimits, words: str) -> None:
    path = write(tmp_path, "\n".join([WORDS, *ROWS]))

    problem = only(read(path, limits=limits), "file-too-large")

    assert words in problem.sentence
    assert "Split the report" in problem.sentence


def test_prose_is_no_listing(tmp_path: Path) -> None:
    assert only(read(write(tmp_path, "Dear all,\nplease find attached\n")), "no-listing")


def test_sites_come_from_a_list_of_subjects(tmp_path: Path) -> None:
    queries = write(
        tmp_path, "Subject,Status,Opened,Field\nS1,Open,2025-09-29,A\nS9,Open,2025-09-29,A\n"
    )
    subjects = tmp_path / "subjects.csv"
    subjects.write_text("Subject,Site,Country\nS1,007,NA\n", encoding="utf-8")

    result = read(queries, subjects)

    table = result.tables["queries"]
    assert list(table.loc[0, ["site", "country"]]) == ["007", "NA"]
    assert table["site"].isna()[1]
    problem = only(result, "participant-without-site")
    assert (problem.file, problem.row, problem.value) == (0, 3, "S9")
    assert "Add the participant to the subject list" in problem.sentence
