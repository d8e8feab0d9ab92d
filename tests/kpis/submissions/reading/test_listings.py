"""Several listings in one submission: each is told from the others, and fills what it lacks."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpis.engine.tables import LISTINGS
from kpis.submissions.checks import CheckContext, check_tables
from kpis.submissions.reading import IntakeLimits, Problem, ReadResult, SourceFile, has_errors
from kpis.submissions.reading.reader import read_submission
from tests.kpis.submissions.reading.builders import write_workbook

PEOPLE = ["Site Number", "Subject ID", "Subject Status", "# Pages", "# Queries", "# Signatures"]


def read_all(*paths: Path) -> ReadResult:
    return read_submission(
        [SourceFile(path, path.name) for path in paths],
        listings=list(LISTINGS),
        limits=IntakeLimits(),
        progress=lambda step, share: None,
    )


def sheet(tmp_path: Path, header: Sequence[object], *rows: Sequence[object]) -> Path:
    return write_workbook(tmp_path / f"{len(list(tmp_path.iterdir()))}.xlsx", rows, header=header)


def text(tmp_path: Path, name: str, *lines: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rules(problems: Sequence[Problem]) -> set[str]:
    return {problem.rule for problem in problems}


def test_lower_storeys_and_a_totals_row_are_no_participants(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ["Study", "Site Number", "Subject ID", "Subject Status", "Pages", "Queries", "Signatures"],
        [None, None, None, None, "Signed", "Open", "Due"],
        ["Responsible", None, None, None, "Site", "Site", "CRA"],
        ["ABC-301", "Site 1", "Subject 1", "On Trial", 3, 1, 0],
        ["ABC-301", "Site 1", "Subject 2", "", 4, 0, 0],
        ["ABC-301", "Site 2", "Subject 3", "Screening", 4, 0, 0],
        [None, 2, 3, None, "Total:", 1, 0],
    )
    result = read_all(path)

    people = result.tables["participants"]
    assert people["participant"].tolist() == ["Subject 1", "Subject 2", "Subject 3"]
    assert people["row"].tolist() == [4, 5, 6]
    assert not has_errors(result.problems)
    assert "totals-row" in rules(result.problems)


@pytest.mark.parametrize(
    ("header", "listing"),
    [
        (["Site ID", "Subject Name", "Folder Name", "Visit date"], "visits"),
        (["Site", "Subject Name", "Folder Name", "Data Page Name", "Visit Date"], None),
        (["Site", "Subject", "Visit", "Projected Date", "# Days Outstanding"], "missing-visits"),
        (["Site ID", "Subject Name", "Folder Name", "PD Status", "Visit date"], "deviations"),
        (["siteid", "subjectid", "enroll_dt", "enrollyn", "sfreas"], "enrolment"),
        (["site_num", "site_status", "site_active_dt", "state", "country"], "sites"),
        (["Requisition", "Role", "Approved", "Needed by", "Started"], "positions"),
        (["siteid", "subject_nsv", "timeonstudy"], "participants"),
        (["Site", "Name", "Remark"], None),
    ],
)  # fmt: skip
def test_a_sheet_is_told_by_its_header(
    tmp_path: Path, header: list[str], listing: str | None
) -> None:
    result = read_all(sheet(tmp_path, header))

    assert [one.listing for one in result.sheets] == [listing]


def test_a_date_that_does_not_exist_is_left_out_with_a_warning(tmp_path: Path) -> None:
    rows = [["S1", "P1", "Day 1", "31 SEP 2025"], ["S1", "P1", "Day 8", "#MULTIVALUE"]]
    rows += [["S1", "P1", f"Day {day}", "12 SEP 2025"] for day in (2, 3)]
    result = read_all(
        sheet(tmp_path, ["Site ID", "Subject Name", "Folder Name", "Visit date"], *rows)
    )

    assert result.tables["visits"]["visit_date"].notna().tolist() == [False, False, True, True]
    assert {"date-left-out", "several-dates"} <= rules(result.problems)
    assert not has_errors(result.problems)


def test_a_column_that_is_there_twice_does_not_stop_a_counted_listing(tmp_path: Path) -> None:
    header = ["Site ID", "Subject Name", "Data Page Name", "Data Page Name", "PD Status"]
    row = ["S1", "P1", "Protocol Deviation", "Form 47", "PD proposed"]
    result = read_all(sheet(tmp_path, header, row))

    assert rules(result.problems) == {"two-columns-one-meaning"}
    assert result.tables["deviations"]["form"].tolist() == ["Protocol Deviation"]


def test_deviations_without_a_site_take_it_from_the_participants(tmp_path: Path) -> None:
    deviations = text(
        tmp_path,
        "protdev.csv",
        "subjectenrollmentnumber,deviationdate,deemedimportant",
        "0496,2025-01-02,Yes",
        "0496,2025-01-02,Yes",
        "9999,,No",
    )
    people = text(tmp_path, "subjects.csv", "siteid,subjid,subject_nsv,country", "007,0496,P-1,NA")
    result = read_all(deviations, people)

    table = result.tables["deviations"]
    assert table["participant"].tolist() == ["P-1", "P-1", "9999"]
    assert table["site"].fillna("").tolist() == ["007", "007", ""]
    assert table["country"].fillna("").tolist() == ["NA", "NA", ""]
    (problem,) = [one for one in result.problems if one.rule == "unknown-participant"]
    assert (problem.row, problem.value, problem.severity) == (4, "9999", "warning")

    context = CheckContext(date(2025, 11, 14), "ABC-301", frozenset(), frozenset({"007"}))
    (repeated,) = check_tables(result, context=context)
    assert (repeated.rule, repeated.row, repeated.severity) == ("repeated-rows", 3, "warning")
    assert repeated.sentence.startswith("1 rows of protocol deviations repeat another row")


def test_deviations_of_listed_people_alone_need_no_explanation(tmp_path: Path) -> None:
    deviations = text(tmp_path, "d.csv", "subjectenrollmentnumber,deemedimportant", "0496,Yes")
    people = text(tmp_path, "s.csv", "siteid,subjid,subject_nsv", "007,0496,P-1")

    assert rules(read_all(deviations, people).problems) == set()


def test_deviations_without_site_and_participants_cannot_be_placed(tmp_path: Path) -> None:
    result = read_all(text(tmp_path, "d.csv", "deviationdate,deemedimportant", "2025-01-02,Yes"))

    assert rules(result.problems) == {"missing-column"}
    assert len(result.tables["deviations"]) == 1


def test_a_list_that_names_someone_twice_is_no_list_of_participants(tmp_path: Path) -> None:
    result = read_all(sheet(tmp_path, PEOPLE, *[["S1", "P1", "On Trial", 1, 1, 1]] * 2))

    assert "participants" not in result.tables


def test_a_row_without_country_that_has_a_number_is_data(tmp_path: Path) -> None:
    header = ["Site Number", "Subject ID", "Subject Status", "Country"]
    rows = [["S1", "P1", "On Trial", "NA"], ["S1", "P2", "On Trial", ""], ["S2", "P3", "-", "DE"]]
    result = read_all(sheet(tmp_path, header, *rows))

    assert len(result.tables["participants"]) == 3


def test_a_hidden_sheet_is_read_only_where_no_other_holds_the_listing(tmp_path: Path) -> None:
    rows = [["S1", "P1", "Day 1", "2025-09-12"]]
    header = ["Site ID", "Subject Name", "Folder Name", "Visit date"]

    def hide(workbook: Any) -> None:
        workbook.active.sheet_state = "hidden"
        other = workbook.create_sheet("Notes")
        other.append(["Nothing here"])

    alone = write_workbook(tmp_path / "a.xlsx", rows, header=header, finish=hide)
    beside = write_workbook(tmp_path / "b.xlsx", [["S1", "P2", "Day 1", ""]], header=header)

    assert len(read_all(alone).tables["visits"]) == 1
    result = read_all(alone, beside)
    assert result.tables["visits"]["participant"].tolist() == ["P2"]
    assert result.sheets[0].reason.startswith("not used: the sheet is hidden, and another one")
