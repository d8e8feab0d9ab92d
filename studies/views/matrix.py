"""The matrix of delegations: functions or obligations × studies on a day of the address."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from studies.models import Function
from studies.selectors.coverage import marks
from studies.selectors.matrix import Asked, choices, matrix
from studies.views.asked import day_of, kind_of, region_of
from vendors.access import Permission, check_permission, permissions_of
from vendors.register.listing import Wanted
from vendors.register.pages import number_of


@login_required
@require_GET
def delegation_list(request: HttpRequest) -> HttpResponse:
    """Show who does what: `?on=`, `?of=obligations`, `?study=`, `?party=`, `?region=`, `?how=`."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    today = timezone.localdate()
    asked = Asked(
        on=day_of(request, "on", otherwise=today),
        kind=kind_of(request),
        study_id=number_of(request.GET.get("study")),
        party_id=number_of(request.GET.get("party")),
        region=region_of(request),
        holding=request.GET.get("how", ""),
        words=Wanted.of(request.GET).words,
        page=request.GET.get("page", "1"),
    )
    shown = matrix(user=request.user, asked=asked)
    context = {
        "matrix": shown,
        "marks": marks(
            user=request.user, on=asked.on, studies=[study.pk for study in shown.studies]
        ),
        "asked": asked,
        "today": today,
        "of_obligations": asked.kind == Function.Kind.OBLIGATION,
        "choices": choices(user=request.user),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user),
    }
    return render(request, "studies/delegation_list.html", context)
