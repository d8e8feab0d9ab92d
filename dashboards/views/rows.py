"""The rows behind a value, and the page of a site."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards.exports import csv_response
from dashboards.links import address
from dashboards.panels.panel import page_address
from dashboards.periods import Asked
from dashboards.selectors.computation import left_out, told_of
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.rows import DENOMINATOR, NUMERATOR, RowsBehind, rows_behind
from dashboards.selectors.site import site_page
from dashboards.views.asking import dashboard, number
from dashboards.views.kpi import behind_of, found_view, record_export
from kpis.engine.wording import number_words
from vendors.access import Permission, permissions_of

PER_PAGE = 100
SITE_ROWS = 12
CLOCK_TITLES = {"Age": "Age in days", "Days": "Days"}


@dashboard
def rows(request: HttpRequest, slug: str, *, asked: Asked) -> HttpResponse:
    """Show the rows of numerator or denominator, a hundred a page, oldest first."""
    view = found_view(request, slug, asked)
    part, site = _part(request), request.GET.get("site", "")
    words, behind = _rows(request, view, part, site)
    reason = request.GET.get("reason", "")
    page = Paginator(range(len(behind)), PER_PAGE).get_page(request.GET.get("page"))
    first = page.start_index() - 1 if len(behind) else 0
    context = {
        "view": view,
        "asked": asked,
        "period": view.period,
        "periods": view.periods,
        "scope": view.scope.query,
        "behind": behind,
        "rows": behind.slice(first, page.end_index()),
        "page": page,
        "part": part,
        "site": site,
        "reason": reason,
        "words": words,
        "title": f"{number_words(len(behind))} {words}" + (f", site {site}" if site else ""),
        "site_names": sorted({one.site for one in view.sites}) if view.by_site else [],
        "may_see_files": Permission.VIEW_SUBMISSIONS in permissions_of(request.user),
        "csv": page_address(view, "rows-csv", slug, part=part, site=site, reason=reason),
        "computed_url": page_address(
            view, "computed", slug, site=site if told_of(view, site) else ""
        ),
        "crumbs": [
            ("Portfolio", address("portfolio", period=view.period, known=asked.known)),
            (view.scope.words, ""),
            (view.definition.name, page_address(view, "kpi", slug)),
            ("Rows", ""),
        ],
    }
    return render(request, "dashboards/rows.html", context)


@dashboard
def rows_csv(request: HttpRequest, slug: str, *, asked: Asked) -> HttpResponseBase:
    """Download all rows with their origin; the download is recorded."""
    view = found_view(request, slug, asked)
    part, site = _part(request), request.GET.get("site", "")
    words, behind = _rows(request, view, part, site)
    what = words if request.GET.get("reason") else f"rows of the {part}"
    record_export(request, view, what, site=site)
    return csv_response(f"{slug}-rows-{view.period:%Y-%m}", _header(behind), _records(behind))


@dashboard
def site(request: HttpRequest, study_id: int, *, asked: Asked) -> HttpResponse:
    """Show one site of a study."""
    name = request.GET.get("number", "")
    page = site_page(request.user, asked=asked, study_id=study_id, number=name)
    if page is None:
        raise Http404("There is no such site.")
    oldest = [
        (kpi, behind, behind.slice(0, SITE_ROWS))
        for kpi in page.with_rows
        for behind in [
            rows_behind(kpi.definition, kpi.parts, period=page.period, of_study=True, site=name)
        ]
    ]
    keep = {"period": page.period, "known": asked.known}
    context = {
        "page": page,
        "asked": asked,
        "period": page.period,
        "periods": page.periods,
        "oldest": oldest,
        "may_see_files": Permission.VIEW_SUBMISSIONS in permissions_of(request.user),
        "crumbs": [
            ("Portfolio", address("portfolio", **keep)),
            (page.protocol_number, address("study", study_id, **keep)),
            (name, ""),
        ],
    }
    return render(request, "dashboards/site.html", context)


def _rows(request: HttpRequest, view: KpiView, part: str, site: str) -> tuple[str, RowsBehind]:
    """Return the rows asked for and what they are; 404 for a reason that there is not."""
    reason = number(request.GET, "reason")
    if reason is None:
        definition = view.definition
        words = definition.numerator_words if part == NUMERATOR else definition.denominator_words
        return words, behind_of(view, part=part, site=site)
    try:
        why, behind = left_out(view, part=part, reason=reason, site=site)
    except IndexError as error:
        raise Http404("No row is left out for such a reason.") from error
    return f"rows left out: {why}", behind


def _part(request: HttpRequest) -> str:
    return DENOMINATOR if request.GET.get("part") == DENOMINATOR else NUMERATOR


def _header(behind: RowsBehind) -> list[str]:
    titles = [column.title for column in behind.columns]
    clock = (
        [f"{behind.clock} in days" if behind.clock != "Days" else "Days"] if behind.clock else []
    )
    return ["Study", *titles, *clock, "Sheet", "Row", "File", "SHA-256 of the file"]


def _records(behind: RowsBehind) -> Iterator[tuple[object, ...]]:
    for row in behind.iterate():
        origin = (row.sheet, row.row, row.file.name, row.file.sha256)
        clock = (row.age,) if behind.clock else ()
        yield (row.protocol_number, *row.cells, *clock, *origin)
