"""How one result was computed, and computing it again."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dashboards.links import address
from dashboards.panels.panel import page_address
from dashboards.periods import Asked, month_key
from dashboards.selectors.computation import computation, run_of, told_of
from dashboards.selectors.kpi import KpiView
from dashboards.views.asking import asked_of, dashboard
from dashboards.views.kpi import crumbs_of, found_view
from kpis.engine.wording import formula_words, limits_words
from kpis.models import SnapshotRun
from kpis.selectors.proofs import last_proof
from kpis.snapshots.proving import job_name
from kpis.task_names import PROVE
from oversight import progress
from oversight.jobs import enqueue
from vendors.access import Permission, check_permission, permissions_of


@dashboard
@never_cache
def computed(request: HttpRequest, slug: str, *, asked: Asked) -> HttpResponse:
    """Show step by step how a result came about, from its files to its colour."""
    view = found_view(request, slug, asked)
    site = request.GET.get("site", "")
    if site and not told_of(view, site):
        raise Http404("There is no result of this site.")
    run = run_of(request.user, view)
    context = {
        "view": view,
        "asked": asked,
        "period": view.period,
        "periods": view.periods,
        "site": site,
        "run": run,
        "found": computation(view, site=site),
        "formula": formula_words(view.definition),
        "limits": limits_words(view.definition),
        "may_see_files": Permission.VIEW_SUBMISSIONS in permissions_of(request.user),
        **_again(view, run),
        "crumbs": crumbs_of(view, "How this was computed"),
    }
    return render(request, "dashboards/computed.html", context)


@login_required
@require_POST
def recompute(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the result computed again by a worker, and say in place how far it is."""
    check_permission(request.user, Permission.VIEW_DASHBOARDS)
    view = found_view(request, slug, asked_of(request.POST), request.POST)
    run = _stored(request, view)
    job = job_name(run.pk, slug)
    if progress.of(job) is None:
        progress.report(job, "Waiting for its turn", 0.0)
        enqueue(PROVE, run_id=run.pk, slug=slug, user_id=request.user.pk)
    if not getattr(request, "htmx", False):
        return redirect(page_address(view, "computed", slug))
    return render(request, "dashboards/_again.html", _again(view, run))


@dashboard
@never_cache
def recomputing(request: HttpRequest, slug: str, *, asked: Asked) -> HttpResponse:
    """Answer with the fragment that says how far it is, or what came of it."""
    view = found_view(request, slug, asked)
    run = _stored(request, view)
    return render(request, "dashboards/_again.html", _again(view, run))


def _stored(request: HttpRequest, view: KpiView) -> SnapshotRun:
    run = run_of(request.user, view)
    if run is None:
        raise Http404("There is no result to compute again.")
    return run


def _again(view: KpiView, run: SnapshotRun | None) -> dict[str, object]:
    """Return what the panel “Compute again” is made from; one statement."""
    slug = view.definition.slug
    return {
        "run": run,
        "progress": progress.of(job_name(run.pk, slug)) if run else None,
        "proof": last_proof(run, slug) if run else None,
        "again_url": address("recompute", slug),
        "again_scope": {
            **view.scope.query,
            "period": month_key(view.period),
            "known": view.asked.known.isoformat() if view.asked.known else "",
        },
        "again_progress_url": page_address(view, "recomputing", slug),
        "computed_url": page_address(view, "computed", slug),
    }
