"""The large files that are measured: a workbook and a CSV of a query listing, always the same."""

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

HEADER = (
    *("Study", "Country", "Site Number", "Subject Name", "Folder Name", "Form", "Field OID"),
    *("Log #", "Query Status", "Action Owner", "Marking Group Name", "Query Open Date"),
    *("Query Response Date", "# Days Since Open", "Data Extraction Date"),
)
EXTRACTED = datetime.fromisoformat("2025-11-14T00:00:00")
# About one row in 500 has something wrong, so that finding and saying it is measured too.
WRONG_ONE_IN = 500
STATES = ("Open", "Answered", "Closed")
GROUPS = ("Site from System", "Site from DM", "Site from CRA", "Safety", "Coding")


def rows(count: int) -> Iterator[list[object]]:
    """Yield `count` queries of 400 sites; the same ones every time."""
    dice = random.Random(20251114)  # noqa: S311 - the same rows every time, nothing secret
    forms = [f"Form {number}" for number in range(60)]
    fields = [f"FIELD{number:03d}" for number in range(300)]
    for number in range(count):
        site = dice.randrange(400)
        opened = EXTRACTED - timedelta(seconds=dice.randrange(86_400, 700 * 86_400))
        state = dice.choice(STATES)
        answered = opened + timedelta(days=dice.randrange(1, 30))
        age: object = (EXTRACTED.date() - opened.date()).days
        if number % WRONG_ONE_IN == WRONG_ONE_IN - 1:
            state, age = "Perhaps", "some"
        yield [
            "ABC-301",
            ("FRA", "DEU", "ESP", "USA", "JPN")[site % 5],
            f"{site:03d}",
            f"{site:03d}-{dice.randrange(60):03d}",
            f"Visit {dice.randrange(40)}",
            dice.choice(forms),
            dice.choice(fields),
            dice.randrange(1, 9),
            state,
            "Site",
            dice.choice(GROUPS),
            opened,
            None if state == "Open" else min(answered, EXTRACTED),
            age,
            EXTRACTED,
        ]


def write_workbook(path: Path, count: int) -> Path:
    """Write the rows as one sheet of an .xlsx."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Query Report - Cumulative")
    sheet.append(HEADER)
    for row in rows(count):
        sheet.append(row)
    book.save(path)
    return path


def write_csv(path: Path, count: int) -> Path:
    """Write the rows as CSV, dates as EDC systems export them."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for row in rows(count):
            writer.writerow([_written(cell) for cell in row])
    return path


def _written(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return "" if cell is None else cell
