"""Submissions: the list, one of them, and sending a new one."""

import re
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from kpis.api.json_body import JsonBody, longform_of
from kpis.api.sending import (
    KEY_FORM,
    RowsSerializer,
    ScopeSerializer,
    UploadSerializer,
    send_once,
)
from kpis.api.submission_serializers import SubmissionDetailSerializer, SubmissionSerializer
from kpis.models import Submission
from kpis.submissions.states import StepRefused
from studies.api.filters import id_filter
from studies.models import Engagement, Study
from vendors.access import Permission, actor_of, check_permission
from vendors.api.ground.refusals import Conflict, RefusalSerializer, TooLarge
from vendors.api.ground.views import Address, ListAddress, RecordAddress


class SubmissionFilters(serializers.Serializer):
    """Filters of submissions."""

    engagement = id_filter("engagement_id")
    study = id_filter("study_id")
    state = serializers.ChoiceField(choices=Submission.State.choices, required=False)
    period_start = serializers.DateField(required=False)


class _Submissions(Address):
    model = Submission
    permission = Permission.VIEW_SUBMISSIONS
    related = ("engagement__sponsor", "engagement__vendor", "study")

    def permission_needed(self) -> Permission:
        """Reading and sending are allowed apart."""
        return Permission.UPLOAD if self.request.method == "POST" else self.permission


IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": f"^{KEY_FORM}$"},
    OpenApiParameter.HEADER,
    description="A word of your choice, one per submission. Sent again with the same content, the "
    "request is answered as before and nothing is done twice; with other content it is refused.",
)
LOCATION = OpenApiParameter(
    "Location", OpenApiTypes.URI, OpenApiParameter.HEADER, response=[201], required=True
)


class SubmissionList(_Submissions, ListAddress):
    """List submissions, or send one."""

    filters = SubmissionFilters
    serializer_class = SubmissionSerializer
    parser_classes = [MultiPartParser, JsonBody]

    @extend_schema(
        summary="Send files or rows for a new submission",
        description="What is sent is kept as it is and checked by a worker; ask for the submission "
        "to see what was found. Confirming, explaining and handing over are a person's, on its "
        "`page`.",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request={"multipart/form-data": UploadSerializer, "application/json": RowsSerializer},
        responses={
            201: SubmissionDetailSerializer,
            404: OpenApiResponse(RefusalSerializer, "No such engagement or study for you."),
            409: OpenApiResponse(RefusalSerializer, "Refused; the sentence says what to do."),
            413: OpenApiResponse(RefusalSerializer, "Larger than is taken at a time."),
            415: OpenApiResponse(RefusalSerializer, "Send multipart/form-data or JSON."),
            422: OpenApiResponse(RefusalSerializer, "JSON of another form; `fields` says where."),
        },
    )
    def post(self, request: Request) -> Response:
        """Receive files, or rows as JSON."""
        key = request.headers.get("Idempotency-Key", "")
        if key and not re.fullmatch(KEY_FORM, key):
            raise ValidationError({"Idempotency-Key": ["Take 1 to 200 visible ASCII characters."]})
        content = _content(request)
        user = request.user
        engagement = get_object_or_404(
            Engagement.objects.visible_to(user).select_related("vendor"), pk=content["engagement"]
        )
        check_permission(user, Permission.UPLOAD, engagement)
        study = None
        if "study" in content:
            study = get_object_or_404(Study.objects.visible_to(user), pk=content["study"])
        try:
            submission = send_once(
                actor=actor_of(user),
                engagement=engagement,
                study=study,
                content=content,
                key=key,
                now=timezone.now(),
            )
        except StepRefused as refused:
            raise Conflict(str(refused)) from refused
        return self.created(submission)

    def created(self, submission: Submission) -> Response:
        """Answer with the submission as it stands, and where to ask for it again."""
        path = reverse("api:submission-detail", args=[submission.pk])
        return Response(
            SubmissionDetailSerializer(submission, context=self.get_serializer_context()).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": self.request.build_absolute_uri(path)},
        )


def _content(request: Request) -> dict[str, Any]:
    """Return what was sent, checked; raises ValidationError, TooLarge or WrongShape."""
    sent = request.data  # reads the files, which stop at the limit
    refused = getattr(request, "upload_refused", "")
    if refused:
        raise TooLarge(refused)
    if isinstance(sent, bytes):
        given: ScopeSerializer = ScopeSerializer(data=longform_of(sent).envelope)
        given.is_valid(raise_exception=True)
        return {**given.validated_data, "body": sent}
    given = UploadSerializer(data=sent)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class SubmissionRecord(_Submissions, RecordAddress):
    """Show one submission: where it stands, its files, and what is wrong in them."""

    serializer_class = SubmissionDetailSerializer
