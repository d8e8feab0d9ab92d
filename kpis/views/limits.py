"""The page of a sponsor's limits on files, for its administrator."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kpis.models import IntakeLimit
from kpis.submissions.limits import limit_of, set_limits
from vendors.access import Permission, actor_of, check_permission
from vendors.models import Sponsor
from vendors.register.forms import RecordForm
from vendors.register.pages import form_page
from vendors.selectors import visible_history

LEDE = (
    "Files of your CROs beyond these are refused with a sentence that says what to do. A change"
    " holds from the next file and the next check; what was taken stays."
)


class LimitForm(RecordForm):
    """The five limits, each with the most that the installation allows."""

    class Meta:
        model = IntakeLimit
        fields = (
            *("max_megabytes", "max_rows", "max_sheets", "max_compressed_ratio"),
            "max_seconds",
        )
        labels: ClassVar[dict[str, str]] = {
            "max_megabytes": "Largest file, in MB",
            "max_rows": "Most rows of a sheet",
            "max_sheets": "Most sheets of a workbook",
            "max_compressed_ratio": "Most that a workbook may unpack to, times its size",
            "max_seconds": "Longest reading of a file, in seconds",
        }

    def __init__(self, *args: object, sponsor: Sponsor, user: object) -> None:
        super().__init__(*args, instance=limit_of(sponsor), user=user, sponsors=(sponsor,))
        for name, ceiling in settings.INTAKE_CEILINGS.items():
            self.fields[name].help_text = f"At most {ceiling:,} in this installation."
        self.fields["reason"].required = True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the limits and their history, or change them with a reason."""
    sponsor = get_object_or_404(Sponsor.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.MANAGE_ACCESS, sponsor)
    address = reverse("vendors:sponsor-detail", args=[pk])
    form = LimitForm(request.POST or None, sponsor=sponsor, user=request.user)
    limit = form.instance
    return form_page(
        request,
        form,
        write=lambda: set_limits(
            actor=actor_of(request.user),
            limit=limit_of(sponsor),
            values=form.values(),
            seen=form.cleaned_data.get("seen"),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda _: address,
        heading="Limits of files",
        lede=LEDE,
        crumbs=[
            ("Sponsors", reverse("vendors:sponsor-list")),
            (str(sponsor), address),
            ("Limits of files", ""),
        ],
        history=visible_history(user=request.user, row=limit) if limit.pk else None,
    )
