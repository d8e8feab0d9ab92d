"""The sheet that this application puts in front of a marked workbook; reading it back ignores it.

Pure. It is known by its name and by the words in its first cell, so that a sender's own sheet of
that name is read.
"""

from collections.abc import Sequence

from kpis.submissions.reading.raw import RawSheet

MEND_SHEET = "What to mend"
MEND_WORDS = "What to mend in "


def is_mend_sheet(name: str, first_cell: object) -> bool:
    """Tell whether a sheet is the list that was put in front."""
    return name.startswith(MEND_SHEET) and str(first_cell or "").startswith(MEND_WORDS)


def without_mend_sheet(sheets: Sequence[RawSheet]) -> list[RawSheet]:
    """Return the sender's own sheets."""
    return [
        sheet
        for sheet in sheets
        if sheet.frame.empty or not is_mend_sheet(sheet.name, sheet.frame.iat[0, 0])
    ]
