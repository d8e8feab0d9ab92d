"""What a lenient column cannot read is left out with a warning, whatever is wrong with the cell."""

from pathlib import Path

import openpyxl

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading import IntakeLimits, ReadResult, SourceFile, has_errors
from kpis.submissions.reading.reader import read_submission
from tests.kpis.submissions.reading.builders import only, write_workbook

SUBJECTS = ("Study", "Country", "Site Number", "Subject Name", "Subject Status", "Days on Study")
PAGES = ("Study", "Site", "Subject Name", "Folder Name", "Data Page Name", "Verification Status")


def read_as(listing: str, path: Path) -> ReadResult:
    return read_submission(
        [SourceFile(path, path.name)],
        listings=[name for name in LISTINGS if name in {listing, "participants"}],
        limits=IntakeLimits(),
        progress=lambda *_: None,
    )


def test_a_status_that_nobody_knows_is_no_status(tmp_path: Path) -> None:
    rows = [
        ["ABC-301", "FRA", "007", f"007-{number:03d}", status, 30]
        for number, status in enumerate(["On Trial", "Abroad", "Discontinued"])
    ]
    result = read_as("participants", write_workbook(tmp_path / "a.xlsx", rows, header=SUBJECTS))
    problem = only(result, "choice-left-out")
    assert "'Abroad' in Subject Status, row 3, is not one of the words known here" in (
        problem.sentence
    )
    assert problem.sentence.endswith("It was left out.")
    assert not has_errors(result.problems)
    status = result.tables["participants"]["subject_status"]
    assert status.isna().tolist() == [False, True, False]
    assert status.dropna().tolist() == ["on-study", "discontinued"]


def test_a_page_whose_name_is_an_excel_error_is_still_a_page(tmp_path: Path) -> None:
    rows = [
        ["ABC-301", "007", "007-001", "Week 4", page, "Require Verification"]
        for page in ("Dosing", "Dosing", "Samples")
    ]

    def break_one(workbook: openpyxl.Workbook) -> None:
        workbook["SDV"]["E3"] = "#N/A"
        workbook["SDV"]["E3"].data_type = "e"

    path = write_workbook(tmp_path / "a.xlsx", rows, header=PAGES, title="SDV", finish=break_one)
    result = read_as("sdv", path)
    assert "is an Excel error and was left out" in only(result, "error-left-out").sentence
    assert not has_errors(result.problems)
    table = result.tables["sdv"]
    assert table["verification"].tolist() == ["required"] * 3
    assert table["page"].isna().tolist() == [False, True, False]
