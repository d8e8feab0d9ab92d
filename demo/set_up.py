"""The demo's organisations, people, studies and delegations, made once."""

from datetime import date

from django.contrib.auth.hashers import make_password

from demo.calendar import first_day
from demo.deliveries import WATCHED, story_day
from demo.participants import sites
from demo.plans import Cro, StudyPlan
from demo.providers import make_providers
from demo.story import CROS, MONTHS, PASSWORD, PEOPLE, SPONSOR, STUDIES
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Site, Study
from vendors.models import Membership, Sponsor, Vendor

SYSTEM = Actor.system("demo")


def set_up(*, today: date) -> None:
    """Make the demo's world; does nothing when it is there."""
    if Sponsor.objects.filter(name=SPONSOR).exists():
        return
    today = story_day(today)
    start = first_day(today, months_ago=WATCHED - 1)
    with acting(SYSTEM, reason="Demo"):
        sponsor = Sponsor.objects.create(name=SPONSOR)
        vendors = {cro.name: _vendor(sponsor, cro) for cro in CROS}
        first = first_day(today, months_ago=MONTHS)
        engagements = {cro.name: _engagement(vendors[cro.name], cro, start, first) for cro in CROS}
        _people(sponsor, vendors, start)
        make_providers(actor=SYSTEM, vendors=vendors, start=start, today=today)
        for engagement in engagements.values():
            engagement.agreement = engagement.vendor.agreements.get(kind="work-order")
            engagement.save(update_fields=["agreement"])
        functions = {function.slug: function for function in Function.objects.all()}
        for plan in STUDIES:
            study = _study(sponsor, plan, today)
            begin = first_day(today, months_ago=plan.months)
            for cro in CROS:
                _delegate(study, plan, cro, engagements[cro.name], functions, max(start, begin))


def _vendor(sponsor: Sponsor, cro: Cro) -> Vendor:
    return Vendor.objects.create(sponsor=sponsor, name=cro.name, country=cro.country)


def _engagement(vendor: Vendor, cro: Cro, start: date, first: date) -> Engagement:
    pricing = Engagement.PricingBasis
    basis = pricing.FTE if cro.model == Engagement.Model.FSP else pricing.UNIT
    return Engagement.objects.create(
        sponsor=vendor.sponsor,
        vendor=vendor,
        name=cro.engagement,
        model=cro.model,
        pricing_basis=basis,
        start_date=start,
        reports_from=first,
    )


def _people(sponsor: Sponsor, vendors: dict[str, Vendor], start: date) -> None:
    hashed = make_password(PASSWORD)  # once: hashing is slow on purpose
    for person in PEOPLE:
        user = User.objects.create(email=person.email, name=person.name, password=hashed)
        if person.organisation == SPONSOR:
            Membership.objects.create(user=user, sponsor=sponsor, role=person.role, from_date=start)
        elif person.organisation:
            Membership.objects.create(
                user=user, vendor=vendors[person.organisation], role=person.role, from_date=start
            )


def _study(sponsor: Sponsor, plan: StudyPlan, today: date) -> Study:
    study = Study.objects.create(
        sponsor=sponsor,
        protocol_number=plan.protocol_number,
        title=plan.title,
        phase=plan.phase,
        therapeutic_area=plan.area,
        status=plan.status,
    )
    places = sites(plan, today)
    Site.objects.bulk_create(
        Site(study=study, number=number, country=country, activated_on=day)
        for number, country, day in zip(
            places["site"], places["country"], places["activated_on"].dt.date, strict=True
        )
    )
    return study


def _delegate(
    study: Study,
    plan: StudyPlan,
    cro: Cro,
    engagement: Engagement,
    functions: dict[str, Function],
    start: date,
) -> None:
    """Delegate all functions of the CRO on the studies that it works on."""
    if plan.protocol_number not in cro.studies:
        return
    for slug in cro.functions:
        shared = slug == "data-management" and plan.shared
        Delegation.objects.create(
            study=study,
            function=functions[slug],
            kind=Delegation.Kind.SHARED if shared else Delegation.Kind.TRANSFERRED,
            engagement=engagement,
            split="The CRO raises and settles queries; Northwind locks the database."
            if shared
            else "",
            clause="WO-1 v2 §4.1",
            from_date=start,
        )
