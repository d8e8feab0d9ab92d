"""Who confirmed what: by whom and when a record is confirmed, and what the sponsor keeps."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.history import last_change_id
from studies.delegating import change_delegation, confirm_retained, create_delegation
from studies.models import Delegation, Function, Study
from tests.people import START, World
from tests.vendors.browsing import last_change, page, refusals, send, signed_in
from vendors.models import Agreement, AgreementVersion, Vendor

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 5)
CREATE = "studies:delegation-create"
RETAINED = "studies:study-retained"


def function(slug: str) -> Function:
    return Function.objects.get(slug=slug)


def of_alpha(world: World) -> Delegation:
    return Delegation.objects.get(engagement=world.alpha_engagement)


def values(world: World, **more: Any) -> dict[str, Any]:
    return {
        "study": world.study,
        "function": function("start-up"),
        "kind": "transferred",
        "engagement": world.alpha_engagement,
        "from_date": START,
        **more,
    }


def providers(world: World) -> tuple[Vendor, Vendor, AgreementVersion, AgreementVersion]:
    """Return a sub-provider two levels under Alpha, one of Beta, and a version of each CRO."""
    with acting(Actor.system("tests")):
        sub = Vendor.objects.create(sponsor=world.northwind, name="Sub", parent=world.alpha)
        below = Vendor.objects.create(sponsor=world.northwind, name="Below", parent=sub)
        other = Vendor.objects.create(sponsor=world.northwind, name="Other", parent=world.beta)
        versions = [
            AgreementVersion.objects.create(
                agreement=Agreement.objects.create(vendor=vendor, kind="sow", title="SOW"),
                label="1.0",
                effective_on=START,
            )
            for vendor in (world.alpha, world.beta)
        ]
    return below, other, versions[0], versions[1]


def test_who_records_it_confirms_it_and_a_draft_waits_for_somebody(world: World) -> None:
    sam = Actor.of_user(world.sam)
    made = create_delegation(actor=sam, today=TODAY, values=values(world))
    assert (made.confirmed_by, made.confirmed_on) == (world.sam, TODAY)
    drafted = {"function": function("biostatistics")}
    for actor, day in ((sam, None), (Actor.system("tests"), TODAY)):
        draft = create_delegation(actor=actor, today=day, values=values(world, **drafted))
        assert (draft.confirmed_by, draft.confirmed_on) == (None, None)
        drafted = {"function": function("medical-writing")}
    pk = draft.pk
    assert "Nobody has confirmed this record yet" in page(
        world.sam, "studies:delegation-detail", pk
    )
    assert "confirmed this record" not in page(world.ada, "studies:delegation-detail", pk)
    client = signed_in(world.sam)
    answer = client.post(
        reverse("studies:delegation-confirm", args=[pk]), {"seen": last_change_id(draft)}
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.confirmed_by, draft.confirmed_on) == (world.sam, timezone.localdate())
    assert "By Sam on" in page(world.quinn, "studies:delegation-detail", pk)
    assert last_change("studies_delegation").reason == "Confirmed as recorded"


def test_a_record_changed_meanwhile_is_not_confirmed(world: World) -> None:
    draft = of_alpha(world)
    client = signed_in(world.sam)
    told = client.post(
        reverse("studies:delegation-confirm", args=[draft.pk]), {"seen": "1"}, follow=True
    )
    assert "Somebody changed this record" in told.content.decode()
    draft.refresh_from_db()
    assert draft.confirmed_on is None


def test_a_change_is_confirmed_and_no_change_confirms_nothing(world: World) -> None:
    delegation = of_alpha(world)
    asked: dict[str, Any] = {
        "actor": Actor.of_user(world.sam),
        "delegation": delegation,
        "today": TODAY,
        "seen": last_change_id(delegation),
        "reason": "checked",
    }
    same = {"clause": delegation.clause}
    assert change_delegation(**asked, values=same).confirmed_on is None
    changed = change_delegation(**asked, values={"clause": "§9"})
    assert (changed.confirmed_by, changed.confirmed_on) == (world.sam, TODAY)


def test_all_fields_are_kept_and_shown(world: World) -> None:
    below, _, version, _ = providers(world)
    answer = send(
        world.sam,
        CREATE,
        **{
            name: getattr(value, "pk", value)
            for name, value in values(
                world,
                performer=below,
                region="europe",
                agreement_version=version,
                clause="§4.2",
                work_began_on=date(2024, 2, 1),
                systems="sponsor",
                procedures="provider",
                decision_maker="Head of start-up",
                responsible="Start-up lead",
                consulted="Legal",
                informed="Finance",
            ).items()
        },
    )
    made = Delegation.objects.get(function=function("start-up"))
    assert answer.url == reverse("studies:study-detail", args=[world.study.pk])
    words = page(world.ada, "studies:delegation-detail", made.pk)
    for said in (
        "Below",
        "Europe",
        "SOW, version 1.0",
        "§4.2",
        "1 Feb 2024",
        "The sponsor&#x27;s",
        "The CRO&#x27;s",
        "Head of start-up",
        "Start-up lead",
        "Legal",
        "Finance",
        "Northwind Therapeutics, always",
    ):
        assert said in words, said
    assert "For FDA" not in words  # a function is no obligation


def test_performer_and_agreement_are_of_the_cro(world: World) -> None:
    below, other, ours, theirs = providers(world)
    for wrong, words in (
        ({"performer": other}, "Other does not work under Alpha"),
        ({"agreement_version": theirs}, "This agreement is not with Alpha"),
        ({"kind": "retained", "engagement": None, "agreement_version": ours}, "no CRO acts"),
        ({"kind": "retained", "engagement": None, "performer": below}, "no CRO acts"),
    ):
        with pytest.raises(ValidationError, match=words):
            create_delegation(
                actor=Actor.system("tests"), today=None, values=values(world, **wrong)
            )
    foreign = Vendor.objects.create(sponsor=world.southwind, name="Far")
    sub = Vendor.objects.create(sponsor=world.southwind, name="Farther", parent=foreign)
    told = send(world.sam, CREATE, performer=sub.pk, study=world.study.pk)
    assert "not one of the available choices" in refusals(told)


def test_a_circle_of_sub_providers_ends(world: World) -> None:
    below, _, _, _ = providers(world)
    with acting(Actor.system("tests")):
        Vendor.objects.filter(name="Sub").update(parent=below)
    with pytest.raises(ValidationError, match="does not work under Alpha"):
        create_delegation(
            actor=Actor.system("tests"),
            today=None,
            values=values(world, performer=Vendor.objects.get(name="Below")),
        )


def test_one_click_confirms_that_the_sponsor_keeps_it(world: World) -> None:
    kept = function("biostatistics")
    assert "Sponsor keeps it" in page(world.sam, "studies:study-detail", world.study.pk)
    assert "Sponsor keeps it" not in page(world.quinn, "studies:study-detail", world.study.pk)
    told = signed_in(world.sam).post(
        reverse(RETAINED, args=[world.study.pk]), {"function": kept.pk}, follow=True
    )
    assert "confirmed that the sponsor keeps Biostatistics" in told.content.decode()
    made = Delegation.objects.get(function=kept)
    assert (made.kind, made.confirmed_by, made.until_date) == ("retained", world.sam, None)
    assert made.from_date == made.confirmed_on == timezone.localdate()
    assert last_change("studies_delegation").reason == "Confirmed that the sponsor keeps it"


def test_many_are_confirmed_at_once_up_to_what_begins_later(world: World) -> None:
    today = timezone.localdate()
    later = today + timedelta(days=30)
    rows = [function("biostatistics"), Function.objects.get(obligation__code="T19")]
    create_delegation(
        actor=Actor.system("tests"),
        today=None,
        values=values(world, function=rows[1], from_date=later),
    )
    words = page(world.sam, RETAINED, world.study.pk)
    assert "T19 Monitoring of conduct" in words
    never = Function.objects.get(obligation__code="N01")
    told = signed_in(world.sam).post(
        reverse(RETAINED, args=[world.study.pk]),
        {"function": [*(row.pk for row in rows), never.pk, "x"], "reason": "steering meeting"},
        follow=True,
    )
    assert "keeps 2 functions and obligations" in told.content.decode()
    kept = Delegation.objects.filter(kind="retained").order_by("pk")
    assert [one.until_date for one in kept] == [None, later - timedelta(days=1)]
    assert last_change("studies_delegation").reason == "steering meeting"
    assert "T19 Monitoring of conduct" not in page(world.sam, RETAINED, world.study.pk)


def test_what_somebody_holds_is_not_kept_and_all_or_none(world: World) -> None:
    held = function("data-management")
    client, address = signed_in(world.sam), reverse(RETAINED, args=[world.study.pk])
    told = client.post(address, {"function": [function("biostatistics").pk, held.pk]}, follow=True)
    assert "Data management: somebody has recorded who does this" in told.content.decode()
    assert not Delegation.objects.filter(kind="retained").exists()
    told = client.post(address, {}, follow=True)
    assert "mark what the sponsor keeps" in told.content.decode()
    with pytest.raises(ValueError, match="not a person"):
        confirm_retained(actor=Actor.system("tests"), study=world.study, functions=[], today=TODAY)


def test_a_device_study_transfers_nothing(world: World) -> None:
    with acting(Actor.system("tests")):
        Study.objects.filter(pk=world.study.pk).update(product_type="device")
        made = create_delegation(
            actor=Actor.system("tests"),
            today=None,
            values=values(world, function=Function.objects.get(obligation__code="T19")),
        )
    words = page(world.sam, "studies:delegation-detail", made.pk)
    assert "Delegated to the CRO" in words
    assert "Transferred to the CRO" not in words.split('class="changes"', maxsplit=1)[0]
    assert "812 has no rule" in words
    assert "For FDA" not in words
    with acting(Actor.system("tests")):
        Study.objects.filter(pk=world.study.pk).update(product_type="drug")
    words = page(world.sam, "studies:delegation-detail", made.pk)
    assert "For FDA" in words
    assert "812 has no rule" not in words
