"""Made-up rows of a listing, the same every time, to show a sender what a file may look like.

Nothing in them is about a person: numbers stand for participants and staff. Days rise with the
columns, so that what follows comes after; a case that is not finished has no later day.
"""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from kpis.engine.listing import Column, ListingType

ROWS = 4
FIRST = date(2026, 9, 1)
PLACES = (("FRA", "1001"), ("FRA", "1002"), ("DEU", "2001"), ("USA", "3001"))
TEXTS: dict[str, Callable[[int], str]] = {
    "study": lambda row: "ABC-301",
    "region": lambda row: "AMERICA" if PLACES[row][0] == "USA" else "EMEA",
    "country": lambda row: PLACES[row][0],
    "site": lambda row: PLACES[row][1],
    "participant": lambda row: f"{PLACES[row][1]}-{row + 1:03d}",
    "enrolment_number": lambda row: f"R{row + 101}",
    "currency": lambda row: "EUR",
    "function": lambda row: "Data management",
    "dictionary": lambda row: ("MedDRA", "WHODrug")[row % 2],
    "log_line": lambda row: str(row + 1),
    "folder": lambda row: ("Screening", "Week 4", "Week 8", "Week 12")[row],
    "visit": lambda row: ("Screening", "Week 4", "Week 8", "Week 12")[row],
    "form": lambda row: ("Vital signs", "Adverse events", "Laboratory", "Dosing")[row],
    "page": lambda row: ("Vital signs", "Adverse events", "Laboratory", "Dosing")[row],
    "field": lambda row: ("VSORRES", "AETERM", "LBDAT", "ECENDAT")[row],
    "role": lambda row: ("Data manager", "Statistical programmer")[row % 2],
    "site_status": lambda row: "Active",
}
NUMBERS = {
    "planned": 30,
    "screened": 24,
    "screen_failures": 6,
    "enrolled": 16,
    "on_treatment": 11,
    "completed": 3,
    "discontinued": 2,
}
# Rows (counted from 0) in which a column has no value, so that each row makes sense by itself.
BLANK = {
    ("queries", "answered_at"): (0,),
    ("queries", "closed_at"): (0, 1),
    ("sdv", "verified_on"): (1, 2),
    ("enrolment", "failure_reason"): (0, 2, 3),
    ("disposition", "left_on"): (0,),
    ("disposition", "left_reason"): (0, 1, 3),
    ("positions", "left_on"): (0, 1),
    ("positions", "left_reason"): (0, 1, 3),
    ("positions", "withdrawn_on"): (0, 1, 2),
    ("sae-reconciliation-dm", "closed_on"): (0, 1),
    ("sae-reconciliation-safety", "closed_on"): (0, 1),
    ("sites", "closed_on"): (0, 1),
    ("transfers", "arrived_at"): (2,),
}


def example_csv(listing: ListingType) -> str:
    """Return a CSV with the titles of all columns and a few rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.title for column in listing.columns])
    for row in range(ROWS):
        writer.writerow([_cell(column, row, place) for place, column in enumerate(listing.columns)])
    return out.getvalue()


def _cell(column: Column, row: int, place: int) -> str:
    """Return one cell; the last row is unfinished: its optional days are blank."""
    if column.names_people:
        return ""
    if column.kind in ("date", "datetime"):
        if row == ROWS - 1 and not column.required:
            return ""
        day = FIRST + timedelta(days=3 * place + row)
        if column.kind == "date":
            return day.isoformat()
        return datetime.combine(day, time(9 + row, 30)).isoformat(sep=" ")
    if column.choices:
        return column.choices[min(row, len(column.choices) - 1)].spellings[0].capitalize()
    if column.kind == "integer":
        return str(NUMBERS.get(column.name, place + row))
    if column.kind == "number":
        return f"{10 * place + row}.5"
    text = TEXTS.get(column.name)
    return text(row) if text else f"{column.title} {row + 1}"
