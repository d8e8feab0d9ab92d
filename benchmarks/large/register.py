"""The register of the portfolio: sponsor, CROs, people, studies, sites and who does what."""

from dataclasses import dataclass
from datetime import date

from benchmarks.large.variations import CHOSEN
from kpis.models import ChosenKpi
from oversight.accounts.models import User
from studies.models import Delegation, Engagement, Function, Site, Study
from vendors.access import Role
from vendors.models import Membership, Qualification, Sponsor, Vendor

MODELS = (
    Engagement.Model.FULL_SERVICE,
    Engagement.Model.FULL_SERVICE,
    Engagement.Model.FULL_SERVICE,
    Engagement.Model.HYBRID,
    Engagement.Model.FSP,
)
OF_A_STUDY = (
    "clinical-monitoring",
    "patient-recruitment",
    "start-up",
    "site-management",
    "trial-master-file",
    "trial-management",
)
ACROSS_STUDIES = ("data-management", "pharmacovigilance")
COUNTRIES = ("FRA", "DEU", "ESP", "POL", "USA")
SITES_OF_A_STUDY = 50


@dataclass(frozen=True)
class Register:
    """Who there is. `reader` is the sponsor's oversight manager, `managers` one person per CRO."""

    reader: User
    managers: dict[int, User]
    engagements: tuple[Engagement, ...]
    studies: tuple[Study, ...]


def make_register(*, studies: int, cros: int, since: date) -> Register:
    """Write it; each study has a CRO for the study and an FSP for its data and safety."""
    sponsor = Sponsor.objects.create(name=f"Sponsor of {studies} studies", country="Germany")
    reader = User.objects.create(email=f"reader-{studies}@example.org", name="Oversight manager")
    Membership.objects.create(
        user=reader, sponsor=sponsor, role=Role.OVERSIGHT_MANAGER, from_date=since
    )
    managers, engagements = {}, []
    for number in range(cros):
        vendor = Vendor.objects.create(sponsor=sponsor, name=f"CRO {number:02}", country="France")
        person = User.objects.create(email=f"cro-{number}-of-{studies}@example.org", name="Manager")
        Membership.objects.create(
            user=person, vendor=vendor, role=Role.CRO_PROJECT_MANAGER, from_date=since
        )
        managers[vendor.pk] = person
        engagements.append(_engagement(sponsor, vendor, number, since))
    made = Study.objects.bulk_create(
        Study(sponsor=sponsor, protocol_number=f"S-{n:03}", phase="3", title=f"Study {n}")
        for n in range(studies)
    )
    Site.objects.bulk_create(
        (
            Site(study=study, number=f"{n:03}", country=COUNTRIES[n % len(COUNTRIES)])
            for study in made
            for n in range(SITES_OF_A_STUDY)
        ),
        batch_size=5000,
    )
    Delegation.objects.bulk_create(_delegations(made, engagements, since), batch_size=2000)
    return Register(reader, managers, tuple(engagements), tuple(made))


def _engagement(sponsor: Sponsor, vendor: Vendor, number: int, since: date) -> Engagement:
    Qualification.objects.create(
        vendor=vendor,
        scope="All",
        method="remote",
        assessed_on=since,
        assessor="Quality",
        outcome="qualified",
        valid_until=date(since.year + 9, 1, 1),
    )
    made = Engagement.objects.create(
        sponsor=sponsor,
        vendor=vendor,
        name=f"Engagement {number:02}",
        model=MODELS[number % len(MODELS)],
        start_date=since,
    )
    ChosenKpi.objects.bulk_create(
        ChosenKpi(
            engagement=made,
            slug=slug,
            from_month=since,
            chosen_by=User.objects.get(memberships__sponsor=sponsor),
            chosen_at=f"{since}T09:00:00Z",
        )
        for slug in CHOSEN
    )
    return made


def _delegations(
    studies: list[Study], engagements: list[Engagement], since: date
) -> list[Delegation]:
    spanning = [one for one in engagements if one.model == Engagement.Model.FSP]
    others = [one for one in engagements if one.model != Engagement.Model.FSP]
    functions = {one.slug: one for one in Function.objects.filter(sponsor=None)}
    return [
        Delegation(
            study=study,
            function=functions[name],
            kind=Delegation.Kind.TRANSFERRED,
            engagement=group[place % len(group)],
            from_date=since,
        )
        for place, study in enumerate(studies)
        for group, names in ((others, OF_A_STUDY), (spanning, ACROSS_STUDIES))
        for name in names
    ]
