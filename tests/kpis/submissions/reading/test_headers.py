"""A header is found wherever it stands, and what is wrong with it is said at its cell."""

from pathlib import Path

import pytest

from tests.kpis.submissions.reading.builders import HEADER, only, read, row, write_workbook


def renamed(**titles: str) -> list[str]:
    return [titles.get(title.replace(" ", "_").replace("#", "n"), title) for title in HEADER]


def test_a_plain_sheet_is_read(tmp_path: Path) -> None:
    result = read(write_workbook(tmp_path / "a.xlsx", [row(), row(log_line=2)]))

    queries = result.tables["queries"]
    assert result.problems == ()
    assert queries["site"].tolist() == ["007", "007"]
    assert queries["country"].tolist() == ["NA", "NA"]
    assert queries["log_line"].tolist() == ["1", "2"]
    assert queries["row"].tolist() == [2, 3]


@pytest.mark.parametrize(
    "above",
    [
        [["Study ABC-301"], [], ["Query report", None, "as of 14 NOV 2025"]],
        [["Confidential"] * 13],
        [[None, None, "Site and subject", None, "Query"]],
    ],
)
def test_banner_rows_above_the_header_are_passed_over(
    tmp_path: Path, above: list[list[object]]
) -> None:
    result = read(write_workbook(tmp_path / "a.xlsx", [row()], above=above))

    assert result.problems == ()
    assert result.tables["queries"]["row"].tolist() == [len(above) + 2]
    assert result.sheets[0].header_row == len(above) + 1


def test_two_storeys_are_joined(tmp_path: Path) -> None:
    upper = ["Study", "Country", "Site", None, "Folder", None, "Field", "Log", "Query"]
    upper += [None, None, None, None]
    lower = [None, None, "Number", "Subject Name", "Name", "Form", "OID", "#", "Status"]
    lower += ["Marking Group", "Open Date", "Response Date", "Age"]

    def merge(workbook: object) -> None:
        sheet = workbook.active  # type: ignore[attr-defined]  # an openpyxl workbook
        for cells in ("A1:A2", "B1:B2", "I1:M1"):
            sheet.merge_cells(cells)

    result = read(
        write_workbook(tmp_path / "a.xlsx", [row()], above=[upper], header=lower, finish=merge)
    )

    queries = result.tables["queries"]
    assert result.problems == ()
    assert result.sheets[0].header_row == 2
    assert list(queries.loc[0, ["site", "folder", "field", "state", "study"]]) == [
        "007",
        "Screening",
        "VSDAT",
        "open",
        "ABC-301",
    ]
    assert queries.loc[0, "reported_age"] == 46


def test_columns_may_be_moved_and_renamed_by_synonyms(tmp_path: Path) -> None:
    header = ["status", "Opened", "SITE_ID", "Subject ID ", "Days open", "Query Group"]
    cells = ["answered", "2025-09-29", "12", "12-1", 3, "System"]

    queries = read(write_workbook(tmp_path / "a.xlsx", [cells], header=header)).tables["queries"]

    assert list(queries.loc[0, ["state", "site", "participant", "marking_group"]]) == [
        "answered",
        "12",
        "12-1",
        "System",
    ]


def test_a_missing_column_is_named_at_the_header_row(tmp_path: Path) -> None:
    cells = row()
    del cells[8]
    header = [title for title in HEADER if title != "Query Status"]

    problem = only(
        read(write_workbook(tmp_path / "a.xlsx", [cells], header=header)), "missing-column"
    )

    assert (problem.row, problem.column, problem.severity) == (1, "Query Status", "error")
    assert "'Query Status' is missing" in problem.sentence
    assert "Add it to the report" in problem.sentence


def test_a_misspelt_column_is_pointed_at_with_a_suggestion(tmp_path: Path) -> None:
    result = read(
        write_workbook(tmp_path / "a.xlsx", [row()], header=renamed(Query_Status="Querry Statsu"))
    )

    problem = only(result, "misspelt-column")
    assert (problem.cell, problem.value) == ("I1", "Querry Statsu")
    assert "Did you mean 'Query Status'?" in problem.sentence
    assert not [p for p in result.problems if p.rule == "missing-column"]


def test_a_misspelt_optional_column_is_never_silently_ignored(tmp_path: Path) -> None:
    result = read(
        write_workbook(
            tmp_path / "a.xlsx", [row()], header=renamed(Query_Response_Date="Query Respnse Date")
        )
    )

    problem = only(result, "perhaps-column")
    assert problem.severity == "warning"
    assert "Did you mean 'Query Response Date'?" in problem.sentence


def test_a_column_that_tells_rows_apart_is_asked_for(tmp_path: Path) -> None:
    header, cells = list(HEADER), row()
    del header[7], cells[7]

    problem = only(
        read(write_workbook(tmp_path / "a.xlsx", [cells], header=header)), "missing-key-column"
    )

    assert "'Log #' is missing" in problem.sentence


@pytest.mark.parametrize(
    ("second", "value", "rule"),
    [
        ("Site Number", "008", "doubled-column"),
        ("Site Number", "007", "repeated-column"),
        ("Site ID", "008", "two-columns-one-meaning"),
    ],
)
def test_a_column_that_is_there_twice(tmp_path: Path, second: str, value: str, rule: str) -> None:
    result = read(write_workbook(tmp_path / "a.xlsx", [[*row(), value]], header=[*HEADER, second]))

    problem = only(result, rule)
    assert (problem.cell, problem.row) == ("N1", 1)
    assert "column C was read" in problem.sentence
    assert result.tables["queries"]["site"].tolist() == ["007"]


def test_columns_without_use_are_listed(tmp_path: Path) -> None:
    result = read(
        write_workbook(tmp_path / "a.xlsx", [[*row(), "x"]], header=[*HEADER, "Visit Date"])
    )

    assert "Visit Date" in only(result, "columns-not-used").sentence


def test_a_workbook_without_the_listing_says_what_was_looked_at(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [[1, 2]], header=["Cost", "Unit"], title="Budget")

    problem = only(read(path), "no-listing")

    assert "Budget" in problem.sentence
    assert "Site Number, Subject Name, Query Status, Query Open Date" in problem.sentence


def test_a_header_without_rows_must_be_confirmed(tmp_path: Path) -> None:
    result = read(write_workbook(tmp_path / "a.xlsx", []))

    assert "Confirm that there is nothing to report" in only(result, "no-rows").sentence
    assert len(result.tables["queries"]) == 0
    assert result.proposed_cutoff_date is None


def test_an_empty_sheet_is_no_listing(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [], header=[])

    assert only(read(path), "no-listing").severity == "error"
