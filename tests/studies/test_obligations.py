"""Obligations: the catalogue's first edition, what can never move, and the matrix by obligation."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.history import last_change_id
from studies.models import Delegation, Function, Obligation
from studies.obligations import change_obligation
from tests.people import World
from tests.vendors.browsing import last_change, page, refusals, send, status

pytestmark = pytest.mark.django_db

WORK = {"kind": "transferred", "clause": "TORO v1", "from_date": "2025-01-01"}


def code(which: str) -> Function:
    """Return the row of the taxonomy that has this code."""
    return Function.objects.get(obligation__code=which)


def test_the_first_edition_has_42_obligations_and_what_can_never_move() -> None:
    found = Obligation.objects.all()
    assert found.filter(transferable=True).count() == 42
    assert found.filter(transferable=False).count() == 6
    assert found.filter(part312="yes").count() == 21
    assert not found.filter(transferable=False).exclude(part312="no").exists()
    assert {one.function.kind for one in found.select_related("function")} == {"obligation"}


def test_the_list_says_who_must_confirm_the_citations(world: World) -> None:
    words = page(world.ada, "studies:obligation-list")
    assert "48 obligations" in words
    assert "to be confirmed by regulatory affairs" in words
    assert "312.52" in page(world.sam, "studies:obligation-list", q="T41")
    assert "1 obligation match" in page(
        world.sam, "studies:obligation-list", q="312.59 destruction"
    )
    assert "Nothing fits these words" in page(world.sam, "studies:obligation-list", q="xyz")
    words = page(world.sam, "studies:function-detail", code("T12").pk)
    assert "312.53(a)" in words
    assert "to be confirmed by regulatory affairs" in words


def test_an_obligation_is_delegated_like_a_function(world: World) -> None:
    answer = send(
        world.sam,
        "studies:delegation-create",
        study=world.study.pk,
        function=code("T19").pk,
        engagement=world.alpha_engagement.pk,
        **WORK,
    )
    assert answer.status_code == 302
    words = page(world.sam, "studies:delegation-list", of="obligations")
    assert "T19 Monitoring of conduct" in words
    assert "42 obligations on 2 studies: 83 of 84 retained by default, unconfirmed" in words
    assert "T19" not in page(world.sam, "studies:delegation-list")
    assert "T19" in page(world.ada, "studies:delegation-list", of="obligations")
    assert "T20" not in page(world.ada, "studies:delegation-list", of="obligations")
    assert "T19" not in page(world.ben, "studies:delegation-list", of="obligations")


@pytest.mark.parametrize("which", ["N01", "N02", "N03", "N04", "N05", "N06"])
def test_what_can_never_move_is_not_offered(world: World, which: str) -> None:
    answer = send(
        world.sam,
        "studies:delegation-create",
        study=world.study.pk,
        function=code(which).pk,
        engagement=world.alpha_engagement.pk,
        **WORK,
    )
    assert "Select a valid choice" in refusals(answer)
    assert not Delegation.objects.filter(function=code(which)).exists()


def test_functions_and_obligations_are_listed_apart(world: World) -> None:
    words = page(world.sam, "studies:function-list")
    assert "Data management" in words
    assert "Preparing and submitting the IND" not in words
    assert "Preparing and submitting the IND" not in page(
        world.sam, "studies:study-detail", world.study.pk
    )


def add(world: World, **more: Any) -> Function:
    """Let Sam add an obligation of Northwind's own."""
    answer = send(
        world.sam,
        "studies:obligation-create",
        **{
            "name": "Reporting to the national registry",
            "group": "Safety",
            "other_citation": "Swiss ClinO art. 64",
            "reason": "Swiss sites",
            **more,
        },
    )
    assert answer.status_code == 302, refusals(answer)
    return Function.objects.order_by("pk").last() or Function()


def test_a_sponsor_adds_its_own_and_nobody_else_sees_it(world: World) -> None:
    one = add(world)
    other = add(world, name="Another", other_citation="", drug_citation="21 CFR 11")
    assert [function.obligation.code for function in (one, other)] == ["own-1", "own-2"]
    assert (one.sponsor, one.kind) == (world.northwind, "obligation")
    assert last_change("studies_obligation").reason == "Swiss sites"
    words = page(world.sam, "studies:obligation-list")
    assert "own-1 Reporting to the national registry" in words
    assert "50 obligations" in words
    words = page(world.sam, "studies:function-detail", one.pk)
    assert "Swiss ClinO art. 64" in words
    assert "to be confirmed by regulatory affairs" in words
    assert "own-1" in page(world.sam, "studies:delegation-list", of="obligations")
    for stranger in (world.ada, world.olga):
        assert "own-1" not in page(stranger, "studies:obligation-list")
        assert status(stranger, "studies:function-detail", one.pk) == 404
    sent = send(
        world.sam,
        "studies:delegation-create",
        study=world.study.pk,
        function=one.pk,
        engagement=world.alpha_engagement.pk,
        **WORK,
    )
    assert sent.status_code == 302
    assert "own-1" in page(world.ada, "studies:obligation-list")
    assert status(world.ben, "studies:function-detail", one.pk) == 404


def test_each_change_is_another_edition_and_the_history_keeps_both(world: World) -> None:
    one = add(world)
    edit = "studies:obligation-edit"
    assert "Say why" in refusals(send(world.sam, edit, one.pk, practice="Monthly"))
    send(world.sam, edit, one.pk, practice="Monthly", reason="agreed")
    send(world.sam, edit, one.pk, name="Reports to the registry", reason="shorter")
    send(world.sam, edit, one.pk, reason="nothing new")
    rule = Obligation.objects.select_related("function").get(pk=one.pk)
    assert (rule.edition, rule.function.name) == (3, "Reports to the registry")
    assert rule.practice == "Monthly"
    words = page(world.quinn, "studies:function-detail", one.pk)
    for said in ("agreed", "shorter", "Reporting to the national registry", "<dd>3</dd>"):
        assert said in words, said
    assert "nothing new" not in words


def test_what_is_held_stays_movable_and_what_cannot_move_is_not_delegated(world: World) -> None:
    one = add(world)
    values = {"study": world.study.pk, "function": one.pk, **WORK}
    values |= {"engagement": world.alpha_engagement.pk}
    send(world.sam, "studies:delegation-create", **values)
    edit = "studies:obligation-edit"
    told = send(world.sam, edit, one.pk, transferable=False, reason="by law")
    assert "A CRO holds it" in refusals(told)
    fixed = add(world, name="Ours alone", transferable=False)
    answer = send(world.sam, "studies:delegation-create", **values | {"function": fixed.pk})
    assert "Select a valid choice" in refusals(answer)


def test_the_catalogue_is_no_sponsors_to_write(world: World) -> None:
    common = Obligation.objects.get(code="T19")
    assert status(world.sam, "studies:obligation-edit", common.pk) == 403
    assert status(world.sam, "studies:function-edit", common.pk) == 404
    with pytest.raises(ValidationError, match="change with the product"):
        change_obligation(
            actor=Actor.system("tests"),
            obligation=common,
            values={"practice": "Otherwise"},
            seen=last_change_id(common),
            reason="by mistake",
        )
    answer = send(world.sam, "studies:obligation-create", name="data MANAGEMENT", group="Data")
    assert "common functions hold this one" in refusals(answer)


def test_by_product_and_region(world: World) -> None:
    add(world)
    words = page(world.sam, "studies:obligation-list", whose="own", region="eu")
    assert "1 obligation match" in words
    assert "all products; EU and others" in words
    assert "0 obligations" in page(
        world.sam, "studies:obligation-list", whose="own", product="drug"
    )
    devices = page(world.sam, "studies:obligation-list", product="device")
    assert "T19" in devices
    assert "T31 " not in devices  # randomisation: 21 CFR 812 says nothing of it
