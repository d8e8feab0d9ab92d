"""What is due for a month and where it stands; what the sponsor does without."""

from datetime import date
from typing import Any, cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from kpis.api.calendar_serializers import (
    CalendarFilters,
    DueSerializer,
    WaiverFilters,
    WaiverSerializer,
    WaiveSerializer,
)
from kpis.due import duties, month_before
from kpis.models import Waiver
from kpis.standing import Entry, entries, visible_standings
from kpis.submissions.states import StepRefused
from kpis.waivers import Month, waive
from studies.models import Delegation, Engagement, Study
from vendors.access import Permission, actor_of, check_permission
from vendors.api.ground.refusals import Conflict, RefusalSerializer
from vendors.api.ground.views import Address, ListAddress, RecordAddress


class Calendar(ListAddress):
    """List what is due for a month (the last one unless told otherwise) and where it stands."""

    permission = Permission.VIEW_SUBMISSIONS
    filters = CalendarFilters
    serializer_class = DueSerializer

    def get_queryset(self) -> tuple[Entry, ...]:
        """Return each due submission of the month that the caller may see; three statements."""
        user, today = cast(Any, self.request.user), timezone.localdate()
        period: date = self.asked().get("period") or month_before(today.replace(day=1))
        held = duties(Delegation.objects.visible_to(user))
        known = visible_standings(user, first=period, last=period)
        return entries(held, known, period=period, on=today)

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep the engagement and study asked for."""
        wanted = {name: value for name, value in self.asked().items() if name != "period"}
        kept = (e for e in queryset if all(getattr(e.due, n) == v for n, v in wanted.items()))
        return sorted(kept, key=lambda e: (e.due.engagement_id, e.due.study_id or 0))


class _Waivers(Address):
    model = Waiver
    permission = Permission.VIEW_SUBMISSIONS
    related = ("engagement", "waived_by")

    def permission_needed(self) -> Permission:
        """Reading and waiving are allowed apart."""
        return Permission.DECIDE if self.request.method == "POST" else self.permission


class WaiverList(_Waivers, ListAddress):
    """List waivers, or do without a listing for a month."""

    filters = WaiverFilters
    serializer_class = WaiverSerializer
    parser_classes = [JSONParser]

    @extend_schema(
        summary="Do without a listing, or all that is due, for one month",
        description="The sponsor's, with a reason that both sides read; taken back on its page.",
        request=WaiveSerializer,
        responses={
            201: WaiverSerializer,
            404: OpenApiResponse(RefusalSerializer, "No such engagement or study for you."),
            409: OpenApiResponse(RefusalSerializer, "Refused; the sentence says what to do."),
        },
    )
    def post(self, request: Request) -> Response:
        """Waive."""
        given = WaiveSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        month = _month(cast(Any, request.user), asked)
        try:
            waiver = waive(
                actor=actor_of(request.user),
                month=month,
                listing=asked["listing"],
                reason=asked["reason"],
                now=timezone.now(),
            )
        except StepRefused as refused:
            raise Conflict(str(refused)) from refused
        return Response(self.get_serializer(waiver).data, status=status.HTTP_201_CREATED)


class WaiverRecord(_Waivers, RecordAddress):
    """Show one waiver."""

    serializer_class = WaiverSerializer


def _month(user: Any, asked: Any) -> Month:
    """Return what is to be waived; raises Http404 or PermissionDenied."""
    visible = Engagement.objects.visible_to(user).select_related("vendor", "sponsor")
    engagement = get_object_or_404(visible, pk=asked["engagement"])
    check_permission(user, Permission.DECIDE, engagement)
    study = None
    if "study" in asked:
        study = get_object_or_404(Study.objects.visible_to(user), pk=asked["study"])
        if study.sponsor_id != engagement.sponsor_id:
            raise Http404("No such study for this engagement.")
    return Month(engagement, study, asked["period"])
