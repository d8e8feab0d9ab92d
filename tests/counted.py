"""Counts cells of real workbooks, by a plain script that knows nothing of the product.

It reads cells with python-calamine and counts them: no engine, no pandas, no database.
`tests/figures.py` makes a page of what comes out.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from statistics import median

from python_calamine import CalamineWorkbook

DATA = Path(__file__).parents[2] / "shared" / "data" / "edc_workbooks"
ENROLLED = {"On Trial", "Enrolled", "Completed", "Discontinued"}
STUDIES = ("study_01", "study_10", "study_24")
CUTOFF = date(2025, 11, 14)


@dataclass(frozen=True)
class Counted:
    """What the cells of one study's workbooks come to. Ages in days."""

    workbooks: tuple[str, ...]
    sha256: tuple[str, ...]
    queries: int
    queries_open: int
    queries_answered: int
    older_than_14: int
    older_than_30: int
    median_age: float
    oldest_age: int
    participants: int
    visits: int
    visits_dated: int
    visits_undated: int
    deviations: int
    deviations_confirmed: int
    deviations_proposed: int
    deviations_of_unlisted: int
    enrolled: int
    discontinued: int
    answered_by_cutoff: int
    response_median: int | None
    longest_wait: int
    sdv_pages: int
    sdv_required: int
    pages_entered: int
    pages_missing: int
    pages_of_unlisted: int
    discrepancies_clinical: int
    discrepancies_clinical_open: int
    discrepancies_safety: int
    discrepancies_safety_open: int

    def per_hundred(self, part: str, whole: str) -> Fraction | None:
        """Return 100 × one count / another, exactly; None over nothing."""
        over = getattr(self, whole)
        return Fraction(100 * getattr(self, part), over) if over else None


def workbooks_of(study: str, data: Path = DATA) -> tuple[Path, ...]:
    """Return the workbooks of a study that KPIs are computed from: metrics, pages, safety."""
    patterns = ("*CPID_EDC_Metrics*.xlsx", "*Missing_Pages*.xlsx", "*eSAE*.xlsx")
    return tuple(next((data / study).glob(pattern)) for pattern in patterns)


def count(paths: tuple[Path, ...]) -> Counted:
    """Count the cells of one study's workbooks."""
    book, pages, safety = (CalamineWorkbook.from_path(str(path)) for path in paths)
    queries = list(records(book, "Query Report - Cumulative"))
    ages = [(CUTOFF - row["Query Open Date"].date()).days for row in queries]  # type: ignore[attr-defined]  # a datetime in every row
    # The header has several storeys and the last row is a total: a participant is what is named so.
    subjects = {
        str(row[4]): row
        for row in book.get_sheet_by_name("Subject Level Metrics").to_python()
        if str(row[4]).startswith("Subject ") and row[4] != "Subject ID"
    }
    people = set(subjects)
    status = [str(row[6]) for row in subjects.values()]
    waits = [waited(row) for row in queries]
    verification = [str(row["Verification Status"]) for row in records(book, "SDV")]
    missing = [
        (row.get("Subject Name") or row.get("SubjectName")) in people
        for row in records(pages, "All Pages Missing")
        if (row.get("Form Details") or row.get("Form Type (Summary or Visit)")) == "Visit Level"
    ]
    clinical = reviews(safety, "SAE Dashboard_DM")
    of_safety = reviews(safety, "SAE Dashboard_Safety")
    visits = [day_of(row["Visit date"]) for row in records(book, "SV")]
    deviations = list(records(book, "Protocol Deviation"))
    states = [str(row["PD Status"]).lower() for row in deviations]
    return Counted(
        workbooks=tuple(path.name for path in paths),
        sha256=tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths),
        queries=len(queries),
        queries_open=sum(row["Query Status"] == "Open" for row in queries),
        queries_answered=sum(row["Query Status"] == "Answered" for row in queries),
        older_than_14=sum(age > 14 for age in ages),
        older_than_30=sum(age > 30 for age in ages),
        median_age=median(ages),
        oldest_age=max(ages),
        participants=len(people),
        visits=len(visits),
        visits_dated=sum(day is not None and day <= CUTOFF for day in visits),
        visits_undated=visits.count(None),
        deviations=len(deviations),
        deviations_confirmed=states.count("pd confirmed"),
        deviations_proposed=states.count("pd proposed"),
        deviations_of_unlisted=sum(row["Subject Name"] not in people for row in deviations),
        enrolled=sum(word in ENROLLED for word in status),
        discontinued=status.count("Discontinued"),
        answered_by_cutoff=sum(answered for _, answered in waits),
        response_median=survival_median(waits),
        longest_wait=max(days for days, _ in waits),
        sdv_pages=len(verification),
        sdv_required=verification.count("Require Verification"),
        pages_entered=sum(int(str(row[17] or "0").split(".")[0]) for row in subjects.values()),
        pages_missing=sum(missing),
        pages_of_unlisted=missing.count(False),
        discrepancies_clinical=len(clinical),
        discrepancies_clinical_open=len(clinical) - clinical.count("Review Completed"),
        discrepancies_safety=len(of_safety),
        discrepancies_safety_open=len(of_safety) - of_safety.count("Review Completed"),
    )


def waited(query: dict[str, object]) -> tuple[int, bool]:
    """Return the days from opening to answer, or to the cut-off, and whether it was answered."""
    opened, answered = query["Query Open Date"], query["Query Response Date"]
    assert isinstance(opened, datetime)
    if isinstance(answered, datetime) and answered.date() <= CUTOFF:
        return (answered.date() - opened.date()).days, True
    return (CUTOFF - opened.date()).days, False


def survival_median(waits: list[tuple[int, bool]]) -> int | None:
    """Return the first day by which at least half are answered, day after day; None if never."""
    left = Fraction(1)
    for day in sorted({days for days, answered in waits if answered}):
        at_risk = sum(days >= day for days, _ in waits)
        left *= 1 - Fraction(sum(days == day and answered for days, answered in waits), at_risk)
        if left <= Fraction(1, 2):
            return day
    return None


def reviews(book: CalamineWorkbook, sheet: str) -> list[str]:
    """Return the review status of each discrepancy found up to the cut-off."""
    return [
        str(row["Review Status"])
        for row in records(book, sheet)
        if str(row["Discrepancy Created Timestamp in Dashboard"])[:10] <= str(CUTOFF)
    ]


def records(book: CalamineWorkbook, sheet: str) -> Iterator[dict[str, object]]:
    """Yield the rows of a sheet whose header is its first row, by header."""
    header, *rows = book.get_sheet_by_name(sheet).to_python()
    for row in rows:
        yield dict(zip(map(str, header), row, strict=True))


def day_of(cell: object) -> date | None:
    """Read a day as the visits have it, "3 JUL 2024", or None."""
    try:
        return datetime.strptime(str(cell), "%d %b %Y").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return None
