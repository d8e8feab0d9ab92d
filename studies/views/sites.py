"""Pages of a study's sites: list, see, create, edit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from studies.forms import SiteForm
from studies.models import Site, Study
from studies.selectors.studies import site_counts, site_row, sites
from studies.services import change_site, create_site
from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.register.listing import Wanted
from vendors.register.pages import form_page
from vendors.selectors import visible_history


def _crumbs(study: Study, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("Studies", reverse("studies:study-list")),
        (str(study), reverse("studies:study-detail", args=[study.pk])),
        ("Sites", reverse("studies:site-list", args=[study.pk])),
        *more,
    ]


@login_required
@require_GET
def site_list(request: HttpRequest, study_pk: int) -> HttpResponse:
    """List the sites of one study."""
    study = get_object_or_404(Study.objects.visible_to(request.user), pk=study_pk)
    check_permission(request.user, Permission.VIEW_REGISTER, study)
    context = {
        "study": str(study),
        "study_pk": study_pk,
        "crumbs": [*_crumbs(study)[:2], ("Sites", "")],
        "counts": site_counts(user=request.user, study=study),
        "listing": sites(user=request.user, study=study, wanted=Wanted.of(request.GET)),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user, study),
    }
    return render(request, "studies/site_list.html", context)


@login_required
@require_GET
def site_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one site."""
    visible = Site.objects.visible_to(request.user).select_related("study")
    site = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.VIEW_REGISTER, site)
    context = {
        "site": site_row(site),
        "study": str(site.study),
        "study_pk": site.study_id,
        "crumbs": _crumbs(site.study, (site.number, "")),
        "history": visible_history(user=request.user, row=site),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user, site),
    }
    return render(request, "studies/site_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def site_create(request: HttpRequest, study_pk: int) -> HttpResponse:
    """Add a site to a study."""
    visible = Study.objects.visible_to(request.user).select_related("sponsor")
    study = get_object_or_404(visible, pk=study_pk)
    check_permission(request.user, Permission.EDIT_REGISTER, study)
    form = SiteForm(request.POST or None, user=request.user, sponsors=(study.sponsor,))
    crumbs = _crumbs(study, ("Add", ""))
    context = {"heading": f"Add a site to {study}", "crumbs": crumbs}
    return form_page(
        request,
        form,
        write=lambda: create_site(
            actor=actor_of(request.user),
            study=study,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda _: reverse("studies:site-list", args=[study_pk]),
        **context,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a site, with a reason."""
    visible = Site.objects.visible_to(request.user).select_related("study__sponsor")
    site = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, site)
    address = reverse("studies:site-detail", args=[pk])
    context = {
        "heading": f"Edit site {site.number} of {site.study}",
        "crumbs": _crumbs(site.study, (site.number, address), ("Edit", "")),
        "history": visible_history(user=request.user, row=site),
    }
    sponsors = (site.study.sponsor,)
    form = SiteForm(request.POST or None, instance=site, user=request.user, sponsors=sponsors)
    return form_page(
        request,
        form,
        write=lambda: change_site(
            actor=actor_of(request.user), site=site, values=form.values(), **form.said()
        ),
        leads_to=lambda _: address,
        **context,
    )
