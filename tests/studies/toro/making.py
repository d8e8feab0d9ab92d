"""Delegations, agreements and submissions for the tests of documents."""

from datetime import date
from typing import Any

from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Function, IndSubmission, ReportedTransfer
from tests.people import World
from vendors.models import Agreement, AgreementVersion

TESTS = Actor.system("tests")
MARCH, JUNE = date(2026, 3, 3), date(2026, 6, 1)
# Serious adverse events partly, expedited reports wholly, statistics not a Part 312 obligation.
PARTLY, WHOLLY, NOT_PART_312 = "T24", "T25", "T34"


def code(which: str) -> Function:
    """Return an obligation of the catalogue."""
    return Function.objects.get(obligation__code=which)


def delegate(world: World, which: str, **values: Any) -> Delegation:
    """Transfer an obligation to Alpha from March, unless told otherwise."""
    acts = values.get("kind", "transferred") in ("transferred", "shared")
    given = {
        "kind": "transferred",
        "engagement": world.alpha_engagement if acts else None,
        "from_date": MARCH,
        "study": world.study,
        **values,
    }
    with acting(TESTS):
        return Delegation.objects.create(function=code(which), **given)


def version(world: World, **values: Any) -> AgreementVersion:
    """Agree on something with Alpha: signed by both and in force from March."""
    given = {
        "label": "1.0",
        "effective_on": MARCH,
        "sponsor_signatory": "Sam",
        "sponsor_signed_on": MARCH,
        "provider_signatory": "Ada",
        "provider_signed_on": MARCH,
        **values,
    }
    with acting(TESTS):
        agreement, _ = Agreement.objects.get_or_create(
            vendor=world.alpha, title="TORO NWT-301", defaults={"kind": "toro"}
        )
        return AgreementVersion.objects.create(agreement=agreement, **given)


def submit(world: World, serial: str, on: date, *codes: str, region: str = "") -> IndSubmission:
    """Record that a submission listed transfers to Alpha."""
    with acting(TESTS):
        made = IndSubmission.objects.create(
            study=world.study, serial_number=serial, submitted_on=on
        )
        for which in codes:
            ReportedTransfer.objects.create(
                submission=made, function=code(which), vendor=world.alpha, region=region
            )
    return made


def make_device(world: World) -> None:
    """Turn the study into one of a device."""
    with acting(TESTS):
        type(world.study).objects.filter(pk=world.study.pk).update(product_type="device")
    world.study.refresh_from_db()
