"""What is sent to start a submission, files or rows, and how a request is answered only once."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from rest_framework import serializers

from kpis.forms import MOST_FILES, uploads_of
from kpis.models import Submission, SubmittedFile
from kpis.submissions.receive import Upload, receive
from kpis.submissions.states import StepRefused
from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from studies.api.filters import BIGGEST
from studies.models import Engagement, Study
from vendors.models import IdempotencyKey

JSON_NAME = "rows.json"
KEY_FORM = r"[\x21-\x7e]{1,200}"


class ScopeSerializer(serializers.Serializer):
    """For what a submission is, and up to when."""

    engagement = serializers.IntegerField(min_value=1, max_value=BIGGEST)
    study = serializers.IntegerField(
        min_value=1,
        max_value=BIGGEST,
        required=False,
        help_text="Left out for listings that span all studies of the engagement.",
    )
    data_cutoff_date = serializers.DateField(
        required=False,
        help_text="Up to which day the data count. Without it one is proposed from the files, and "
        "a person confirms it.",
    )

    def validate_data_cutoff_date(self, value: date) -> date:
        """Refuse a day that has not come, and one from before there were such systems."""
        if value > timezone.now().date():
            raise serializers.ValidationError("The cut-off lies in the future.")
        if value.year < 1990:
            raise serializers.ValidationError("The cut-off lies before 1990.")
        return value


class UploadSerializer(ScopeSerializer):
    """A new submission: for what, up to when, and its files as the system exports them."""

    files = serializers.ListField(
        child=serializers.FileField(), min_length=1, max_length=MOST_FILES, help_text=".xlsx, .csv"
    )


class RowsSerializer(ScopeSerializer):
    """A new submission as rows: for what, up to when, and each listing as a list of objects.

    `listings` says what may stand there for the schema; what is wrong in it is told by pointer.
    """

    listings = serializers.DictField(
        child=serializers.ListField(child=serializers.DictField()),
        help_text="Rows by the name of their listing. A field is named as the column, such as "
        "`opened_at`, or by one of its titles; it holds text, a number, true, false or null.",
    )


def uploads_in(content: Mapping[str, Any]) -> list[Upload]:
    """Return what was sent as the services take it: files, or the JSON as the file that it is."""
    if "body" in content:
        body: bytes = content["body"]
        return [Upload(JSON_NAME, io.BytesIO(body), len(body))]
    return uploads_of(content["files"])


def send_once(
    *,
    actor: Actor,
    engagement: Engagement,
    study: Study | None,
    content: dict[str, Any],
    key: str,
    now: datetime,
) -> Submission:
    """Receive what was sent; with a `key` used before, return what came of them the first time.

    Raises StepRefused as `receive` does, and for a key that named other content. Callers with the
    same key wait for each other, so that two at once make one submission.
    """

    def send() -> Submission:
        return receive(
            actor=actor,
            engagement=engagement,
            study=study,
            uploads=uploads_in(content),
            data_cutoff_date=content.get("data_cutoff_date"),
            door=SubmittedFile.Door.API,
            now=now,
        )

    if not key:
        return send()
    with acting(actor, reason=f"Upload for {study or engagement}"):
        return _answered_once(send, engagement, key, _sha256(content), now)


def _answered_once(
    send: Callable[[], Submission], engagement: Engagement, key: str, sha256: str, now: datetime
) -> Submission:
    _wait_for_twins(f"{engagement.vendor_id} {key}")
    known = IdempotencyKey.objects.filter(vendor=engagement.vendor_id, key=key).first()
    if known is None:
        submission = send()
        IdempotencyKey.objects.create(
            vendor_id=engagement.vendor_id,
            key=key,
            content_sha256=sha256,
            outcome=submission.pk,
            created_at=now,
        )
        return submission
    if known.content_sha256 != sha256:
        raise StepRefused("This Idempotency-Key named another request before. Choose a new one.")
    return Submission.objects.get(pk=known.outcome)


def _sha256(content: dict[str, Any]) -> str:
    """Return the hash of all that was sent, with the files by name and content."""
    files = [[one.name, storage.digest(one.stream)] for one in uploads_in(content)]
    scope = [content["engagement"], content.get("study"), str(content.get("data_cutoff_date"))]
    return hashlib.sha256(json.dumps([scope, files]).encode()).hexdigest()


def _wait_for_twins(name: str) -> None:
    """Hold the name until the transaction ends."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
