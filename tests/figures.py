"""A page of figures counted in real workbooks, by a plain script that knows nothing of the product.

    python -m tests.figures > docs/figures.md

It reads cells with python-calamine and counts them: no engine, no pandas, no database.
`tests/test_figures.py` holds the page and the product's own results against it.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from statistics import median

from python_calamine import CalamineWorkbook

DATA = Path(__file__).parents[2] / "shared" / "data" / "edc_workbooks"
STUDIES = ("study_01", "study_10", "study_24")
CUTOFF = date(2025, 11, 14)
INTRODUCTION = f"""\
# Figures of three real studies

Counted cell by cell in the workbooks as an EDC system exported them, by a script that knows nothing
of the product: `python -m tests.figures > docs/figures.md`. A test takes the same workbooks through
upload, check, acceptance and computation, and holds every result against these figures. The
workbooks are not part of the repository; without them the test says that it was skipped.

The data cut-off is {CUTOFF:%-d %B %Y}. Age is whole calendar days from the day a query was opened
to the cut-off, so "older than 14 days" means 15 or more. Some visits carry no day that exists: the
cell is blank or holds `#MULTIVALUE` or, once, 31 September; they count as visits listed, not as
visits made. The exports carry no deviation date and no importance, and no enrolment listing: what
needs those has no figure here, and is MISSING in the product.
"""


@dataclass(frozen=True)
class Counted:
    """What the cells of one study's EDC metrics workbook come to. Ages in days."""

    workbook: str
    sha256: str
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

    def per_hundred(self, part: str, whole: str) -> Fraction:
        """Return 100 × one count / another, exactly."""
        return Fraction(100 * getattr(self, part), getattr(self, whole))


TOTALS = {"queries", "participants", "visits", "deviations"}
ROWS: tuple[tuple[str, str], ...] = (
    ("Queries open or answered", "queries"),
    ("open", "queries_open"),
    ("answered", "queries_answered"),
    ("older than 14 days", "older_than_14"),
    ("older than 30 days", "older_than_30"),
    ("median age, days", "median_age"),
    ("oldest, days", "oldest_age"),
    ("Participants listed", "participants"),
    ("Visits listed", "visits"),
    ("with a day up to the cut-off", "visits_dated"),
    ("without a day that exists", "visits_undated"),
    ("Protocol deviations", "deviations"),
    ("confirmed", "deviations_confirmed"),
    ("proposed", "deviations_proposed"),
    ("of participants who are not listed", "deviations_of_unlisted"),
)
RATES: tuple[tuple[str, str, str, str], ...] = (
    ("query-aging", "Queries older than 14 days, %", "older_than_14", "queries"),
    ("query-backlog", "Queries per 100 participants", "queries", "participants"),
    ("deviation-rate", "Deviations per 100 visits", "deviations", "visits_dated"),
    (
        "deviations-per-100-participants",
        "Deviations per 100 participants",
        "deviations",
        "participants",
    ),
)


def workbook_of(study: str, data: Path = DATA) -> Path:
    """Return the EDC metrics workbook of a study."""
    return next((data / study).glob("*CPID_EDC_Metrics*.xlsx"))


def count(path: Path) -> Counted:
    """Count the cells of one workbook."""
    book = CalamineWorkbook.from_path(str(path))
    queries = list(records(book, "Query Report - Cumulative"))
    ages = [(CUTOFF - row["Query Open Date"].date()).days for row in queries]  # type: ignore[attr-defined]  # a datetime in every row
    # The header has several storeys and the last row is a total: a participant is what is named so.
    people = {
        str(row[4])
        for row in book.get_sheet_by_name("Subject Level Metrics").to_python()
        if str(row[4]).startswith("Subject ") and row[4] != "Subject ID"
    }
    visits = [day_of(row["Visit date"]) for row in records(book, "SV")]
    deviations = list(records(book, "Protocol Deviation"))
    states = [str(row["PD Status"]).lower() for row in deviations]
    return Counted(
        workbook=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
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
    )


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


def page(counted: list[Counted]) -> str:
    """Return the page as Markdown."""
    numbers = [
        f"| {f'**{words}**' if name in TOTALS else words} "
        f"| {' | '.join(f'{getattr(one, name):,g}' for one in counted)} |"
        for words, name in ROWS
    ]
    rates = [
        f"| **{words}** | {' | '.join(f'{rate:,.2f}' for rate in hundreds)} |"
        for _, words, *parts in RATES
        for hundreds in [[float(one.per_hundred(*parts)) for one in counted]]
    ]
    files = [f"- {one.workbook}, SHA-256 `{one.sha256}`" for one in counted]
    head = ["| | Study 1 | Study 10 | Study 24 |", "|---|---:|---:|---:|"]
    table = "\n".join([*head, *numbers, *rates])
    return f"{INTRODUCTION}\n{table}\n\nThe workbooks:\n\n" + "\n".join(files) + "\n"


def main() -> None:
    """Print the page, or say what is missing."""
    if not DATA.is_dir():
        sys.exit("The real workbooks are not here: put them at shared/data beside the project.")
    sys.stdout.write(page([count(workbook_of(study)) for study in STUDIES]))


if __name__ == "__main__":
    main()
