"""Source profiles: keep how a person confirmed that a CRO's layouts are read, and end it again.

A version is never changed. Another mapping of the same layout is the next version and ends the one
before; a changed layout is a next version beside it, because another study may still send the old.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from kpis.engine.tables import LISTINGS
from kpis.models import Check, SourceProfile, Submission
from kpis.submissions.reading.profile import ColumnReading, Profile, signature
from kpis.submissions.receive import check_again
from kpis.submissions.states import State, StepRefused, locked
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record

NAME_LENGTH = 120
DATES = re.compile(
    r"[ _-]*(?:20\d\d-\d\d(?:-\d\d)?|20\d{6}|\d{1,2}[ -]?[A-Za-z]{3}[ -]?20\d\d)(?!\d)"
)
CHANGEABLE = (State.CHECKED, State.RETURNED)
MEANWHILE = "The files were checked again meanwhile. Look at the page again before you confirm."
TOO_LATE = "How the files are read can be changed only before they are handed over."


@dataclass(frozen=True)
class Confirmation:
    """How one sheet of a check is to be read: `place` counts the check's sheets from 0.

    `listing` is given for a sheet that was taken for none.
    """

    place: int
    columns: Mapping[str, ColumnReading]
    listing: str = ""


def in_force(vendor_id: int) -> tuple[Profile, ...]:
    """Return how layouts of a CRO are read, as confirmed and not ended; one statement."""
    rows = SourceProfile.objects.filter(vendor_id=vendor_id, ended_at=None)
    return tuple(profile_of(row) for row in rows if row.listing in LISTINGS)


def profile_of(row: SourceProfile) -> Profile:
    """Return a stored profile as the reader takes it; columns that are no more are left out."""
    names = {column.name for column in LISTINGS[row.listing].columns}
    return Profile(
        key=row.pk,
        name=row.name,
        listing=row.listing,
        version=row.version,
        headers=tuple(row.headers),
        columns={
            name: ColumnReading(**reading) for name, reading in row.mapping.items() if name in names
        },
    )


def confirm(
    *,
    actor: Actor,
    submission: Submission,
    seen: str,
    confirmations: Sequence[Confirmation],
    now: datetime,
) -> bool:
    """Keep how sheets of the newest check are read; return whether the check runs again.

    It does where something was changed. `seen` is the key of the check that was looked at. Raises
    StepRefused where the files were checked again meanwhile or were handed over, and where two
    sheets of one layout are to be read differently.
    """
    with acting(actor, reason="Reading of layouts confirmed"):
        submission = locked(submission)
        check = submission.checks.last()
        if check is None or str(check.pk) != seen or submission.state == State.RECEIVED:
            raise StepRefused(MEANWHILE)
        if submission.state not in CHANGEABLE:
            raise StepRefused(TOO_LATE)
        changed = False
        kept: dict[tuple[str, str], Mapping[str, Any]] = {}
        for one in confirmations:
            sheet = {**check.sheets[one.place]}
            sheet["listing"] = sheet["listing"] or one.listing
            mapping = {name: reading.as_json() for name, reading in one.columns.items()}
            layout = (sheet["listing"], signature(sheet["layout"]["titles"]))
            if kept.setdefault(layout, mapping) != mapping:
                raise StepRefused(
                    f"{sheet['sheet']} has the same layout as another sheet and would be read"
                    " differently. Choose the same for both."
                )
            _keep(actor, submission, sheet, mapping, now)
            changed |= mapping != sheet["layout"]["columns"]
        if changed:
            check_again(submission)
    return changed


def end(*, actor: Actor, profile: SourceProfile, reason: str, now: datetime) -> None:
    """End a profile: its layout is new again when it is next sent. Raises StepRefused if ended."""
    with acting(actor, reason=reason):
        standing = SourceProfile.objects.filter(pk=profile.pk, ended_at=None)
        if not standing.update(ended_at=now, ended_by_id=actor.person_id):
            raise StepRefused(f"{profile} was ended already. Nothing was changed.")
        record(Event.ENDED, actor=actor, subject=profile, reason=reason)


def _keep(
    actor: Actor,
    submission: Submission,
    sheet: Mapping[str, Any],
    mapping: Mapping[str, Any],
    now: datetime,
) -> None:
    """Store the next version, unless the one in force says the same."""
    layout = sheet["layout"]
    vendor_id = submission.engagement.vendor_id
    same = Q(listing=sheet["listing"], header_sha256=signature(layout["titles"]))
    own = SourceProfile.objects.filter(vendor_id=vendor_id)
    standing = own.filter(same, ended_at=None).first()
    if standing is not None and standing.mapping == mapping:
        return
    before = standing or own.filter(pk=layout["profile"]).first()
    name = before.name if before else _name(sheet["sheet"])
    family = own.filter(same | Q(listing=sheet["listing"], name=name))
    version = (family.aggregate(last=Max("version"))["last"] or 0) + 1
    if standing is not None:
        own.filter(pk=standing.pk).update(ended_at=now, ended_by_id=actor.person_id)
        record(Event.ENDED, actor=actor, subject=standing, reason=f"Version {version} follows")
    profile = SourceProfile.objects.create(
        vendor_id=vendor_id,
        name=name,
        listing=sheet["listing"],
        header_sha256=signature(layout["titles"]),
        headers=layout["titles"],
        version=version,
        mapping=mapping,
        confirmed_at=now,
        confirmed_by_id=actor.person_id,
    )
    record(Event.CREATED, actor=actor, subject=profile, detail={"submission": str(submission)})


def as_read(check: Check) -> list[Confirmation]:
    """Return that every sheet is to be read as `check` read it: the answer of one click."""
    return [
        Confirmation(
            place,
            {name: ColumnReading(**one) for name, one in sheet["layout"]["columns"].items()},
        )
        for place, sheet in enumerate(check.sheets)
        if sheet.get("layout") and sheet["listing"]
    ]


def _name(sheet: str) -> str:
    """Return the name of a sheet or file without the date in it, which changes every month."""
    return (DATES.sub("", sheet).strip(" _-") or sheet)[:NAME_LENGTH]


def known_layouts(check: Check, vendor_id: int) -> dict[int, SourceProfile]:
    """Return {place of a sheet: the profile in force that says how it was read}; one statement."""
    rows = SourceProfile.objects.filter(vendor_id=vendor_id, ended_at=None)
    by_layout = {
        (row.listing, row.header_sha256): row for row in rows.select_related("confirmed_by")
    }
    found = {}
    for place, sheet in enumerate(check.sheets):
        layout = sheet.get("layout")
        if layout is None or not sheet["listing"]:
            continue
        row = by_layout.get((sheet["listing"], signature(layout["titles"])))
        if row is not None and row.mapping == layout["columns"]:
            found[place] = row
    return found


def state_of(sheet: Mapping[str, Any], profile: SourceProfile | None) -> str:
    """Return "known", "ours", "new" or "changed", as things stand now.

    What was known when the files were checked is new again once its profile has ended.
    """
    state: str = sheet["layout"]["state"]
    if profile is not None:
        return "known"
    return "new" if state == "known" else state
