"""The worker's part of an export: build it with the requester's eyes, or say why not."""

import logging
from datetime import datetime
from functools import partial

from inspection import services
from inspection.models import InspectionExport
from inspection.pack.build import NotSealed, build
from inspection.pack.scope import Scope, known_until
from inspection.pack.seal import MemberDiffers
from oversight import progress
from oversight.storage import SealBroken
from studies.models import Study
from vendors.access import Permission, permissions_of
from vendors.models import Vendor

logger = logging.getLogger(__name__)
LOST = "The storage has lost an original. Tell your administrator, who restores it from the backup."
BROKE = "It could not be built because of an error of the application. Tell your administrator."


class NotAllowed(Exception):
    """The requester may no longer have what they asked for."""

    def __init__(self) -> None:
        super().__init__("The requester no longer sees this study or CRO, or may no longer export.")


def job_name(export: InspectionExport) -> str:
    """Return the name under which the build reports its progress."""
    return f"export-{export.pk}"


def build_export(*, export: InspectionExport, now: datetime) -> None:
    """Build a requested pack and note it; run twice, it gives the same bytes and notes them once.

    What goes wrong is noted as a sentence; an error of the application is raised on to the log.
    """
    if not services.begin(export):
        return
    job = job_name(export)
    try:
        pack = build(scope_of(export, now=now), say=partial(progress.report, job))
    except (NotAllowed, NotSealed, MemberDiffers, SealBroken) as refusal:
        services.fail(export, str(refusal))
    except FileNotFoundError:
        logger.exception("An original of %s is not in the storage.", export)
        services.fail(export, LOST)
    except Exception:
        services.fail(export, BROKE)
        raise
    else:
        services.finish(export, pack, now=now)
    finally:
        progress.finish(job)


def scope_of(export: InspectionExport, *, now: datetime) -> Scope:
    """Return the scope under the requester's permissions of today; raises NotAllowed."""
    user = export.requester
    study = Study.objects.visible_to(user).filter(exports=export).first()
    vendor = Vendor.objects.visible_to(user).filter(exports=export).first()
    found = study or vendor
    if found is None or Permission.EXPORT not in permissions_of(user, found):
        raise NotAllowed
    return Scope(
        user=user,
        sponsor=found.sponsor,
        study=study,
        vendor=vendor,
        period_from=export.period_from,
        period_until=export.period_until,
        as_of_date=export.as_of_date,
        until=known_until(export.as_of_date, now=now),
    )
