"""The files that were really sent go in unedited, and give what a plain count gives."""

from datetime import date
from pathlib import Path

import pytest

from kpis.submissions.reading import IntakeLimits, ReadResult, SourceFile, has_errors
from kpis.submissions.reading.reader import read_submission

DATA = Path(__file__).parents[5] / "shared" / "data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not on this machine"),
]


def read(*paths: Path) -> ReadResult:
    return read_submission(
        [SourceFile(path, path.name) for path in paths],
        listings=["queries", "participants"],
        limits=IntakeLimits(),
        progress=lambda step, share: None,
    )


def workbook(study: str) -> Path:
    return next((DATA / "edc_workbooks" / study).glob("*CPID_EDC_Metrics*"))


@pytest.mark.parametrize(
    ("study", "open_", "answered"),
    [("study_01", 404, 170), ("study_10", 122, 97), ("study_24", 664, 1437)],
)
def test_a_real_workbook_goes_in_unedited(study: str, open_: int, answered: int) -> None:
    result = read(workbook(study))

    queries = result.tables["queries"]
    assert queries["state"].value_counts().to_dict() == {"open": open_, "answered": answered}
    assert result.proposed_cutoff_date == date(2025, 11, 14)
    assert result.cutoff is not None
    assert result.cutoff.agreeing == result.cutoff.compared == len(queries) == open_ + answered
    assert not has_errors(result.problems)
    assert {problem.rule for problem in result.problems} == {"columns-not-used"}


def test_excerpts_of_the_cumulative_sheet_are_not_counted_twice() -> None:
    result = read(workbook("study_01"))

    reasons = {sheet.sheet: sheet.reason for sheet in result.sheets}
    assert reasons["Query Report - Cumulative"] == "used"
    assert reasons["Query Report - CRA Action"] == "not used: subset of Query Report - Cumulative"
    assert reasons["Query Report - Site Action"] == (
        "not used: subset of Query Report - Cumulative"
        " (339 of 388 rows equal in every column of the key)"
    )
    assert reasons["SDV"] == "not asked for in this submission"
    assert len(result.sheets) == 15


def test_a_row_knows_its_place_and_keeps_its_cells() -> None:
    first = read(workbook("study_01")).tables["queries"].iloc[0]

    assert (first["file"], first["sheet"], first["row"]) == (0, "Query Report - Cumulative", 2)
    assert (first["site"], first["participant"], first["log_line"]) == ("Site 2", "Subject 2", "1")
    assert first["opened_at"].isoformat() == "2025-09-29T14:58:04.580000"
    assert first["reported_age"] == 46


def test_the_public_query_csv_gets_its_sites_from_the_subject_list() -> None:
    result = read(DATA / "clindata" / "edc_queries.csv", DATA / "clindata" / "subjects.csv")

    queries = result.tables["queries"]
    assert len(queries) == 42_259
    assert queries["site"].notna().all()
    assert queries["site"].nunique() == 176
    assert queries["state"].value_counts().to_dict() == {
        "closed": 42_095,
        "answered": 97,
        "open": 67,
    }
    assert result.proposed_cutoff_date == date(2019, 10, 26)
    assert result.studies_named == {"AA-AA-000-0000": 42_259 + 1_301}
    assert (queries["opened_at"] > queries["extracted_on"]).sum() == 1
    assert not has_errors(result.problems)


def test_the_public_query_csv_alone_says_what_is_missing() -> None:
    result = read(DATA / "clindata" / "edc_queries.csv")

    (problem,) = [p for p in result.problems if p.rule == "missing-column"]
    assert "send a list of subjects" in problem.sentence
