"""Personal data of participants block and are never repeated; what only looks like it passes."""

from pathlib import Path

import pytest

from kpis.submissions.checks.personal import personal_data
from kpis.submissions.reading import IntakeLimits, SourceFile
from kpis.submissions.reading.reader import read_submission
from tests.conftest import real_data
from tests.kpis.submissions.checks.planted import Plant, found_in, lines, queries, query

HARMLESS = (
    "1000-0000",
    "0001-025XXX",
    "101-001-0001",
    "Site 12 did not answer",
    "St. John Hospital, Boston",
    "Parkinson Disease worsened",
    "Alanine aminotransferase 45 U/L (ref 10-40)",
    "Paracetamol 500 mg",
    "Subject Screen Failed",
    "Patient Withdrawn By Sponsor",
    "Visit window +3 days (see protocol 5.1)",
    "born digital record",
    "DOB missing on the form",
    "initials missing on page 3",
    "query to CRA 2025-03-04 10:15",
    "Form 12; Cycle 4 Day 1",
    "Stevens-Johnson syndrome",
    "ratio 1:2, @ baseline",
)
PERSONAL = {
    "personal-initials": ("Initials: J.D.", "patient J. D. fell", "subject initials = JDK"),
    "personal-birth-date": ("DOB: 12/03/1961", "born on 3 Mar 1961", "Date of birth 1961-03-12"),
    "personal-email": ("jane@example.org", "see Jane.Doe@mail.example.com."),
    "personal-phone": (
        "+49 30 901820",
        "tel. 0301 445566",
        "call (555) 010-1234",
        "555-010-1234 ok",
    ),
    "personal-name": ("Mrs Keller called", "spoke with Peter Novak", "patient name: Zed Qwerty"),
}


def rules_in(text: str, folder: Path, title: str = "Comment") -> set[str]:
    content = queries(f'{query()},"{text}"', more=f",{title}")
    return {one.rule for one in found_in(Plant(content, None), folder) if "personal" in one.rule}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_passes(text: str, tmp_path: Path) -> None:
    assert rules_in(text, tmp_path) == set()


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in PERSONAL.items() for text in texts]
)
def test_personal_data_in_a_comment_block_and_are_not_repeated(
    rule: str, text: str, tmp_path: Path
) -> None:
    content = queries(f'{query()},"{text}"', more=",Comment")
    found = found_in(Plant(content, None), tmp_path)
    (problem,) = [one for one in found if one.rule == rule]
    assert (problem.severity, problem.cell, problem.value) == ("error", "M2", None)
    assert text not in " ".join(f"{one.sentence} {one.value}" for one in found)


@pytest.mark.parametrize(
    ("title", "value", "rule"),
    [
        ("Subject initials", "JD", "personal-initials"),
        ("DOB", "1961-03-12", "personal-birth-date"),
        ("Patient last name", "Keller", "personal-name"),
        ("Patient phone", "0301 445566", "personal-phone"),
        ("CRA initials", "JD", ""),
        ("Monitor", "Jane Doe", ""),
        ("Investigator e-mail", "jane@example.org", ""),
        ("pi_last_name", "Keller", ""),
    ],
)
def test_a_title_says_whether_a_person_may_be_named(
    title: str, value: str, rule: str, tmp_path: Path
) -> None:
    assert rules_in(value, tmp_path, title) == ({rule} if rule else set())


def test_a_column_for_staff_may_name_them_and_one_for_participants_may_not(tmp_path: Path) -> None:
    start_up = lines(
        "Site,Investigator,Selected,Green light date,Planned activation date",
        "007,Ann Smith,2025-01-01,2025-02-01,",
    )
    found = found_in(Plant(start_up, None, ("site-start-up",)), tmp_path)
    assert not [one for one in found if "personal" in one.rule]
    named = found_in(Plant(queries(query(subject="Peter Novak")), None), tmp_path)
    assert [one.cell for one in named if one.rule == "personal-name"] == ["B2"]


def test_no_other_finding_of_the_row_repeats_it(tmp_path: Path) -> None:
    content = queries(query(subject="Peter Novak", status="Perhaps", site="jane@example.org"))
    found = found_in(Plant(content, None), tmp_path)
    assert {"unknown-choice", "unknown-site", "personal-email"} <= {one.rule for one in found}
    for one in found:
        assert "jane@" not in f"{one.sentence} {one.value}", one
        assert "Novak" not in f"{one.sentence} {one.value}", one


def test_a_sheet_that_is_not_used_is_looked_at_too(tmp_path: Path) -> None:
    content = lines("Notes of the month", "Maria Keller asked to stop taking part in this study")
    found = found_in(Plant(content, None), tmp_path)
    assert [one.cell for one in found if one.rule == "personal-name"] == ["A2"]


@pytest.mark.real_data
def test_no_real_file_has_personal_data() -> None:
    """The shared files are pseudonymous: whatever would block there would be a false alarm."""
    files = [
        *real_data("edc_workbooks").glob("*/*.xlsx"),
        *real_data("clindata").glob("*.csv"),
    ]
    assert len(files) >= 30
    for path in files:
        result = read_submission(
            [SourceFile(path, path.name)],
            listings=["queries", "participants"],
            limits=IntakeLimits(),
            progress=lambda step, share: None,
        )
        assert [(path.name, one.sheet, one.cell) for one in personal_data(result)] == []
