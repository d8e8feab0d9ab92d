"""What the services refuse by themselves, whoever calls them."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.history import last_change_id
from studies.delegating import create_delegation
from studies.models import Delegation, Engagement, Function, Study
from studies.services import change_study, create_site
from tests.people import START, World
from tests.vendors.browsing import page, refusals, send
from vendors.access import Role
from vendors.models import Membership, Vendor

pytestmark = pytest.mark.django_db

ACTOR = Actor.system("tests")


@pytest.mark.parametrize(
    ("kind", "named", "words"),
    [
        ("transferred", False, "Name the engagement"),
        ("retained", True, "no CRO acts"),
        ("shared", True, "which part is the sponsor"),
    ],
)
def test_a_delegation_says_all_it_must(world: World, kind: str, named: bool, words: str) -> None:
    values: dict[str, Any] = {
        "study": world.study,
        "function": Function.objects.get(slug="start-up"),
        "kind": kind,
        "engagement": world.alpha_engagement if named else None,
        "from_date": START,
    }
    with pytest.raises(ValidationError, match=words):
        create_delegation(actor=ACTOR, today=START, values=values)
    assert Delegation.objects.count() == 2


def test_a_change_without_a_reason_is_refused(world: World) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        change_study(
            actor=ACTOR,
            study=world.study,
            values={"title": "New"},
            seen=last_change_id(world.study),
            reason="  ",
        )


def test_the_system_adds_a_site_under_its_own_name(world: World) -> None:
    site = create_site(actor=ACTOR, study=world.study, values={"number": "7"}, reason="in a file")
    assert site.pk
    assert "in a file" in page(world.sam, "studies:site-detail", site.pk)


def test_not_applicable_is_said_in_the_matrix(world: World) -> None:
    create_delegation(
        actor=ACTOR,
        today=START,
        values={
            "study": world.study,
            "function": Function.objects.get(slug="start-up"),
            "kind": "not-applicable",
            "from_date": START,
        },
    )
    assert "Not applicable" in page(world.sam, "studies:delegation-list")


def test_two_registers_of_one_person_are_not_mixed(world: World) -> None:
    Membership.objects.create(
        user=world.sam, sponsor=world.southwind, role=Role.OVERSIGHT_MANAGER, from_date=START
    )
    stranger = Vendor.objects.create(sponsor=world.southwind, name="Stranger")
    engagement = Engagement.objects.create(
        sponsor=world.southwind, vendor=stranger, name="S", model="fsp", start_date=START
    )
    answer = send(
        world.sam,
        "studies:delegation-create",
        study=world.study.pk,
        function=Function.objects.get(slug="start-up").pk,
        kind="transferred",
        engagement=engagement.pk,
        from_date=date(2026, 1, 1),
    )
    assert "another sponsor's register" in refusals(answer)
    answer = send(
        world.sam,
        "vendors:vendor-create",
        sponsor=world.northwind.pk,
        name="Gamma",
        kind="cro",
        parent=stranger.pk,
    )
    assert "another sponsor's register" in refusals(answer)
    assert Study.objects.visible_to(world.sam).count() == 3
