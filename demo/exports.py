"""A listing as the file a CRO's EDC system would write: a workbook, or a CSV with semicolons."""

import io

import pandas as pd
from openpyxl import Workbook

HEADER = (
    "Study", "Country", "Site Number", "Subject Name", "Folder Name", "Form", "Field OID", "Log #",
    "Query Status", "Marking Group Name", "Query Open Date", "Query Response Date",
    "# Days Since Open", "# Days Since Response",
)  # fmt: skip
SHEET = "Query Report - Cumulative"


def workbook(listing: pd.DataFrame, protocol_number: str) -> bytes:
    """Return the listing as .xlsx with one sheet, header in the first row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append(HEADER)
    for row in _rows(listing, protocol_number):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def delimited(listing: pd.DataFrame, protocol_number: str) -> bytes:
    """Return the listing as CSV with semicolons, as a European export writes it."""
    rows = pd.DataFrame(_rows(listing, protocol_number), columns=list(HEADER))
    return rows.to_csv(index=False, sep=";", date_format="%Y-%m-%d %H:%M:%S").encode()


def _rows(listing: pd.DataFrame, protocol_number: str) -> list[list[object]]:
    return [
        [
            protocol_number, row["country"], row["site"], row["participant"], row["folder"],
            row["form"], row["field"], row["log_line"], row["state"], row["group"],
            row["opened"].to_pydatetime(), _or_blank(row["answered"]), row["days_open"],
            None if pd.isna(row["days_answered"]) else int(row["days_answered"]),
        ]
        for row in listing.to_dict("records")
    ]  # fmt: skip


def _or_blank(time: pd.Timestamp) -> object:
    return None if pd.isna(time) else time.to_pydatetime()
