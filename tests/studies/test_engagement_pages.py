"""Engagements: list, see, create, edit, and who may not."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Delegation, Engagement
from studies.services import create_engagement
from tests.people import START, World
from tests.vendors.browsing import filled, last_change, page, refusals, send, signed_in, status
from vendors.access import Role
from vendors.models import Agreement, AgreementVersion, Membership, Tier, Vendor

pytestmark = pytest.mark.django_db

CREATE = "studies:engagement-create"
EDIT = "studies:engagement-edit"


def test_lists_show_what_one_may_see(world: World) -> None:
    assert "2 engagements" in page(world.sam, "studies:engagement-list")
    words = page(world.ada, "studies:engagement-list")
    assert "Alpha for NWT-301" in words
    assert "Beta" not in words
    assert "No engagement yet" in page(world.olga, "studies:engagement-list")


def test_the_page_of_an_engagement(world: World) -> None:
    words = page(world.ada, "studies:engagement-detail", world.alpha_engagement.pk)
    assert "Data management" in words
    assert "WO-1 §4" in words
    assert "who, when, from what to what, why" not in words


def test_what_an_engagement_means_and_rests_on(world: World) -> None:
    with acting(Actor.system("tests")):
        agreement = Agreement.objects.create(vendor=world.beta, kind="work-order", title="WO-7")
        AgreementVersion.objects.create(
            agreement=agreement,
            label="1.0",
            effective_on=START,
            expires_on=date(2025, 1, 1),
            sponsor_signatory="A",
            sponsor_signed_on=START,
            provider_signatory="B",
            provider_signed_on=START,
        )
        Engagement.objects.update(agreement=agreement)
        Tier.objects.create(vendor=world.beta, step="preferred", from_date=START)
        found = Delegation.objects.filter(engagement=world.beta_engagement)
        found.update(region="europe", systems="sponsor", procedures="sponsor")
    words = page(world.sam, "studies:engagement-detail", world.beta_engagement.pk)
    for expected in (
        "single functions across studies",
        "one submission a month across all its studies",
        "version 1.0: expired, last day 1 Jan 2025",
        "Preferred provider</dt><dd>since 1 Jan 2024",
        '<th scope="col">Europe</th>',
        "The sponsor&#x27;s",
        "Add functions",
    ):
        assert expected in words, expected
    # The tier is the sponsor's own.
    assert "Preferred" not in page(world.ben, "studies:engagement-detail", world.beta_engagement.pk)


def test_creating_an_engagement(world: World) -> None:
    answer = send(
        world.sam,
        CREATE,
        vendor=world.beta.pk,
        name="Beta FSP",
        model="fsp",
        start_date=START,
        reason="WO-9 signed",
    )
    engagement = Engagement.objects.get(name="Beta FSP")
    assert answer.url == reverse("studies:engagement-detail", args=[engagement.pk])
    assert engagement.sponsor == world.northwind
    change = last_change("studies_engagement")
    assert (change.reason, change.actor_name) == ("WO-9 signed", "Sam")
    assert "Nothing is delegated under it yet" in page(
        world.sam, "studies:engagement-detail", engagement.pk
    )


def test_the_cro_can_be_chosen_beforehand(world: World) -> None:
    address = reverse(CREATE) + f"?vendor={world.beta.pk}"
    assert filled(signed_in(world.sam), address)["vendor"] == world.beta.pk
    assert signed_in(world.sam).get(reverse(CREATE) + "?vendor=x").status_code == 200


def test_what_an_engagement_may_not_be(world: World) -> None:
    values = {"vendor": world.beta.pk, "model": "fsp", "start_date": START}
    answer = send(world.sam, CREATE, **values | {"name": "Alpha for NWT-301"})
    assert "already holds an engagement of this name" in refusals(answer)
    answer = send(world.sam, CREATE, **values | {"name": "New", "end_date": date(2020, 1, 1)})
    assert "last day lies before the start" in refusals(answer)


def test_a_cro_of_another_register_is_no_choice(world: World) -> None:
    stranger = Vendor.objects.create(sponsor=world.southwind, name="Stranger")
    values = {"vendor": stranger.pk, "name": "X", "model": "fsp", "start_date": START}
    answer = send(world.sam, CREATE, **values)
    assert "not one of the available choices" in refusals(answer)
    Membership.objects.create(
        user=world.sam, sponsor=world.southwind, role=Role.OVERSIGHT_MANAGER, from_date=START
    )
    answer = send(world.sam, CREATE, **values, sponsor=world.northwind.pk)
    assert "another sponsor's register" in refusals(answer)
    with pytest.raises(ValidationError, match="another sponsor's register"):
        create_engagement(
            actor=Actor.system("tests"),
            sponsor=world.northwind,
            values={"vendor": stranger, "name": "X", "model": "fsp", "start_date": START},
        )


def test_an_engagement_changes_and_ends_with_a_reason(world: World) -> None:
    pk = world.alpha_engagement.pk
    assert "Say why" in refusals(send(world.sam, EDIT, pk, pricing_basis="fte"))
    send(world.sam, EDIT, pk, pricing_basis="fte", reason="amended")
    send(world.sam, EDIT, pk, end_date=date(2026, 3, 31), reason="study over")
    assert AuditTrailEntry.objects.get(event=Event.ENDED).reason == "study over"
    words = page(world.sam, "studies:engagement-detail", pk)
    assert "Full-time equivalents" in words
    assert "ended on 31 Mar 2026" in words
    assert "amended" in words


def test_a_stale_engagement_is_told(world: World) -> None:
    pk = world.alpha_engagement.pk
    client, address = signed_in(world.sam), reverse(EDIT, args=[pk])
    opened = filled(client, address, pricing_basis="fte", reason="mine")
    send(world.sam, EDIT, pk, pricing_basis="unit", reason="theirs")
    assert "Somebody changed this record" in refusals(client.post(address, opened))


def test_who_may_not(world: World) -> None:
    pk = world.alpha_engagement.pk
    assert status(world.ada, EDIT, pk) == 403
    assert status(world.ada, CREATE) == 403
    for name in (EDIT, "studies:engagement-detail"):
        assert status(world.ben, name, pk) == 404
        assert status(world.olga, name, pk) == 404
