"""Writing agreements: a new version begins as a copy of the last; what both signed stays."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError

from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import VisibleModel
from vendors.agreements.models import Agreement, AgreementVersion, Clause
from vendors.models import Vendor
from vendors.register.saving import change_row, create_row

SIGNED = (
    "Both sides signed this version; it stays as it is. Add a new version for what changes, or "
    "give the day on which this one was terminated."
)
# What belongs to a version and is carried into the next one.
PARTS = ("clauses", "rules", "steps")


def create_agreement(
    *, actor: Actor, vendor: Vendor, values: Mapping[str, Any], reason: str = ""
) -> Agreement:
    """Add an agreement with a provider; its versions come after it."""
    agreement = Agreement(vendor=vendor, **values)
    return create_row(actor=actor, row=agreement, reason=reason, check=_check_agreement)


def change_agreement(
    *, actor: Actor, agreement: Agreement, values: Mapping[str, Any], seen: int | None, reason: str
) -> Agreement:
    """Change what an agreement is called or belongs to."""
    return change_row(
        actor=actor,
        row=agreement,
        values=values,
        seen=seen,
        reason=reason,
        check=_check_agreement,
    )


def add_version(
    *, actor: Actor, agreement: Agreement, values: Mapping[str, Any], reason: str = ""
) -> AgreementVersion:
    """Add a version; its clauses, communication plan and ladder begin as those of the newest."""
    with acting(actor, reason=reason or "New version"):
        newest = agreement.versions.order_by("-effective_on", "-pk").first()
        version = create_row(
            actor=actor, row=AgreementVersion(agreement=agreement, **values), reason=reason
        )
        for part in PARTS if newest else ():
            for row in getattr(newest, part).all():
                row.pk, row.version = None, version
                row.save(force_insert=True)
    return version


def change_version(
    *,
    actor: Actor,
    version: AgreementVersion,
    values: Mapping[str, Any],
    seen: int | None,
    reason: str,
) -> AgreementVersion:
    """Change a version that not both have signed; of one that both signed, its termination only."""

    def check(current: AgreementVersion) -> None:
        before = AgreementVersion._base_manager.get(pk=current.pk)
        changed = {name for name, value in values.items() if getattr(before, name) != value}
        if before.signed_on is not None and changed - {"terminated_on"}:
            raise ValidationError(SIGNED)

    return change_row(
        actor=actor,
        row=version,
        values=values,
        seen=seen,
        reason=reason,
        ends_in="terminated_on",
        check=check,
    )


def attach_file(
    *, actor: Actor, version: AgreementVersion, name: str, stream: BinaryIO
) -> AgreementVersion:
    """Keep the signed file under its hash; a version has one, and it is not replaced."""
    with acting(actor, reason=f"File {name}"):
        current = AgreementVersion._base_manager.select_for_update(of=("self",)).get(pk=version.pk)
        if current.file_sha256:
            raise ValidationError(
                f"This version has its file already: {current.file_name}. Add a new version for "
                "another one."
            )
        current.file_name, current.file_sha256 = name[:255], storage.keep(stream)
        current.save(update_fields=["file_name", "file_sha256"])
        record(
            Event.CHANGED,
            actor=actor,
            subject=current,
            reason=f"File {name}",
            detail={"sha256": current.file_sha256},
        )
    return current


def note_clauses(
    *,
    actor: Actor,
    version: AgreementVersion,
    clauses: Mapping[str, Mapping[str, Any]],
    reason: str,
) -> None:
    """Write the clause check-list of a version: {subject: {present, number, note}}.

    It records what the signed text says, so it may be mended later, with a reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why you change this: it is kept with the change."})
    with acting(actor, reason=reason):
        known = {one.subject: one for one in version.clauses.select_for_update()}
        for subject, values in clauses.items():
            clause = known.get(subject, Clause(version=version, subject=subject))
            before = {name: getattr(clause, name) for name in values}
            if clause.pk is not None and before == dict(values):
                continue
            for name, value in values.items():
                setattr(clause, name, value)
            clause.full_clean(exclude=["version"])
            clause.save()
        record(Event.CHANGED, actor=actor, subject=version, reason=reason)


def add_part(
    *, actor: Actor, model: Any, version: AgreementVersion, values: Mapping[str, Any], reason: str
) -> VisibleModel:
    """Add a line of the communication plan or a rung of the ladder to an unsigned version."""

    def check(_: VisibleModel) -> None:
        if version.signed_on is not None:
            raise ValidationError(SIGNED)

    return create_row(actor=actor, row=model(version=version, **values), reason=reason, check=check)


def change_part(
    *, actor: Actor, part: Any, values: Mapping[str, Any], seen: int | None, reason: str
) -> VisibleModel:
    """Change a line or a rung of an unsigned version."""

    def check(current: Any) -> None:
        if current.version.signed_on is not None:
            raise ValidationError(SIGNED)

    return change_row(actor=actor, row=part, values=values, seen=seen, reason=reason, check=check)


def _check_agreement(agreement: Agreement) -> None:
    above = agreement.under
    if above is not None and above.vendor_id != agreement.vendor_id:
        raise ValidationError({"under": "This agreement is with another provider."})
