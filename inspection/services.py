"""Asking for an inspection pack, and the moves of its state. Nothing else writes exports."""

from datetime import date, datetime

from inspection.models import InspectionExport
from inspection.pack.build import Pack
from inspection.task_names import BUILD_EXPORT
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue
from studies.models import Study
from vendors.models import Vendor

State = InspectionExport.State
SYSTEM = Actor.system("inspection packs")


class RequestRefused(Exception):
    """The pack cannot be asked for as it was; the text says why."""


def request_export(
    *,
    actor: Actor,
    scope: Study | Vendor,
    period_from: date,
    period_until: date,
    as_of_date: date,
    reason: str,
    now: datetime,
) -> InspectionExport:
    """Ask for a pack; a worker builds it. Raises RequestRefused with a sentence.

    Refused: no reason, months that run backwards, an as-of date that lies ahead.
    """
    if not reason.strip():
        raise RequestRefused("Say what the pack is for; the reason stays in the audit trail.")
    if period_until < period_from:
        raise RequestRefused("The last month lies before the first month.")
    if as_of_date > now.date():
        raise RequestRefused("The as-of date lies ahead; nothing is known as on that day yet.")
    with acting(actor, reason=reason.strip()):
        export = InspectionExport.objects.create(
            sponsor_id=scope.sponsor_id,
            study=scope if isinstance(scope, Study) else None,
            vendor=scope if isinstance(scope, Vendor) else None,
            period_from=period_from.replace(day=1),
            period_until=period_until.replace(day=1),
            as_of_date=as_of_date,
            reason=reason.strip(),
            requester_id=actor.person_id,
            requested_at=now,
        )
        detail = {
            "scope": str(scope),
            "months": export.months,
            "as_of_date": as_of_date.isoformat(),
        }
        record(Event.EXPORTED, actor=actor, subject=export, reason=export.reason, detail=detail)
        enqueue(BUILD_EXPORT, export_id=export.pk)
    return export


def begin(export: InspectionExport) -> bool:
    """Note that a worker builds it; False when it is done already. Safe to call again."""
    with acting(SYSTEM, reason="Build"):
        row = _locked(export)
        if row.state not in (State.REQUESTED, State.BUILDING):
            return False
        row.state = State.BUILDING
        row.save(update_fields=["state"])
    return True


def finish(export: InspectionExport, pack: Pack, *, now: datetime) -> None:
    """Note the sealed pack; a second worker that built the same changes nothing."""
    with acting(SYSTEM, reason="Built"):
        row = _locked(export)
        if row.state != State.BUILDING:
            return
        row.state, row.ready_at = State.READY, now
        row.sha256, row.size = pack.sha256, pack.size
        row.members = [
            {"path": one.path, "sha256": one.sha256, "size": one.size, "rows": one.rows}
            for one in pack.members
        ]
        row.save()


def fail(export: InspectionExport, sentence: str) -> None:
    """Note why it could not be built."""
    with acting(SYSTEM, reason="Not built"):
        row = _locked(export)
        if row.state in (State.REQUESTED, State.BUILDING):
            row.state, row.error = State.FAILED, sentence
            row.save()


def record_download(*, actor: Actor, export: InspectionExport) -> None:
    """Note who took the pack away."""
    detail = {"sha256": export.sha256, "file": export.file_name}
    record(Event.DOWNLOADED, actor=actor, subject=export, reason=export.reason, detail=detail)


def _locked(export: InspectionExport) -> InspectionExport:
    return InspectionExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
