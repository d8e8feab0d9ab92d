"""Small files with one mistake, as CSV or as a workbook, and the cell that must be named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from kpis.submissions.checks import CheckContext, check_all
from kpis.submissions.reading import IntakeLimits, Problem, SourceFile
from kpis.submissions.reading.coded import all_written_out
from kpis.submissions.reading.reader import read_coded
from tests.kpis.submissions.reading.builders import rewrite_member

CUTOFF = date(2025, 11, 14)
SITES = frozenset({"007", "008", "0012"})
QUERIES = "Site,Subject,Folder,Form,Field,Log,Marking group,Status,Opened,Response date,Closed,Age"
COLUMNS = (
    *("site", "subject", "folder", "form", "field", "log"),
    *("group", "status", "opened", "response", "closed", "age"),
)
START_UP = "Site,Investigator,Selected,Green light date,Planned activation date"
ENROLMENT = "Site,PI,Screened,Screen failures,Enrolled"
HOURS = "Month,Role,Function,Available hours,Billable hours"
OUTAGES = "System,Outage start,Outage end,Planned,Minutes down"
FIGURES = "Period,Metric code,Numerator,Denominator,Value,Unit"


@dataclass(frozen=True)
class Plant:
    """Content of a file, the cell of the finding, and what the checks are told."""

    content: str | Callable[[Path], Path]
    cell: str | None
    listings: tuple[str, ...] = ("queries",)
    context: Mapping[str, Any] = field(default_factory=dict)
    before: str = ""


def found_in(plant: Plant, folder: Path) -> tuple[Problem, ...]:
    """Return everything that is found in the planted file, with texts coded and written out."""
    result = _read(plant.content, folder, plant.listings)
    context: dict[str, Any] = {
        "cutoff_date": CUTOFF,
        "protocol_number": "ABC-301",
        "study_names": frozenset({"Study 1"}),
        "known_sites": SITES,
        "vendor_names": frozenset({"Alder Clinical"}),
    } | dict(plant.context)
    if plant.before:
        before = all_written_out(_read(plant.before, folder, plant.listings).tables)
        context |= {"previous": before, "previous_cutoff": date(2025, 10, 14)}
    told = CheckContext(**context)
    plain = replace(result, tables=all_written_out(result.tables))
    found, again = (check_all(one, context=told)[1] for one in (result, plain))
    assert found == again
    return found


def _read(content: str | Callable[[Path], Path], folder: Path, listings: tuple[str, ...]) -> Any:
    path = folder / "file.csv"
    if callable(content):
        path = content(folder)
    else:
        path.write_text(content, encoding="utf-8")
    return read_coded(
        [SourceFile(path, path.name)],
        listings=listings,
        limits=IntakeLimits(),
        progress=lambda step, share: None,
    )


def query(**changes: object) -> str:
    """One good query as a line of CSV."""
    row: dict[str, object] = {
        "site": "007",
        "subject": "007-001",
        "folder": "Screening",
        "form": "Vital signs",
        "field": "VSDAT",
        "log": 1,
        "group": "System",
        "status": "Open",
        "opened": "2025-11-04",
        "response": "",
        "closed": "",
        "age": 10,
    }
    return ",".join(str(value) for value in (row | changes).values())


def lines(header: str, *rows: str) -> str:
    """Return a CSV."""
    return "\n".join([header, *rows, ""])


def queries(*rows: str, more: str = "") -> str:
    """Return a query listing, with further columns if `more` names them."""
    return lines(QUERIES + more, *rows)


def workbook(
    *rows: list[object], finish: Callable[[Any], None] | None = None
) -> Callable[[Path], Path]:
    """Return what writes a workbook of queries with the rows under the header."""

    def write(folder: Path) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Query report"
        for row in [QUERIES.split(","), *rows]:
            sheet.append(row)
        if finish:
            finish(book)
        path = folder / "file.xlsx"
        book.save(path)
        return path

    return write


def cells(**changes: object) -> list[object]:
    """One good query as cells, dates as dates."""
    row: list[object] = list(query(opened="").split(","))
    row[8], row[11] = datetime.fromisoformat("2025-11-04"), 10
    names = list(COLUMNS)
    for name, value in changes.items():
        row[names.index(name)] = value
    return [value if value != "" else None for value in row]


def many(count: int, **changes: Callable[[int], object]) -> list[str]:
    """Return good queries that differ in log line, with cells made from their number."""
    return [query(log=n, **{name: make(n) for name, make in changes.items()}) for n in range(count)]


def business_days(count: int) -> list[str]:
    """Return queries whose ages count Monday to Friday."""
    opened = [CUTOFF - timedelta(days=30 + n) for n in range(count)]
    ages = [len(pd.bdate_range(day, CUTOFF)) - 1 for day in opened]
    return [query(log=n, opened=opened[n], age=ages[n]) for n in range(count)]


def with_bytes(member: str, old: bytes, new: bytes, *rows: list[object]) -> Callable[[Path], Path]:
    """Return what writes a workbook and changes the bytes of one of its members."""

    def write(folder: Path) -> Path:
        path = workbook(*(rows or (cells(),)))(folder)
        return rewrite_member(path, member, lambda content: content.replace(old, new))

    return write


def raw_bytes(content: bytes, name: str = "file.csv") -> Callable[[Path], Path]:
    """Return what writes bytes as they are."""

    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return write
