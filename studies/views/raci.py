"""RACI of a study on a day of the address."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from studies.models import Study
from studies.selectors.raci import Raci, raci
from studies.views.asked import day_of, region_of
from vendors.access import Permission, check_permission
from vendors.regions import Region


def _raci(request: HttpRequest, pk: int) -> tuple[Study, Raci]:
    visible = Study.objects.visible_to(request.user).select_related("sponsor")
    study = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.VIEW_REGISTER, study)
    on = day_of(request, "on", otherwise=timezone.localdate())
    return study, raci(user=request.user, study=study, on=on, region=region_of(request))


@login_required
@require_GET
def study_raci(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who does, answers for, advises on and is told about each function on a day."""
    study, found = _raci(request, pk)
    context = {
        "study": study,
        "raci": found,
        "region": region_of(request),
        "regions": Region.choices,
        "crumbs": [
            ("Studies", reverse("studies:study-list")),
            (str(study), reverse("studies:study-detail", args=[pk])),
            ("RACI", ""),
        ],
    }
    return render(request, "studies/study_raci.html", context)
