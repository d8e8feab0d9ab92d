"""What changed on a study between two days of the address."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from studies.models import Study
from studies.selectors.study_changes import study_changes
from studies.views.asked import day_of
from vendors.access import Permission, check_permission

BACK = timedelta(days=91)


@login_required
@require_GET
def study_changes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what began, changed and ended after `?since=`, up to and with `?until=`."""
    study = get_object_or_404(Study.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.VIEW_REGISTER, study)
    until = day_of(request, "until", otherwise=timezone.localdate())
    since = day_of(request, "since", otherwise=max(until, date.min + BACK) - BACK)
    since, until = sorted((since, until))
    context = {
        "study": study,
        "since": since,
        "until": until,
        "changes": study_changes(user=request.user, study=study, since=since, until=until),
        "crumbs": [
            ("Studies", reverse("studies:study-list")),
            (str(study), reverse("studies:study-detail", args=[pk])),
            ("Changes", ""),
        ],
    }
    return render(request, "studies/study_changes.html", context)
