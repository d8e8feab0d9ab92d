"""The people of the tests, made once, and the little world they work in.

Sam  oversight manager of Northwind    Quinn  auditor (quality assurance) of Northwind
Ada  project manager of CRO Alpha      Ben    project manager of CRO Beta
Nora signed in, member of nothing      Ines   administrator of Northwind
Olga oversight manager of another sponsor, Southwind
"""

from dataclasses import dataclass
from datetime import date

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Site, Study
from vendors.access import Role
from vendors.models import Membership, Sponsor, Vendor

PASSWORD = "a long enough password"
START = date(2024, 1, 1)


@dataclass(frozen=True)
class World:
    """Two sponsors; Northwind works with Alpha (full service) and Beta (FSP)."""

    sam: User
    quinn: User
    ines: User
    ada: User
    ben: User
    nora: User
    olga: User
    northwind: Sponsor
    southwind: Sponsor
    alpha: Vendor
    beta: Vendor
    alpha_engagement: Engagement
    beta_engagement: Engagement
    study: Study  # Alpha does data management
    other_study: Study  # Beta does data management


def make_world() -> World:
    """Make everybody, with history attributed to the test."""
    with acting(Actor.system("tests"), reason="the tests' world"):
        users = {
            name: User.objects.create_user(f"{name}@example.org", PASSWORD, name=name.capitalize())
            for name in ("sam", "quinn", "ines", "ada", "ben", "nora", "olga")
        }
        northwind = Sponsor.objects.create(name="Northwind Therapeutics")
        southwind = Sponsor.objects.create(name="Southwind Pharma")
        alpha = Vendor.objects.create(sponsor=northwind, name="Alpha")
        beta = Vendor.objects.create(sponsor=northwind, name="Beta")
        for name, organisation, role in (
            ("sam", {"sponsor": northwind}, Role.OVERSIGHT_MANAGER),
            ("quinn", {"sponsor": northwind}, Role.AUDITOR),
            ("ines", {"sponsor": northwind}, Role.ADMINISTRATOR),
            ("ada", {"vendor": alpha}, Role.CRO_PROJECT_MANAGER),
            ("ben", {"vendor": beta}, Role.CRO_PROJECT_MANAGER),
            ("olga", {"sponsor": southwind}, Role.OVERSIGHT_MANAGER),
        ):
            Membership.objects.create(user=users[name], role=role, from_date=START, **organisation)
        study = Study.objects.create(
            sponsor=northwind, protocol_number="NWT-301", names_in_files=["Study 1"]
        )
        other = Study.objects.create(sponsor=northwind, protocol_number="NWT-204")
        Study.objects.create(sponsor=southwind, protocol_number="SWP-001")
        Site.objects.create(study=study, number="Site 2", country="FRA")
        alpha_engagement = _engage(alpha, study, Engagement.Model.FULL_SERVICE)
        beta_engagement = _engage(beta, other, Engagement.Model.FSP)
    return World(
        **users,
        northwind=northwind,
        southwind=southwind,
        alpha=alpha,
        beta=beta,
        alpha_engagement=alpha_engagement,
        beta_engagement=beta_engagement,
        study=study,
        other_study=other,
    )


def _engage(vendor: Vendor, study: Study, model: Engagement.Model) -> Engagement:
    engagement = Engagement.objects.create(
        sponsor=vendor.sponsor,
        vendor=vendor,
        name=f"{vendor.name} for {study.protocol_number}",
        model=model,
        start_date=START,
    )
    Delegation.objects.create(
        study=study,
        function=Function.objects.get(slug="data-management"),
        kind=Delegation.Kind.TRANSFERRED,
        engagement=engagement,
        clause="WO-1 §4",
        from_date=START,
    )
    return engagement
