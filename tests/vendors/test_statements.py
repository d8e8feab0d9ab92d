"""A page takes as many statements for many records as for few."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Site, Study
from tests.people import START, World
from tests.vendors.browsing import signed_in
from vendors.access import Role
from vendors.models import Agreement, AgreementVersion, Membership, Vendor

pytestmark = pytest.mark.django_db


def grow(world: World) -> None:
    """Make forty of everything, and some history."""
    function = Function.objects.get(slug="data-management")
    Vendor.objects.bulk_create(
        Vendor(sponsor=world.northwind, name=f"Sub {n}", parent=world.alpha) for n in range(40)
    )
    studies = Study.objects.bulk_create(
        Study(sponsor=world.northwind, protocol_number=f"X-{n:02}") for n in range(40)
    )
    Site.objects.bulk_create(Site(study=world.study, number=str(n)) for n in range(40))
    engagements = Engagement.objects.bulk_create(
        Engagement(
            sponsor=world.northwind,
            vendor=world.alpha,
            name=f"E {n}",
            model="fsp",
            start_date=START,
        )
        for n in range(40)
    )
    for engagement in engagements:
        Delegation.objects.create(
            study=world.study,
            function=function,
            kind="transferred",
            engagement=engagement,
            from_date=START,
        )
    Delegation.objects.bulk_create(
        Delegation(
            study=study,
            function=function,
            kind="transferred",
            engagement=world.alpha_engagement,
            from_date=START,
        )
        for study in studies
    )
    Function.objects.bulk_create(
        Function(sponsor=world.northwind, slug=f"own-{n}", name=f"Own {n}") for n in range(40)
    )
    for n in range(40):
        agreement = Agreement.objects.create(vendor=world.alpha, kind="sow", title=f"SOW {n}")
        AgreementVersion.objects.create(agreement=agreement, label="1.0", effective_on=START)
    for sponsor_n in range(40):
        user = User.objects.create_user(f"s{sponsor_n}@example.org", None, name=f"Lead {sponsor_n}")
        Membership.objects.create(
            user=user, sponsor=world.northwind, role=Role.EXECUTIVE, from_date=START
        )
    for n in range(40):
        user = User.objects.create_user(f"p{n}@example.org", None, name=f"Person {n}")
        Membership.objects.create(
            user=user, vendor=world.alpha, role=Role.CRO_CONTRIBUTOR, from_date=START
        )
    for n in range(5):
        for parent in (None, world.beta):
            with acting(Actor.system("tests"), reason=f"to and fro {n}"):
                Vendor.objects.filter(pk=world.alpha.pk).update(parent=parent)


# page → its arguments, and its statements: session apart, the person and their roles included
PAGES: dict[str, tuple[Callable[[World], list[int]], int]] = {
    "vendors:search": (lambda world: [], 11),
    "vendors:vendor-list": (lambda world: [], 5),
    "vendors:vendor-detail": (lambda world: [world.alpha.pk], 21),
    "vendors:agreement-list": (lambda world: [], 6),
    "vendors:membership-list": (lambda world: [], 4),
    "studies:study-list": (lambda world: [], 4),
    "studies:study-detail": (lambda world: [world.study.pk], 12),
    "studies:study-raci": (lambda world: [world.study.pk], 6),
    "studies:study-changes": (lambda world: [world.study.pk], 6),
    "studies:study-retained": (lambda world: [world.study.pk], 7),
    "studies:toro": (lambda world: [world.study.pk], 8),
    "studies:toro-changes": (lambda world: [world.study.pk], 8),
    "studies:ind-list": (lambda world: [world.study.pk], 8),
    "studies:ind-create": (lambda world: [world.study.pk], 7),
    "studies:site-list": (lambda world: [world.study.pk], 7),
    "studies:engagement-list": (lambda world: [], 5),
    "studies:engagement-detail": (lambda world: [world.alpha_engagement.pk], 11),
    "studies:delegation-list": (lambda world: [], 12),
    "studies:delegation-register": (lambda world: [], 6),
    "vendors:vendor-export": (lambda world: [], 6),
    "studies:engagement-export": (lambda world: [], 7),
    "studies:delegation-export": (lambda world: [], 8),
    "studies:obligation-list": (lambda world: [], 4),
    "studies:function-list": (lambda world: [], 4),
    "studies:function-detail": (lambda world: [Function.objects.get(slug="data-management").pk], 4),
    "vendors:sponsor-list": (lambda world: [], 4),
    "vendors:sponsor-detail": (lambda world: [world.northwind.pk], 6),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_statements_does_not_grow(
    world: World, name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    arguments_of, statements = PAGES[name]
    with acting(Actor.system("tests")):
        Vendor.objects.filter(pk=world.alpha.pk).update(parent=world.beta)
        agreement = Agreement.objects.create(vendor=world.alpha, kind="msa", title="MSA")
        AgreementVersion.objects.create(agreement=agreement, label="1.0", effective_on=START)
    client = signed_in(world.ines if "membership" in name else world.sam)
    address = reverse(name, args=arguments_of(world))
    asked = {"q": "al"} if "search" in name else {}
    with django_assert_num_queries(statements):
        answer = client.get(address, asked)
        assert (answer.status_code, bool(answer.getvalue())) == (200, True)
    grow(world)
    with django_assert_num_queries(statements):
        answer = client.get(address, asked)
        assert (answer.status_code, bool(answer.getvalue())) == (200, True)
