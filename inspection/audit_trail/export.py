"""The audit trail as CSV, streamed line by line, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator

from inspection.audit_trail.selectors import Line

HEADER = (
    "Id",
    "At (UTC)",
    "What",
    "Subject",
    "Changed",
    "Actor",
    "Role",
    "Organisation",
    "Reason",
    "Request",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file for the csv writer that hands back what is written."""

    def write(self, value: str) -> str:
        """Return the line instead of keeping it."""
        return value


def csv_lines(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the header and one CSV record per line, begun by a byte-order mark for spreadsheets."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADER)
    for line in lines:
        changed = "; ".join(f"{field}: {old} → {new}" for field, old, new in line.fields)
        cells = (
            str(line.id),
            f"{line.at:%Y-%m-%d %H:%M:%S}",
            line.sentence,
            line.subject,
            changed,
            line.actor,
            line.role,
            line.organisation,
            line.reason,
            line.request_id,
        )
        yield writer.writerow([harmless(cell) for cell in cells])


def harmless(cell: str) -> str:
    """Return the text, after an apostrophe where a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
