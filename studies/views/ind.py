"""Pages of what the authority was told: a study's IND submissions, and recording one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from studies.models import Study
from studies.toro.forms import IndSubmissionForm, day_of
from studies.toro.submitting import NO_IND, record_ind_submission
from studies.toro.transfers import last_until, submissions_of, transfers_in_force
from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.register.pages import form_page


def own_study(request: HttpRequest, pk: int, permission: Permission) -> Study:
    """Return a study to the sponsor's own people; 404 where not visible, 403 where not allowed."""
    visible = Study.objects.visible_to(request.user).select_related("sponsor")
    study: Study = get_object_or_404(visible, pk=pk)
    check_permission(request.user, permission, study)
    return study


def crumbs_of(study: Study, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page of a study."""
    return [
        ("Studies", reverse("studies:study-list")),
        (str(study), reverse("studies:study-detail", args=[study.pk])),
        *more,
    ]


@login_required
@require_GET
def ind_list(request: HttpRequest, study_pk: int) -> HttpResponse:
    """List the IND submissions of a study, and what the last one does not list."""
    study = own_study(request, study_pk, Permission.VIEW_SPONSOR)
    today = timezone.localdate()
    submissions = submissions_of(user=request.user, study=study)
    last = last_until(submissions, on=today)
    in_force = transfers_in_force(user=request.user, study=study, on=today)
    context = {
        "study": study,
        "submissions": submissions,
        "last": last,
        "unreported": [
            one
            for one in in_force
            if last is None or not last.lists(one.function, one.holder, one.region)
        ],
        "no_ind": NO_IND if study.product_type != Study.ProductType.DRUG else "",
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user, study),
        "crumbs": crumbs_of(study, ("IND submissions", "")),
    }
    return render(request, "studies/ind_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ind_create(request: HttpRequest, study_pk: int) -> HttpResponse:
    """Record a submission; `?on=` chooses its day beforehand. A device study has none."""
    study = own_study(request, study_pk, Permission.EDIT_REGISTER)
    listed = reverse("studies:ind-list", args=[study_pk])
    if study.product_type != Study.ProductType.DRUG:
        return redirect(listed)
    today, on = timezone.localdate(), day_of(request.GET.get("on"))
    form = IndSubmissionForm(
        request.POST or None, user=request.user, study=study, today=today, on=on
    )
    return form_page(
        request,
        form,
        write=lambda: record_ind_submission(
            actor=actor_of(request.user),
            study=study,
            values=form.values(),
            lines=form.chosen(),
            in_force=form.in_force,
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda _: listed,
        heading=f"Record an IND submission of {study}",
        lede="It is kept as it is. What was wrong in it is put right by the next one.",
        verb="Record",
        crumbs=crumbs_of(study, ("IND submissions", listed), ("Record", "")),
    )
