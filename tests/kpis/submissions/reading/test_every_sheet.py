"""Every sheet of the files that were really sent: which listing it is, or why it is none."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading import IntakeLimits, ReadResult, SourceFile, has_errors
from kpis.submissions.reading.profile import ColumnReading, Profile
from kpis.submissions.reading.reader import read_submission

DATA = Path(__file__).parents[5] / "shared" / "data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not on this machine"),
]

METRICS = {
    "Subject Level Metrics": "participants",
    "Region_Country View": "no listing: closest to participants",
    "Query Report - Cumulative": "queries",
    "Query Report - Site Action": "queries",
    "Query Report - CRA Action": "queries",
    "Non conformant": "non-conformant",
    "PI Signature Report": "page-signatures",
    "SDV": "sdv",
    "Protocol Deviation": "deviations",
    "CRF Freeze": "page-locks",
    "CRF UnFreeze": "page-locks",
    "CRF Locked": "page-locks",
    "CRF UnLocked": "page-locks",
    "SV": "visits",
    "Reports info -reference": "no listing: none of its first rows is a header",
}
ISSUES = {"OpenIssuesSummary": "third-party-issues"}
LABS = {"Missing_Lab_Name_and_Missing": "lab-issues"}
TRACKER = {"Missing Visits": "missing-visits"}
SIDES = {
    "SAE Dashboard_DM": "sae-reconciliation-dm",
    "SAE Dashboard_Safety": "sae-reconciliation-safety",
}
INACTIVATED = {"Sheet1": "inactivated-records"}
# A part of the file's name that no other file of the study has → its sheets.
STUDY_01 = {
    "CPID": METRICS,
    "EDRR": ISSUES,
    "MedDRA": {"GlobalCodingReport_MedDRA": "coding"},
    "WHODD": {"GlobalCodingReport_WHODD": "coding"},
    "Inactivated": INACTIVATED,
    "Lab_Name": LABS,
    "Missing_Pages": {
        "All Pages Missing": "missing-pages",
        "Visit Level Pages Missing": "missing-pages",
    },
    "Projection": TRACKER,
    "eSAE": SIDES,
}
STUDY_10 = STUDY_01 | {
    "MedDRA": {"GlobalCodingRepor": "coding"},
    "WHODD": {"GlobalCodingRepor": "coding"},
    "Missing_Pages": {"All Pages Missing": "missing-pages"},
}
STUDY_24 = STUDY_01 | {"Missing_Pages": {"All Pages Missing": "missing-pages"}}
STUDIES = {"study_01": STUDY_01, "study_10": STUDY_10, "study_24": STUDY_24}
PUBLIC = {
    "ctms_protdev": "deviations",
    "ctms_site": "sites",
    "ctms_study": "no listing: closest to",
    "edc_queries": "queries",
    "rawplus_enroll": "enrolment",
    "subjects": "participants",
    # What other software computed from them: figures, and recognised as such.
    "expected_kri0003": "reported-figures",
    "expected_kri0012": "reported-figures",
}


def read(*paths: Path, listings: list[str], profiles: Sequence[Profile] = ()) -> ReadResult:
    return read_submission(
        [SourceFile(path, path.name) for path in paths],
        listings=listings,
        limits=IntakeLimits(),
        progress=lambda step, share: None,
        profiles=profiles,
    )


def seen(result: ReadResult) -> dict[str, str]:
    """Return each sheet's listing, or for none the reason."""
    return {one.sheet: one.listing or one.reason for one in result.sheets}


def files_of(study: str) -> dict[str, Path]:
    paths = sorted((DATA / "edc_workbooks" / study).glob("*.xlsx"))
    found = {part: [p for p in paths if part in p.name] for part in STUDIES[study]}
    assert {len(matching) for matching in found.values()} == {1}
    assert len(paths) == len(found) == 9
    return {part: matching[0] for part, matching in found.items()}


@pytest.mark.parametrize("study", STUDIES)
def test_every_sheet_of_every_workbook_is_what_it_is(study: str) -> None:
    for part, path in files_of(study).items():
        expected = STUDIES[study][part]
        found = seen(read(path, listings=["queries", "participants"]))
        assert found.keys() == expected.keys()
        for sheet, listing in expected.items():
            assert found[sheet].startswith(listing), (path.name, sheet, found[sheet])


def test_the_names_of_files_and_sheets_are_not_what_tells(tmp_path: Path) -> None:
    for number, (part, path) in enumerate(files_of("study_10").items()):
        renamed = tmp_path / f"{number}.xlsx"
        renamed.write_bytes(path.read_bytes())
        found = seen(read(renamed, listings=["queries"]))
        assert found.keys() == STUDY_10[part].keys()
        assert all(found[sheet].startswith(name) for sheet, name in STUDY_10[part].items())


@pytest.mark.parametrize("study", STUDIES)
def test_all_files_of_a_study_go_in_together_without_an_error(study: str) -> None:
    result = read(*files_of(study).values(), listings=list(LISTINGS))

    assert not has_errors(result.problems)
    of_the_study = {name for sheets in STUDIES[study].values() for name in sheets.values()}
    assert set(result.tables) == {name for name in of_the_study if name in LISTINGS}
    used = [one for one in result.sheets if one.used]
    assert {one.layout.state for one in used if one.layout} <= {"new", "ours"}
    assert not [one.sheet for one in used if one.layout and one.layout.unclear]


def test_confirmed_as_it_was_read_a_study_is_known_and_reads_the_same() -> None:
    paths = [
        path for part, path in files_of("study_24").items() if part not in {"CPID", "Lab_Name"}
    ]
    first = read(*paths, listings=list(LISTINGS))
    profiles = [
        Profile(
            key=number,
            name=one.sheet,
            listing=str(one.listing),
            version=1,
            headers=one.layout.titles,
            columns={name: ColumnReading(**how) for name, how in one.layout.columns.items()},
        )
        for number, one in enumerate(first.sheets)
        if one.used and one.layout
    ]

    again = read(*paths, listings=list(LISTINGS), profiles=profiles)

    assert {one.layout.state for one in again.sheets if one.used and one.layout} == {"known"}
    assert again.tables.keys() == first.tables.keys()
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_files_are_recognised(name: str) -> None:
    found = seen(read(DATA / "clindata" / f"{name}.csv", listings=["queries"]))

    assert found[name].startswith(PUBLIC[name])


def test_what_nobody_asked_for_is_named_and_not_read() -> None:
    result = read(files_of("study_01")["CPID"], listings=["queries", "participants"])

    assert set(result.tables) == {"queries", "participants"}
    (signatures,) = [one for one in result.sheets if one.listing == "page-signatures"]
    assert not signatures.used
    assert signatures.reason.startswith(
        "recognised as page signatures; no KPI of yours uses it, it was not read"
    )
