"""What nobody has said anything about: confirm that the sponsor keeps it, one or many at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from studies.delegating import confirm_retained
from studies.models import Function, Study
from studies.selectors.unconfirmed import chosen, unconfirmed
from vendors.access import Permission, actor_of, check_permission


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def study_retained(request: HttpRequest, pk: int) -> HttpResponse:
    """List what nobody confirmed, with a box each; a POST confirms the `function`s it names."""
    study = get_object_or_404(Study.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, study)
    if request.method == "POST":
        return _confirm(request, study)
    today = timezone.localdate()
    context = {
        "study": study,
        "today": today,
        "open": unconfirmed(user=request.user, study=study, on=today),
        "crumbs": [
            ("Studies", reverse("studies:study-list")),
            (str(study), reverse("studies:study-detail", args=[pk])),
            ("Unconfirmed", ""),
        ],
    }
    return render(request, "studies/study_retained.html", context)


def _confirm(request: HttpRequest, study: Study) -> HttpResponse:
    functions = chosen(user=request.user, study=study, keys=request.POST.getlist("function"))
    if not functions:
        messages.error(request, "Nothing was confirmed: mark what the sponsor keeps.")
        return redirect("studies:study-retained", study.pk)
    try:
        kept = confirm_retained(
            actor=actor_of(request.user),
            study=study,
            functions=functions,
            today=timezone.localdate(),
            reason=request.POST.get("reason", "").replace("\x00", "").strip()[:500],
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("studies:study-retained", study.pk)
    messages.success(request, _words(kept[0].function, len(kept)))
    return redirect("studies:study-detail", study.pk)


def _words(first: Function, count: int) -> str:
    what = str(first) if count == 1 else f"{count} functions and obligations"
    return f"You have confirmed that the sponsor keeps {what}."
