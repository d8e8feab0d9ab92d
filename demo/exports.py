"""Listings as the files a CRO's systems would write: one workbook, or CSVs with semicolons."""

import io
from collections.abc import Mapping

import pandas as pd
from openpyxl import Workbook

from demo.sheets import LAYOUTS, Layout


def book(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return an .xlsx with a sheet for each listing, header in the first row."""
    made = Workbook(write_only=True)
    for name, table in tables.items():
        layout = LAYOUTS[name]
        sheet = made.create_sheet(layout.title)
        sheet.append(list(layout.columns.values()))
        for row in _rows(table, layout):
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def csv(name: str, table: pd.DataFrame) -> bytes:
    """Return a listing as CSV with semicolons, as a European export writes it."""
    layout = LAYOUTS[name]
    rows = pd.DataFrame(_rows(table, layout), columns=list(layout.columns.values()), dtype=object)
    return rows.to_csv(index=False, sep=";").encode()


def workbook(listing: pd.DataFrame, protocol_number: str) -> bytes:
    """Return a query listing of one study as .xlsx."""
    return book({"queries": listing.assign(study=protocol_number)})


def _rows(table: pd.DataFrame, layout: Layout) -> list[tuple[object, ...]]:
    """Return the cells row by row: dates as text-free dates, None for what is blank."""
    columns = []
    for name in layout.columns:
        cells = table[name]
        if cells.dtype.kind == "M":
            cells = cells.dt.floor("s") if name in layout.times else cells.dt.date
        blank = cells.isna()
        columns.append(cells.astype(object).where(~blank, None).tolist())
    return list(zip(*columns, strict=True))
