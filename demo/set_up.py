"""The demo's organisations, people, studies and delegations, made once."""

from datetime import UTC, date, datetime, time

from django.contrib.auth.hashers import make_password

from demo.calendar import first_day
from demo.delegations import Register, delegations
from demo.deliveries import WATCHED, story_day
from demo.faults import LATE, plant
from demo.participants import sites
from demo.plans import Cro, StudyPlan
from demo.providers import make_providers
from demo.reporting import report
from demo.story import CROS, MONTHS, PASSWORD, PEOPLE, SIGN_INS, SPONSOR, STUDIES
from kpis.models import AgreedLimits, ChosenKpi
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Site, Study
from vendors.models import AgreementVersion, Membership, Sponsor, Vendor

CHOSEN = (
    ("Alder Clinical", "milestone-adherence"),
    ("Alder Clinical", "tmf-timeliness"),
    ("Cedar Biometrics", "database-lock-cycle"),
)
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
            engagement.agreement = engagement.vendor.agreements.get(title="Work order 1")
            engagement.save(update_fields=["agreement"])
        begins = {plan: max(start, first_day(today, months_ago=plan.months)) for plan in STUDIES}
        studies = {plan: _study(sponsor, plan, today) for plan in STUDIES}
        register = _register(sponsor, vendors, engagements, start, begins, today)
        Delegation.objects.bulk_create(
            one
            for plan, study in studies.items()
            for one in delegations(register, study, plan, begins[plan])
        )
        report(studies=studies.values(), today=today)
        _agree(engagements["Alder Clinical"], today)
        _choose(engagements, today)


def _agree(engagement: Engagement, today: date) -> None:
    """Agree tighter limits with one CRO from this month on: its past is judged as it was."""
    AgreedLimits.objects.create(
        sponsor=engagement.sponsor,
        engagement=engagement,
        slug="query-aging",
        amber=4,
        red=8,
        from_month=today.replace(day=1),
        source="Quality agreement, §7",
        approved_by=User.objects.get(email="sam@northwind.example"),
        approved_at=datetime.combine(today, time(9), UTC),
    )


def _choose(engagements: dict[str, Engagement], today: date) -> None:
    """Ask from this month on for what the library measures of work that nothing else measures."""
    sam = User.objects.get(email="sam@northwind.example")
    ChosenKpi.objects.bulk_create(
        ChosenKpi(
            engagement=engagements[cro],
            slug=slug,
            from_month=today.replace(day=1),
            chosen_by=sam,
            chosen_at=datetime.combine(today, time(9), UTC),
        )
        for cro, slug in CHOSEN
    )


def _register(
    sponsor: Sponsor,
    vendors: dict[str, Vendor],
    engagements: dict[str, Engagement],
    start: date,
    begins: dict[StudyPlan, date],
    today: date,
) -> Register:
    """Gather what delegations refer to; the sponsor has one function of its own."""
    own = "own-sample-logistics"
    Function.objects.create(sponsor=sponsor, slug=own, name="Sample logistics")
    late_on = next(day for plan, day in begins.items() if plan.protocol_number == LATE[0])
    usable = Function.objects.exclude(obligation__transferable=False).select_related("obligation")
    return Register(
        engagements=engagements,
        functions={
            one.obligation.code if one.kind == Function.Kind.OBLIGATION else one.slug: one
            for one in usable
        },
        versions={
            name: tuple(
                AgreementVersion.objects.filter(
                    agreement__vendor=vendor, agreement__title="Work order 1"
                ).order_by("effective_on")
            )
            for name, vendor in vendors.items()
        },
        planted=plant(actor=SYSTEM, vendors=vendors, start=start, late_on=late_on, today=today),
        confirmed_by=User.objects.get(email=SIGN_INS[0]),
    )


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
