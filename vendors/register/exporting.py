"""A list's rows as a download: CSV streamed line by line, or a workbook; each one is an event."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import actor_of, check_permission, memberships_of
from vendors.register.book import Book, headings, lines
from vendors.register.cells import Cell, harmless, text_of
from vendors.register.listing import Wanted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 5 * 1024 * 1024
WIDTHS = (12, 44)


@login_required
@require_GET
def export_list(request: HttpRequest, *, book: Book) -> HttpResponseBase:
    """Send the rows of a list as they are filtered and sorted; `?format=xlsx` as a workbook."""
    check_permission(request.user, book.permission)
    wanted = Wanted.of(request.GET)
    rows = book.found(user=request.user, wanted=wanted, today=timezone.localdate())
    kind = "xlsx" if wanted.chosen.get("format") == "xlsx" else "csv"
    asked = {"words": wanted.words, **wanted.chosen}
    detail = {
        "list": book.slug,
        "rows": rows.count(),
        "filter": {k: v for k, v in asked.items() if v},
    }
    for membership in memberships_of(request.user):
        organisation = membership.sponsor or membership.vendor
        record(Event.EXPORTED, actor=actor_of(request.user), subject=organisation, detail=detail)
    head, found = headings(book, user=request.user), lines(book, rows, user=request.user)
    if kind == "xlsx":
        return workbook_response(book.slug, book.title, head, found)
    return csv_response(book.slug, head, found)


def csv_response(
    name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    """Stream the rows; the byte-order mark makes spreadsheets read them as UTF-8."""
    response = StreamingHttpResponse(_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Echo:
    """A file for the csv writer that hands back what is written."""

    def write(self, value: str) -> str:
        """Return the line instead of keeping it."""
        return value


def _csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(head)
    for row in rows:
        yield writer.writerow([harmless(text_of(value)) for value in row])


def workbook_response(
    name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> FileResponse:
    """Return the rows as a workbook; it lies on disk while it is written and sent."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, words in enumerate(head, start=1):
        width = min(max(len(words) + 4, WIDTHS[0]), WIDTHS[1])
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_head_cell(sheet, words) for words in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the response closes it)
    book.save(target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _head_cell(sheet: Any, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=words)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(sheet: Any, value: Cell) -> WriteOnlyCell:
    """Return a cell: dates and numbers as such, everything else as text and never as a formula."""
    if isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(sheet, value=text_of(value))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
