"""A page of figures counted in real workbooks, by a plain script that knows nothing of the product.

    python -m tests.figures > docs/figures.md

`tests/counted.py` counts.
`tests/test_figures.py` holds the page and the product's own results against it.
"""

import sys
from fractions import Fraction

from tests.counted import CUTOFF, DATA, STUDIES, Counted, count, workbooks_of

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
needs those has no figure here, and is MISSING in the product. The page of a form is missing where
the report of missing pages lists it for a visit; summary pages are left out. The median response is
that of Kaplan and Meier, unanswered queries taken as longer than seen; ">" means that not half of
them are answered, and gives the longest wait. "–" stands where nothing is listed.
"""


TOTALS = {
    "queries",
    "participants",
    "visits",
    "deviations",
    "sdv_pages",
    "pages_entered",
    "discrepancies_clinical",
    "discrepancies_safety",
}
ROWS: tuple[tuple[str, str], ...] = (
    ("Queries open or answered", "queries"),
    ("open", "queries_open"),
    ("answered", "queries_answered"),
    ("older than 14 days", "older_than_14"),
    ("older than 30 days", "older_than_30"),
    ("median age, days", "median_age"),
    ("oldest, days", "oldest_age"),
    ("Participants listed", "participants"),
    ("enrolled", "enrolled"),
    ("discontinued", "discontinued"),
    ("Visits listed", "visits"),
    ("with a day up to the cut-off", "visits_dated"),
    ("without a day that exists", "visits_undated"),
    ("Protocol deviations", "deviations"),
    ("confirmed", "deviations_confirmed"),
    ("proposed", "deviations_proposed"),
    ("of participants who are not listed", "deviations_of_unlisted"),
    ("Pages to be verified", "sdv_pages"),
    ("still to be verified", "sdv_required"),
    ("Pages entered", "pages_entered"),
    ("missing, of visits", "pages_missing"),
    ("missing, of participants who are not listed", "pages_of_unlisted"),
    ("Discrepancies, clinical side", "discrepancies_clinical"),
    ("open", "discrepancies_clinical_open"),
    ("Discrepancies, safety side", "discrepancies_safety"),
    ("open", "discrepancies_safety_open"),
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
    ("drop-out-rate", "Drop-outs, %", "discontinued", "enrolled"),
    ("sdv-backlog", "Pages not verified, %", "sdv_required", "sdv_pages"),
    ("missing-pages", "Missing per 100 pages entered", "pages_missing", "pages_entered"),
    (
        "sae-discrepancies",
        "Open discrepancies, clinical side, %",
        "discrepancies_clinical_open",
        "discrepancies_clinical",
    ),
    (
        "safety-discrepancies",
        "Open discrepancies, safety side, %",
        "discrepancies_safety_open",
        "discrepancies_safety",
    ),
)


def page(counted: list[Counted]) -> str:
    """Return the page as Markdown."""
    numbers = [
        f"| {f'**{words}**' if name in TOTALS else words} "
        f"| {' | '.join(f'{getattr(one, name):,g}' for one in counted)} |"
        for words, name in ROWS
    ]
    rates = [
        f"| **{words}** | {' | '.join(rate_words(one.per_hundred(*parts)) for one in counted)} |"
        for _, words, *parts in RATES
    ]
    medians = [
        f">{one.longest_wait}" if one.response_median is None else str(one.response_median)
        for one in counted
    ]
    rates.append(f"| **Median response, days** | {' | '.join(medians)} |")
    files = [
        f"- {name}, SHA-256 `{sha256}`"
        for one in counted
        for name, sha256 in zip(one.workbooks, one.sha256, strict=True)
    ]
    head = ["| | Study 1 | Study 10 | Study 24 |", "|---|---:|---:|---:|"]
    table = "\n".join([*head, *numbers, *rates])
    return f"{INTRODUCTION}\n{table}\n\nThe workbooks:\n\n" + "\n".join(files) + "\n"


def rate_words(rate: Fraction | None) -> str:
    """Return a rate with two decimals, or – over nothing."""
    return "–" if rate is None else f"{float(rate):,.2f}"


def main() -> None:
    """Print the page, or say what is missing."""
    if not DATA.is_dir():
        sys.exit("The real workbooks are not here: put them at shared/data beside the project.")
    sys.stdout.write(page([count(workbooks_of(study)) for study in STUDIES]))


if __name__ == "__main__":
    main()
