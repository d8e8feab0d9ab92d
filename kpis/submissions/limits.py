"""How large a file is taken: what a sponsor's administrator set, never above the installation's.

The installation's ceilings are in the settings; a sponsor without limits of its own has them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from kpis.models import IntakeLimit
from kpis.submissions.reading import IntakeLimits
from kpis.submissions.states import StepRefused
from oversight.audit_trail.attribution import Actor
from vendors.models import Sponsor
from vendors.register.saving import NO_REASON, change_row, create_row

MEGABYTE = 1024 * 1024


def limit_of(sponsor: Sponsor) -> IntakeLimit:
    """Return the sponsor's limits; a new row with the installation's where it set none."""
    found = IntakeLimit.objects.filter(sponsor=sponsor).first()
    return found or IntakeLimit(sponsor=sponsor, **settings.INTAKE_CEILINGS)


def limits_in_force(*sponsor_ids: int) -> IntakeLimits:
    """Return what the reader may take for a sponsor; of several, what each of them takes."""
    rows = list(IntakeLimit.objects.filter(sponsor_id__in=sponsor_ids))
    ceilings: dict[str, int] = settings.INTAKE_CEILINGS
    taken = {
        name: min([ceiling, *(getattr(row, name) for row in rows)])
        for name, ceiling in ceilings.items()
    }
    return IntakeLimits(
        max_bytes=taken["max_megabytes"] * MEGABYTE,
        max_rows=taken["max_rows"],
        max_sheets=taken["max_sheets"],
        max_compressed_ratio=taken["max_compressed_ratio"],
        max_seconds=taken["max_seconds"],
    )


def set_limits(
    *, actor: Actor, limit: IntakeLimit, values: Mapping[str, Any], seen: int | None, reason: str
) -> IntakeLimit:
    """Set a sponsor's limits; raises ValidationError for one above the installation's."""
    errors = {
        name: f"At most {ceiling:,}: more is not taken by this installation."
        for name, ceiling in settings.INTAKE_CEILINGS.items()
        if values.get(name, 0) > ceiling
    }
    if errors:
        raise ValidationError(errors)
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    if limit.pk is not None:
        return change_row(actor=actor, row=limit, values=values, seen=seen, reason=reason)
    for name, value in values.items():
        setattr(limit, name, value)
    return create_row(actor=actor, row=limit, reason=reason)


def refuse_too_large(sponsor_id: int, sizes: Iterable[tuple[str, int]]) -> None:
    """Raise StepRefused for a file of more bytes than the sponsor takes."""
    most = limits_in_force(sponsor_id).max_bytes
    for name, size in sizes:
        if size > most:
            raise StepRefused(
                f"{name} is larger than {most // MEGABYTE:,} MB, the most that this sponsor takes."
                " Send the export of one study and period at a time."
            )
