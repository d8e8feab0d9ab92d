"""Agreeing limits of a KPI, asking for one of the library, and ending both."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kpis.agreed.forms import ChoiceForm, EndForm, LimitsForm
from kpis.agreed.writing import agree_limits, choose_kpi, end_agreed
from kpis.definitions import in_force
from kpis.engine.definition import KpiDefinition
from kpis.models import AgreedLimits, ChosenKpi
from kpis.selectors.agreed import what_if
from vendors.access import Permission, actor_of, check_permission
from vendors.register.pages import form_page, saved, sponsors_allowing

KINDS: dict[str, Any] = {"limits": AgreedLimits, "choice": ChosenKpi}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree limits from a month on; “Show what would change” judges past results, saves nothing."""
    check_permission(request.user, Permission.DECIDE)
    definition = _definition(slug)
    if definition.limits is None:
        raise Http404("This KPI has no limits.")
    form = _limits_form(request, definition)
    shown = None
    if form.is_valid():
        if "preview" in request.POST:
            shown = _what_if(request, definition, form)
        elif saved(form, lambda: _agree(request, slug, form)) is not None:
            messages.success(request, "Agreed. Both sides see it, from that month on.")
            return redirect("kpis:definition-detail", slug)
    context = {"form": form, "definition": definition, "what_if": shown}
    return render(request, "kpis/limits_agree.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a KPI in an engagement, from a month on."""
    check_permission(request.user, Permission.DECIDE)
    definition = _definition(slug)
    sponsors = sponsors_allowing(request.user, Permission.DECIDE)
    form = ChoiceForm(
        request.POST or None, user=request.user, sponsors=sponsors, today=timezone.localdate()
    )
    return form_page(
        request,
        form,
        write=lambda: choose_kpi(
            actor=actor_of(request.user),
            slug=slug,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            **form.values(),
        ),
        leads_to=lambda _: reverse("kpis:definition-detail", args=[slug]),
        heading=f"Ask for {definition.name}",
        lede="From that month the CRO owes the listings that it needs.",
        crumbs=_crumbs(definition, "Ask for it"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """End agreed limits or a chosen KPI with a month."""
    if kind not in KINDS:
        raise Http404("There is no such record.")
    row = get_object_or_404(KINDS[kind].objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.DECIDE, row)
    definition = _definition(row.slug)
    form = EndForm(request.POST or None)
    return form_page(
        request,
        form,
        write=lambda: end_agreed(
            actor=actor_of(request.user),
            row=row,
            last_month=form.cleaned_data["last_month"],
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ),
        leads_to=lambda _: reverse("kpis:definition-detail", args=[row.slug]),
        heading=f"End: {row}",
        lede="Months that are over keep what judged them.",
        crumbs=_crumbs(definition, "End"),
    )


def _definition(slug: str) -> KpiDefinition:
    found = in_force(timezone.localdate()).get(slug)
    if found is None:
        raise Http404("There is no such KPI.")
    return found


def _crumbs(definition: KpiDefinition, last: str) -> list[tuple[str, str]]:
    address = reverse("kpis:definition-detail", args=[definition.slug])
    return [("KPIs", reverse("kpis:definition-list")), (definition.name, address), (last, "")]


def _limits_form(request: HttpRequest, definition: KpiDefinition) -> LimitsForm:
    return LimitsForm(
        request.POST or None,
        user=request.user,
        sponsors=sponsors_allowing(request.user, Permission.DECIDE),
        definition=definition,
        today=timezone.localdate(),
    )


def _agree(request: HttpRequest, slug: str, form: LimitsForm) -> AgreedLimits:
    values = form.values()
    return agree_limits(
        actor=actor_of(request.user),
        sponsor=form.sponsor,
        engagement=values.pop("engagement"),
        slug=slug,
        values=values,
        reason=form.cleaned_data["reason"],
        now=timezone.now(),
    )


def _what_if(request: HttpRequest, definition: KpiDefinition, form: LimitsForm) -> Any:
    limits = form.proposed(now=timezone.now())
    engagement = form.cleaned_data["engagement"]
    today = timezone.localdate()
    return limits and what_if(request.user, definition, limits, engagement=engagement, today=today)
