"""A portfolio as large as a large sponsor's: 300 studies × 42 obligations, 50 CROs; made in bulk.

Rests on the database that the environment names, migrated and otherwise empty. Every tenth
obligation is kept by the sponsor, every fifteenth is left out, and one CRO in ten has lapsed.
"""

from datetime import date, timedelta
from itertools import cycle

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Study
from vendors.access import Role
from vendors.models import (
    Agreement,
    AgreementVersion,
    Membership,
    Qualification,
    Sponsor,
    Vendor,
)

DAY = date(2026, 6, 1)
START = date(2025, 1, 1)
SIGNED = START - timedelta(days=30)


def make(*, studies: int, cros: int) -> User:
    """Write the portfolio; return the oversight manager who reads it."""
    with acting(Actor.system("benchmark"), reason="Benchmark"):
        sponsor = Sponsor.objects.create(name=f"Sponsor of {studies}")
        reader = User.objects.create(email=f"reader-{studies}@example.org", name="Reader")
        Membership.objects.create(
            user=reader, sponsor=sponsor, role=Role.OVERSIGHT_MANAGER, from_date=START
        )
        engagements = _providers(sponsor, cros)
        made = Study.objects.bulk_create(
            Study(sponsor=sponsor, protocol_number=f"S-{number:03}") for number in range(studies)
        )
        Delegation.objects.bulk_create(_delegations(made, engagements), batch_size=2000)
    return reader


def _providers(sponsor: Sponsor, cros: int) -> list[tuple[Engagement, AgreementVersion]]:
    found = []
    for number in range(cros):
        vendor = Vendor.objects.create(sponsor=sponsor, name=f"CRO {number:02}")
        agreement = Agreement.objects.create(vendor=vendor, kind="work-order", title="WO")
        version = AgreementVersion.objects.create(
            agreement=agreement,
            label="1",
            effective_on=START,
            sponsor_signatory="A",
            sponsor_signed_on=SIGNED,
            provider_signatory="B",
            provider_signed_on=SIGNED,
        )
        Qualification.objects.create(
            vendor=vendor,
            scope="All",
            method="remote",
            assessed_on=SIGNED,
            assessor="A",
            outcome="qualified",
            valid_until=DAY + timedelta(days=-9 if number % 10 == 0 else 900),
        )
        engagement = Engagement.objects.create(
            sponsor=sponsor,
            vendor=vendor,
            name=f"Engagement {number:02}",
            model=Engagement.Model.FSP,
            start_date=START,
        )
        found.append((engagement, version))
    return found


def _delegations(
    studies: list[Study], engagements: list[tuple[Engagement, AgreementVersion]]
) -> list[Delegation]:
    obligations = list(Function.objects.filter(obligation__transferable=True))
    turn = cycle(engagements)
    found = []
    for number, (study, function) in enumerate(
        (study, function) for study in studies for function in obligations
    ):
        if number % 15 == 0:
            continue
        engagement, version = next(turn)
        kept = number % 10 == 0
        found.append(
            Delegation(
                study=study,
                function=function,
                kind=Delegation.Kind.RETAINED if kept else Delegation.Kind.TRANSFERRED,
                engagement=None if kept else engagement,
                agreement_version=None if kept else version,
                decision_maker="A",
                work_began_on=None if kept else START,
                from_date=START,
            )
        )
    return found
