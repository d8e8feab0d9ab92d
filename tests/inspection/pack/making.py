"""Months that go through the real intake, and packs made of them, for these tests."""

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from inspection.building import build_export
from inspection.models import InspectionExport
from inspection.services import request_export
from kpis.models import Submission
from kpis.snapshots.compute import compute_for
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.receive import Upload, receive
from kpis.submissions.submit import explain, submit
from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Engagement, Site, Study
from tests.people import World
from vendors.access import actor_of

HEADER = (
    "Study;Country;Site Number;Subject Name;Folder Name;Form;Field OID;Log #;Query Status;"
    "Marking Group Name;Query Open Date;Query Response Date;# Days Since Open;"
    "# Days Since Response"
)
MARCH = date(2026, 3, 31)


def queries(study: str, cutoff: date, *, old: int, young: int) -> bytes:
    """A query listing: `old` queries 40 days old and `young` ones 2 days old at the cut-off."""
    lines = [HEADER]
    for place in range(old + young):
        days = 40 if place < old else 2
        opened = cutoff - timedelta(days=days)
        site = 1001 + place % 3
        lines.append(
            f"{study};FRA;{site};{site}-{place:03d};Week 1;Vital signs;VSORRES;{place};Open;"
            f"Site from System;{opened} 09:00:00;;{days};"
        )
    return "\n".join(lines).encode()


def add_sites(study: Study) -> None:
    with acting(Actor.system("tests")):
        for number in range(1001, 1004):
            Site.objects.create(study=study, number=str(number), country="FRA")


def send(
    world: World,
    *,
    old: int,
    young: int = 40,
    cutoff: date = MARCH,
    at: datetime | None = None,
    engagement: Engagement | None = None,
    study: Study | None = None,
) -> Submission:
    """Take one month from receipt to results; received at 08:00, accepted two days later."""
    study, engagement = study or world.study, engagement or world.alpha_engagement
    sender = world.ada if engagement == world.alpha_engagement else world.ben
    at = at or datetime.combine(cutoff + timedelta(days=5), datetime.min.time(), UTC)
    content = queries(study.protocol_number, cutoff, old=old, young=young)
    submission = receive(
        actor=actor_of(sender),
        engagement=engagement,
        study=study,
        uploads=[
            Upload(f"queries {cutoff:%Y-%m} ({old} old).csv", io.BytesIO(content), len(content))
        ],
        data_cutoff_date=cutoff,
        now=at,
    )
    check_submission(submission=submission, now=at)
    submission = Submission.objects.get(pk=submission.pk)
    for problem in submission.checks.get().problems.filter(severity="warning"):
        explain(actor=actor_of(sender), problem=problem, explanation="As exported.", now=at)
    restated: dict[str, Any] = {
        "reason": "Rows were missing.",
        "cause": "late-data",
        "found_by": "sponsor",
    }
    submit(actor=actor_of(sender), submission=submission, now=at, **restated)
    decided = at + timedelta(days=2)
    accept(actor=actor_of(world.sam), submission=submission, comment="", now=decided)
    compute_for(submission=submission, now=decided)
    return Submission.objects.get(pk=submission.pk)


def ask(world: World, scope: Any, *, as_of: date | None = None, **asked: Any) -> InspectionExport:
    """Ask for a pack of March 2026, by Quinn and as of today if nothing else is said."""
    now = asked.pop("now", None) or datetime.now(UTC)
    return request_export(
        actor=actor_of(asked.pop("by", world.quinn)),
        scope=scope,
        period_from=asked.pop("period_from", MARCH.replace(day=1)),
        period_until=asked.pop("period_until", MARCH.replace(day=1)),
        as_of_date=as_of or now.date(),
        reason="Inspection by the authority",
        now=now,
    )


def built(world: World, scope: Any, **asked: Any) -> InspectionExport:
    """Ask for a pack and build it here, without a worker."""
    export = ask(world, scope, **asked)
    now = datetime.now(UTC)
    build_export(export=InspectionExport.objects.get(pk=export.pk), now=now)
    export.refresh_from_db()
    assert export.state == "ready", export.error
    return export


def content_of(export: InspectionExport) -> bytes:
    return storage.fetch_verified(export.sha256)


def saved(export: InspectionExport, folder: Path) -> Path:
    """The pack as a file, as it is downloaded."""
    path = folder / export.file_name
    path.write_bytes(content_of(export))
    return path


def names(export: InspectionExport) -> Iterable[str]:
    return [member["path"] for member in export.members]
