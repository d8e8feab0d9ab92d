"""What rows show together is found: twice the same, impossible dates, unknown names."""

from datetime import date, datetime
from pathlib import Path

import pytest

from kpis.submissions.checks import CheckContext, check_tables
from kpis.submissions.reading import Problem
from tests.kpis.submissions.reading.builders import read, row, write_workbook

CUTOFF = date(2025, 11, 14)


def check(path: Path, *more: Path, cutoff: date = CUTOFF, **changes: object) -> list[Problem]:
    context = {
        "cutoff_date": cutoff,
        "protocol_number": "ABC-301",
        "study_names": frozenset({"Study 1"}),
        "known_sites": frozenset({"007"}),
    } | changes
    return list(check_tables(read(path, *more), context=CheckContext(**context)))  # type: ignore[arg-type]  # a dict of the very fields


def workbook(tmp_path: Path, *rows: list[object]) -> Path:
    return write_workbook(tmp_path / "report.xlsx", rows)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_good_listing_has_no_problem(tmp_path: Path) -> None:
    answered = at("2025-11-01T08:00")
    path = workbook(
        tmp_path, row(), row(study="study 1", log_line=2, state="Answered", answered_at=answered)
    )

    assert check(path) == []


def test_an_unknown_site_is_one_warning_that_counts_its_rows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, row(), *(row(site="012", participant="9", log_line=n) for n in range(3))
    )

    (problem,) = check(path)

    assert (problem.rule, problem.severity) == ("unknown-site", "warning")
    assert (problem.row, problem.cell, problem.value) == (3, "C3", "012")
    assert problem.sentence == (
        "Site '012' is not among the sites of ABC-301. 3 rows name it, the first is row 3."
        " Have the site added, or explain."
    )


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"opened_at": datetime.fromisoformat("2025-11-15"), "reported_age": None}, "K2"),
        ({"answered_at": datetime.fromisoformat("2025-11-20T00:01")}, "L2"),
    ],
)
def test_a_date_after_the_cutoff_is_a_warning(
    tmp_path: Path, changes: dict[str, object], cell: str
) -> None:
    (problem,) = check(workbook(tmp_path, row(**changes)))

    assert (problem.rule, problem.severity, problem.cell) == ("after-cutoff", "warning", cell)
    assert "after the data cut-off of 2025-11-14" in problem.sentence
    assert "or explain" in problem.sentence


def test_the_day_of_the_cutoff_itself_is_not_after_it(tmp_path: Path) -> None:
    opened = at("2025-11-14T23:59")

    assert check(workbook(tmp_path, row(opened_at=opened, reported_age=0))) == []


def test_closed_before_opened_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "queries.csv"
    path.write_text(
        "Site,Subject,Folder,Form,Field,Log,Marking group,Status,Opened,Closed\n"
        "007,1,a,b,c,1,System,Closed,2025-09-29,2025-09-28\n"
        "007,1,a,b,c,2,System,Closed,2025-09-29 10:00,2025-09-29\n",
        encoding="utf-8",
    )

    (problem,) = check(path)

    assert (problem.rule, problem.severity) == ("closed-before-opened", "error")
    assert (problem.row, problem.cell, problem.value) == (2, "J2", "2025-09-28")
    assert "closed on 2025-09-28, before it was opened on 2025-09-29" in problem.sentence
    assert "Correct one of the dates" in problem.sentence


def test_answered_before_opened_is_an_error_to_the_second(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, row(state="Answered", answered_at=at("2025-09-29T14:58:03")), row(log_line=3)
    )

    (problem,) = check(path)

    assert (problem.rule, problem.severity, problem.cell) == (
        "answered-before-opened",
        "error",
        "L2",
    )


def test_answered_without_a_date_is_a_warning(tmp_path: Path) -> None:
    (problem,) = check(workbook(tmp_path, row(state="Answered")))

    assert (problem.rule, problem.severity) == ("answered-without-date", "warning")
    assert "Add the date" in problem.sentence


def test_the_same_row_twice_is_an_error_that_names_both(tmp_path: Path) -> None:
    (problem,) = check(workbook(tmp_path, row(), row(log_line=2), row()))

    assert (problem.rule, problem.severity, problem.row) == ("duplicate-key", "error", 4)
    assert problem.sentence.startswith("Row 4: the same as row 2 in Site Number, Subject Name")
    assert "Remove one of the two rows" in problem.sentence


def test_the_same_row_in_two_files_names_the_other_file(tmp_path: Path) -> None:
    first = write_workbook(tmp_path / "a.xlsx", [row(), row(log_line=2)])
    second = write_workbook(tmp_path / "b.xlsx", [row(), row(log_line=3)], title="More")

    (problem,) = check(first, second)

    assert (problem.file, problem.sheet, problem.row) == (1, "More", 2)
    assert "row 2 of Query Report - Cumulative in a.xlsx" in problem.sentence


def test_the_same_file_twice_is_counted_once(tmp_path: Path) -> None:
    first = write_workbook(tmp_path / "a.xlsx", [row(), row(log_line=2)])
    second = write_workbook(tmp_path / "b.xlsx", [row(), row(log_line=2)])

    result = read(first, second)

    assert len(result.tables["queries"]) == 2
    assert [sheet.used for sheet in result.sheets] == [True, False]
    assert result.sheets[1].reason.startswith("not used: subset of")


def test_another_studys_file_is_an_error(tmp_path: Path) -> None:
    path = workbook(tmp_path, row(study="XYZ-9"), row(study="XYZ-9", log_line=2))

    (problem,) = check(path)

    assert (problem.rule, problem.severity, problem.cell) == ("other-study", "error", "A2")
    assert problem.sentence.startswith(
        "This file names study 'XYZ-9' (2 rows), this submission is for ABC-301."
    )


def test_a_reported_age_that_does_not_fit_is_a_warning(tmp_path: Path) -> None:
    path = workbook(tmp_path, row(), row(log_line=2), row(log_line=3, reported_age=45))

    (problem,) = check(path)

    assert (problem.rule, problem.severity, problem.cell) == ("reported-age", "warning", "M4")
    assert "says 45 days; from 2025-09-29 14:58" in problem.sentence
    assert "it is 46" in problem.sentence


def test_ages_that_count_the_first_day_are_understood(tmp_path: Path) -> None:
    path = workbook(tmp_path, row(reported_age=47), row(log_line=2, reported_age=47))

    assert check(path) == []


def test_nothing_is_checked_where_nothing_was_read(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"%PDF")

    assert check(path) == []


def test_checks_come_in_document_order(tmp_path: Path) -> None:
    path = workbook(tmp_path, row(reported_age=1), row(site="9", participant="9"), row(log_line=2))

    assert [problem.row for problem in check(path)] == [2, 3]
