"""What changed since the last accepted submission: all of it, and its rows as page and CSV."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kpis.engine.tables import LISTINGS
from kpis.selectors.comparison import comparison_of, comparison_panel
from kpis.selectors.difference_sheet import header_of, records_of
from kpis.selectors.differing import DifferingRows, differing_rows
from kpis.selectors.origins import origins_of
from kpis.submissions.comparing.sealed import KINDS
from kpis.submissions.problems import harmless
from kpis.views.finding import visible_submission
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Permission, actor_of

ROWS_ON_PAGE = 50


@login_required
@never_cache
@require_GET
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that changed: listings, and KPIs with those that stay as they are."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    context = {
        "submission": submission,
        "compared": comparison_panel(request.user, submission, lines=20),
    }
    return render(request, "kpis/compare.html", context)


@login_required
@never_cache
@require_GET
def rows(request: HttpRequest, pk: int, listing: str, kind: str) -> HttpResponse:
    """Show the rows of one kind in one listing, in pages."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    comparison, found = _differing(request, submission, listing, kind)
    page = Paginator(range(len(found)), ROWS_ON_PAGE).get_page(request.GET.get("page"))
    first = max(page.start_index() - 1, 0)
    columns, lines = found.slice(first, page.end_index())
    context = {
        "submission": submission,
        "against": comparison.against,
        "found": found,
        "columns": columns,
        "lines": origins_of(request.user, comparison).named(lines),
        "page": page,
    }
    return render(request, "kpis/compare_rows.html", context)


@login_required
@require_GET
def rows_csv(request: HttpRequest, pk: int, listing: str, kind: str) -> StreamingHttpResponse:
    """Download all of them; the download is recorded."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    comparison, found = _differing(request, submission, listing, kind)
    record(
        Event.DOWNLOADED,
        actor=actor_of(request.user),
        subject=submission,
        detail={"rows": f"{kind} in {LISTINGS[listing].title.lower()}", "count": len(found)},
    )
    origins = origins_of(request.user, comparison)
    response = StreamingHttpResponse(
        csv_lines(header_of(found), records_of(found, origins)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{submission}-{listing}-{kind}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _differing(
    request: HttpRequest, submission: Any, listing: str, kind: str
) -> tuple[Any, DifferingRows]:
    comparison = comparison_of(request.user, submission.checks.last())
    if comparison is None or kind not in KINDS or listing not in LISTINGS:
        raise Http404("Nothing was compared here.")
    table = comparison.tables.filter(listing=listing).first()
    if table is None:
        raise Http404("The listing stands in neither of the two.")
    site = request.GET.get("site", "")
    return comparison, differing_rows(table.differences_sha256, LISTINGS[listing], kind, site)


def csv_lines(header: Iterable[Any], records: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Write CSV line by line; the byte-order mark makes spreadsheets read it as UTF-8."""
    yield "\ufeff"
    for cells in [header], records:
        for line in cells:
            out = io.StringIO()
            csv.writer(out).writerow([harmless(cell) for cell in line])
            yield out.getvalue()
