"""CSV for spreadsheets: streamed line by line, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file for the csv writer that hands back what is written."""

    def write(self, value: str) -> str:
        """Return the line instead of keeping it."""
        return value


def harmless(cell: object) -> str:
    """Return the cell as text; an apostrophe disarms what would be a formula. Numbers stay."""
    if cell is None:
        return ""
    text = str(cell)
    armed = text.startswith(FORMULA) and not isinstance(cell, int | float)
    return f"'{text}" if armed else text


def csv_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """Return a download; the byte-order mark makes spreadsheets read it as UTF-8."""
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(header)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
