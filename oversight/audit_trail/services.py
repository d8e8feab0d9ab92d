"""Writing to the audit trail: what happened, and the seals over it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg2.errors import LockNotAvailable

from oversight.audit_trail.attribution import Actor, request_id
from oversight.audit_trail.events import Event


def record(
    event: Event,
    *,
    actor: Actor,
    subject: Any = None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Record that `event` happened; return the entry's id.

    Written by a database function that stamps the time, in the caller's transaction.
    A subject that names its organisations (`organisations()` → sponsor id, vendor id) is later
    shown to their auditors only.
    """
    sponsor_id, vendor_id = (
        subject.organisations() if hasattr(subject, "organisations") else (None, None)
    )
    who = asdict(actor)
    entry = {
        "actor_id": who.pop("user_id"),
        "actor_name": who.pop("name"),
        **who,
        "reason": reason,
        "request_id": request_id.get(),
        "event": event.value,
        "subject_table": subject._meta.db_table if subject is not None else "",
        "subject_id": str(subject.pk) if subject is not None else "",
        "subject_label": str(subject) if subject is not None else "",
        "sponsor_id": sponsor_id,
        "vendor_id": vendor_id,
        "detail": dict(detail or {}),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_trail_record_event(%s::jsonb)", [json.dumps(entry)])
        return int(cursor.fetchone()[0])


def seal() -> int | None:
    """Close the open window of the hash chain; return the new seal's id.

    None if nothing is new, or if somebody writes for longer than five seconds: then the next round
    seals all of it.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT audit_trail_seal()")
            sealed: int | None = cursor.fetchone()[0]
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return None
        raise
    return sealed
