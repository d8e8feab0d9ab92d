"""Three engagements of three models, with every listing that each of them owes but two of Gamma's.

Alpha  full service: NWT-301, data management, clinical monitoring and recruitment
Beta   FSP: data management on NWT-204 and NWT-118, so positions as well
Gamma  hybrid: clinical monitoring on NWT-118, so positions as well; sends neither visits nor
       enrolment
"""

from dataclasses import dataclass
from datetime import date, timedelta

from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Study
from tests.dashboards import listings
from tests.dashboards.months import Queries, listing, queries, report
from tests.people import START, World
from vendors.access import Role
from vendors.models import Membership, Vendor

OCTOBER, NOVEMBER = date(2025, 10, 31), date(2025, 11, 30)
HEADS = {"S1": 40, "S2": 20}


@dataclass(frozen=True)
class Models:
    """The world, the second FSP study and the hybrid engagement."""

    world: World
    third: Study
    gamma: Vendor
    gamma_engagement: Engagement


def make_models(world: World) -> Models:
    """Make engagements and delegations; send nothing yet."""
    with acting(Actor.system("tests"), reason="three engagement models"):
        third = Study.objects.create(sponsor=world.northwind, protocol_number="NWT-118")
        gamma = Vendor.objects.create(sponsor=world.northwind, name="Gamma")
        hybrid = Engagement.objects.create(
            sponsor=world.northwind,
            vendor=gamma,
            name="Gamma hybrid",
            model=Engagement.Model.HYBRID,
            start_date=START,
        )
        # Somebody has to send for Gamma: Ben helps out there in these tests.
        Membership.objects.create(
            user=world.ben, vendor=gamma, role=Role.CRO_PROJECT_MANAGER, from_date=START
        )
        for study, engagement, name in (
            (world.study, world.alpha_engagement, "clinical-monitoring"),
            (world.study, world.alpha_engagement, "patient-recruitment"),
            (third, world.beta_engagement, "data-management"),
            (third, hybrid, "clinical-monitoring"),
        ):
            Delegation.objects.create(
                study=study,
                function=Function.objects.get(slug=name),
                kind=Delegation.Kind.TRANSFERRED,
                engagement=engagement,
                from_date=START,
            )
    return Models(world, third, gamma, hybrid)


def send_alpha(models: Models, cutoff: date, *, deviations: int = 3, old: int = 2) -> None:
    """Alpha sends all that a full-service engagement owes for its study."""
    world, study = models.world, models.world.study
    first = [cutoff - timedelta(days=31 * n) for n in range(12)]
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=study,
        cutoff=cutoff,
        files={
            "queries": listing(
                study,
                [queries("S1", old=old, young=28), Queries("S2", "FRA", (3,) * 10)],
                cutoff=cutoff,
            ),
            "participants": listings.participants(study, HEADS, cutoff=cutoff),
            "visits": listings.visits(study, HEADS, each=2, cutoff=cutoff),
            "deviations": listings.deviations(
                study, "S1", cutoff=cutoff, confirmed=deviations, proposed=2, unknown=1
            ),
            "enrolment": listings.enrolment(study, "S1", days=first, failed=4, cutoff=cutoff),
            "sites": listings.sites(study, {"S1": START, "S2": START}, cutoff=cutoff),
        },
    )


def send_beta(models: Models, cutoff: date, *, open_for: tuple[int, ...] = (90,)) -> None:
    """Beta sends one submission across both its studies."""
    world = models.world
    both = b"".join(
        part if place == 0 else part.split(b"\n", 1)[1]
        for place, part in enumerate(
            listing(study, [queries(site, old=old, young=30)], cutoff=cutoff)
            for study, site, old in ((world.other_study, "B1", 1), (models.third, "C1", 9))
        )
    )
    heads = b"".join(
        part if place == 0 else part.split(b"\n", 1)[1]
        for place, part in enumerate(
            listings.participants(study, sites, cutoff=cutoff)
            for study, sites in ((world.other_study, {"B1": 50}), (models.third, {"C1": 50}))
        )
    )
    report(
        sponsor=world.sam,
        by=world.ben,
        engagement=world.beta_engagement,
        study=None,
        cutoff=cutoff,
        files={
            "queries": both,
            "participants": heads,
            "positions": listings.positions(
                filled_after=(20, 30, 40, 50, 55), open_for=open_for, cutoff=cutoff
            ),
        },
    )


def send_gamma(models: Models, cutoff: date) -> None:
    """Gamma sends its study without visits, and its positions apart."""
    world, study = models.world, models.third
    report(
        sponsor=world.sam,
        by=world.ben,
        engagement=models.gamma_engagement,
        study=study,
        cutoff=cutoff,
        files={
            "participants": listings.participants(study, {"G1": 60}, cutoff=cutoff),
            "deviations": listings.deviations(study, "G1", cutoff=cutoff, confirmed=1),
        },
    )
    report(
        sponsor=world.sam,
        by=world.ben,
        engagement=models.gamma_engagement,
        study=None,
        cutoff=cutoff,
        files={
            "positions": listings.positions(
                filled_after=(20, 30), open_for=(70, 80, 90, 95), cutoff=cutoff
            )
        },
    )


def send_month(models: Models, cutoff: date, *, worse: bool = False) -> None:
    """Send a month of all three; worse, Alpha has more old queries and more deviations."""
    send_alpha(models, cutoff, deviations=9 if worse else 3, old=8 if worse else 1)
    send_beta(models, cutoff)
    send_gamma(models, cutoff)
