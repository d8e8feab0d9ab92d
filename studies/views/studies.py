"""Pages of studies: list, see, create, edit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from studies.forms import StudyForm
from studies.models import Study
from studies.selectors.studies import site_counts, studies, study_row
from studies.selectors.study_functions import functions_of_study
from studies.services import change_study, create_study
from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.register.listing import Wanted
from vendors.register.pages import acts_for_sponsor, form_page, sponsors_allowing
from vendors.selectors import visible_history


@login_required
@require_GET
def study_list(request: HttpRequest) -> HttpResponse:
    """List the studies."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    context = {
        "listing": studies(user=request.user, wanted=Wanted.of(request.GET)),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user),
    }
    return render(request, "studies/study_list.html", context)


@login_required
@require_GET
def study_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one study: its sites, and who does each function."""
    study = get_object_or_404(Study.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.VIEW_REGISTER, study)
    own = acts_for_sponsor(request.user, study.sponsor_id)
    functions = functions_of_study(
        user=request.user, study=study, own=own, today=timezone.localdate()
    )
    context = {
        "study": study_row(user=request.user, study_id=pk),
        "own": own,
        "device": study.product_type == Study.ProductType.DEVICE,
        "site_counts": site_counts(user=request.user, study=study),
        "functions": functions,
        "unconfirmed": sum(function.by_default for function in functions),
        "history": visible_history(user=request.user, row=study),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user, study),
    }
    return render(request, "studies/study_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def study_create(request: HttpRequest) -> HttpResponse:
    """Add a study."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    sponsors = sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    form = StudyForm(request.POST or None, user=request.user, sponsors=sponsors)
    crumbs = [("Studies", reverse("studies:study-list")), ("Add", "")]
    context = {"heading": "Add a study", "crumbs": crumbs}
    return form_page(
        request,
        form,
        write=lambda: create_study(
            actor=actor_of(request.user),
            sponsor=form.sponsor,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda study: reverse("studies:study-detail", args=[study.pk]),
        **context,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def study_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a study, with a reason."""
    visible = Study.objects.visible_to(request.user).select_related("sponsor")
    study = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, study)
    address = reverse("studies:study-detail", args=[pk])
    crumbs = [("Studies", reverse("studies:study-list")), (str(study), address), ("Edit", "")]
    context = {
        "heading": f"Edit {study}",
        "crumbs": crumbs,
        "history": visible_history(user=request.user, row=study),
    }
    form = StudyForm(
        request.POST or None, instance=study, user=request.user, sponsors=(study.sponsor,)
    )
    return form_page(
        request,
        form,
        write=lambda: change_study(
            actor=actor_of(request.user), study=study, values=form.values(), **form.said()
        ),
        leads_to=lambda _: address,
        **context,
    )
