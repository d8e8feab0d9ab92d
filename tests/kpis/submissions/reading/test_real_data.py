"""The files that were really sent go in unedited, and give what a plain count gives."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading import IntakeLimits, ReadResult, SourceFile, has_errors
from kpis.submissions.reading.reader import read_submission

DATA = Path(__file__).parents[5] / "shared" / "data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not on this machine"),
]


def read(*paths: Path, listings: Sequence[str] = ("queries", "participants")) -> ReadResult:
    return read_submission(
        [SourceFile(path, path.name) for path in paths],
        listings=listings,
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
    assert {problem.rule for problem in result.problems} == {"columns-not-used", "totals-row"}


@pytest.mark.parametrize("study", ["study_01", "study_10", "study_24"])
def test_every_listing_of_a_workbook_has_the_rows_a_plain_script_counts(study: str) -> None:
    four = {"queries", "participants", "visits", "deviations"}
    result = read(workbook(study), listings=[name for name in LISTINGS if name in four])
    book = CalamineWorkbook.from_path(str(workbook(study)))
    cells = {
        name: book.get_sheet_by_name(name).to_python()
        for name in ("Query Report - Cumulative", "Protocol Deviation", "SV")
    }
    metrics = book.get_sheet_by_name("Subject Level Metrics").to_python()
    people = [
        row for row in metrics if str(row[4]).startswith("Subject ") and row[4] != "Subject ID"
    ]
    visits, deviations = cells["SV"][1:], cells["Protocol Deviation"][1:]

    tables = result.tables
    assert not has_errors(result.problems)
    assert set(tables) == four
    assert len(tables["queries"]) == len(cells["Query Report - Cumulative"]) - 1
    assert len(tables["participants"]) == len(people)
    assert set(tables["participants"]["participant"]) == {row[4] for row in people}
    assert tables["participants"]["row"].tolist() == [metrics.index(row) + 1 for row in people]
    assert len(tables["visits"]) == len(visits)
    undated = [row for row in visits if row[6] in ("", "#MULTIVALUE", "31 SEP 2025")]
    assert tables["visits"]["visit_date"].isna().sum() == len(undated)
    states = Counter(str(row[-2]).lower().removeprefix("pd ") for row in deviations)
    assert Counter(tables["deviations"]["pd_status"]) == states
    assert tables["deviations"][["importance", "deviation_date"]].isna().all(axis=None)


def test_deviations_take_site_and_participant_from_the_subject_list() -> None:
    folder = DATA / "clindata"
    files = (folder / "ctms_protdev.csv", folder / "subjects.csv")
    result = read(*files, listings=list(LISTINGS))
    with files[0].open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with files[1].open(encoding="utf-8", newline="") as lines:
        people = {row["subjid"]: row for row in csv.DictReader(lines)}

    table = result.tables["deviations"]
    sites = [people.get(row["subjectenrollmentnumber"], {}).get("siteid") for row in rows]
    assert table["site"].astype(object).where(table["site"].notna(), None).tolist() == sites
    assert sites.count(None) == 173
    assert table["deviation_date"].isna().sum() == 3190
    assert Counter(table["importance"]) == {"not-important": 4129, "important": 517}
    (problem,) = [one for one in result.problems if one.rule == "unknown-participant"]
    assert problem.sentence.startswith("173 rows name 96 participants")
    assert not has_errors(result.problems)


def test_enrolment_and_sites_are_read_together() -> None:
    folder = DATA / "clindata"
    result = read(folder / "rawplus_enroll.csv", folder / "ctms_site.csv", listings=list(LISTINGS))

    outcomes = result.tables["enrolment"]["outcome"].value_counts().to_dict()
    assert outcomes == {"enrolled": 1301, "screen-failure": 1086}
    sites = result.tables["sites"]
    assert len(sites) == 176
    assert sites["activated_on"].notna().all()
    assert len(set(result.tables["enrolment"]["site"]) - set(sites["site"])) == 14
    assert not has_errors(result.problems)


def test_excerpts_of_the_cumulative_sheet_are_not_counted_twice() -> None:
    result = read(workbook("study_01"))

    reasons = {sheet.sheet: sheet.reason for sheet in result.sheets}
    assert reasons["Query Report - Cumulative"].startswith("used: its header has 'Field OID'")
    assert reasons["Query Report - CRA Action"] == "not used: subset of Query Report - Cumulative"
    assert reasons["Query Report - Site Action"] == (
        "not used: subset of Query Report - Cumulative"
        " (339 of 388 rows equal in every column of the key)"
    )
    assert reasons["SDV"].startswith(
        "recognised as source data verification by page; no KPI of yours uses it, it was not read"
    )
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


def test_what_an_export_is_said_to_lack_no_file_of_it_holds() -> None:
    clindata = DATA / "clindata"
    own = ("queries", "participants", "deviations")
    seen = {
        "EDC query report (cumulative)": read(workbook("study_10"), listings=own).tables,
        "EDC query detail listing": read(
            clindata / "edc_queries.csv", clindata / "subjects.csv", listings=own
        ).tables,
        "CTMS deviation log": read(
            clindata / "ctms_protdev.csv", clindata / "subjects.csv", listings=own
        ).tables,
    }
    seen["EDC protocol deviation listing"] = seen["EDC query report (cumulative)"]
    seen["EDC metrics workbook, subject level"] = seen["EDC query report (cumulative)"]
    seen["EDC subject listing"] = seen["EDC query detail listing"]
    for name in own:
        for export, columns in LISTINGS[name].lacks:
            table = seen[export][name]
            held = {column for column in table.columns if table[column].notna().any()}
            assert held.isdisjoint(columns), export
    assert set(seen) == {export for name in own for export, _ in LISTINGS[name].lacks}
