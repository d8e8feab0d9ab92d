"""Who do I ask: one field, and who does it today, who decides and whom to contact."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from studies.models import Study
from studies.selectors.ask import ask
from studies.views.asked import day_of
from vendors.access import Permission, check_permission
from vendors.register.listing import Wanted
from vendors.register.pages import number_of


@login_required
@require_GET
def ask_page(request: HttpRequest) -> HttpResponse:
    """Look for `?q=`, on one `?study=` or all, on the day `?on=`."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    today = timezone.localdate()
    on = day_of(request, "on", otherwise=today)
    study_id = number_of(request.GET.get("study"))
    words = Wanted.of(request.GET).words
    studies = Study.objects.visible_to(request.user).order_by("protocol_number")
    context = {
        "answers": ask(user=request.user, text=words, study_id=study_id, on=on),
        "words": words,
        "on": on,
        "today": today,
        "study_id": study_id,
        "studies": studies.values_list("pk", "protocol_number"),
        "crumbs": [("Delegation", reverse("studies:delegation-list")), ("Who do I ask", "")],
    }
    return render(request, "studies/ask.html", context)
