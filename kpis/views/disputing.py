"""Disputing a returned comment or a KPI's reading, and settling it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpis.answer_forms import DisputeForm, SettleForm
from kpis.models import CellComment, Dispute, KpiResult
from kpis.selectors.disputes import result_words
from kpis.submissions import disputing
from kpis.submissions.states import StepRefused
from kpis.views.finding import take_step
from vendors.access import Permission, actor_of, check_permission


@login_required
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Dispute a comment on a cell."""
    visible = CellComment.objects.visible_to(request.user).select_related("submission__engagement")
    found = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.SUBMIT, found)
    form = DisputeForm(request.POST)
    return take_step(
        request,
        found.submission_id,
        lambda: disputing.dispute(
            actor=actor_of(request.user), about=found, now=timezone.now(), **form.cleaned_data
        ),
        form=form,
        place="disputes",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one reading of a KPI with a form to dispute it, or keep the dispute."""
    visible = KpiResult.objects.visible_to(request.user)
    found = get_object_or_404(
        visible.select_related("definition", "study", "engagement", "run__submission"), pk=pk
    )
    check_permission(request.user, Permission.SUBMIT, found)
    form = DisputeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = disputing.dispute(
                actor=actor_of(request.user), about=found, now=timezone.now(), **form.cleaned_data
            )
        except StepRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Sent. The sponsor's answer will stand with it.")
            address = reverse("kpis:submission-detail", args=[made.submission_id])
            return redirect(f"{address}#disputes")
    context = {"form": form, "result": found, "words": result_words(found)}
    return render(request, "kpis/dispute_result.html", context)


@login_required
@require_GET
def reading(request: HttpRequest) -> HttpResponse:
    """Find the result that a page of a KPI shows, and lead to disputing it."""
    asked = request.GET
    numbers = {name: asked.get(name, "") for name in ("run", "study")}
    if not numbers["run"].isdecimal() or not all(n.isdecimal() for n in numbers.values() if n):
        raise Http404("There is no such reading.")
    found = get_object_or_404(
        KpiResult.objects.visible_to(request.user),
        run=numbers["run"],
        definition__slug=asked.get("kpi", ""),
        study=numbers["study"] or None,
        country=asked.get("country", ""),
    )
    return redirect("kpis:result-dispute", found.pk)


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a dispute."""
    visible = Dispute.objects.visible_to(request.user).select_related("submission__engagement")
    found = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.DECIDE, found)
    form = SettleForm(request.POST)
    return take_step(
        request,
        found.submission_id,
        lambda: disputing.settle(
            actor=actor_of(request.user), disputed=found, now=timezone.now(), **form.cleaned_data
        ),
        form=form,
        place="disputes",
    )
