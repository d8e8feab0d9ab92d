"""Recording what an IND submission listed. Nothing is changed or deleted: a later one corrects."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from studies.models import IndSubmission, ReportedTransfer, Study
from studies.toro.transfers import Transfer
from vendors.register.saving import sentences

NO_IND = (
    "Part 312 and its IND are about drugs and biologics. For devices 21 CFR 812 has no rule for "
    "transferring obligations, so that there is no transfer to report: tasks are delegated, and "
    "the sponsor keeps every obligation."
)
NOT_IN_FORCE = (
    "A line names a transfer that was not in force on the day of the submission. Open the form "
    "again: it lists those that were."
)


def record_ind_submission(
    *,
    actor: Actor,
    study: Study,
    values: Mapping[str, Any],
    lines: Collection[Transfer],
    in_force: Collection[Transfer],
    reason: str = "",
) -> IndSubmission:
    """Keep one submission with the transfers that it listed.

    `in_force`: what `transfers_in_force` gives for its day; every line is one of them. Raises
    ValidationError for a device study, for another line, and for a serial number that is there.
    """
    if study.product_type != Study.ProductType.DRUG:
        raise ValidationError(NO_IND)
    if not {one.key for one in lines} <= {one.key for one in in_force}:
        raise ValidationError({"lines": NOT_IN_FORCE})
    submission = IndSubmission(study=study, **values)
    with sentences(submission), acting(actor, reason=reason or "IND submission recorded"):
        submission.full_clean()
        submission.save(force_insert=True)
        ReportedTransfer.objects.bulk_create(
            ReportedTransfer(
                submission=submission,
                function_id=one.function,
                vendor_id=one.holder,
                region=one.region,
            )
            for one in lines
        )
        detail = {"lists": len(lines), "in_force": len(in_force)}
        record(Event.CREATED, actor=actor, subject=submission, reason=reason, detail=detail)
    return submission
