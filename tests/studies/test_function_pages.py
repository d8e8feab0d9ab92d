"""Functions: the common ones are read only; a sponsor's own are its own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from inspection.audit_trail.scope import changes_of
from kpis.due import applicable
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.delegating import create_delegation
from studies.models import Delegation, Function
from studies.services import change_function, create_function
from tests.people import START, World
from tests.vendors.browsing import filled, last_change, page, refusals, send, signed_in, status
from vendors.access import Role
from vendors.models import Membership, Sponsor

pytestmark = pytest.mark.django_db

LIST, DETAIL = "studies:function-list", "studies:function-detail"
CREATE, EDIT = "studies:function-create", "studies:function-edit"
SYSTEM = Actor.system("tests")


def common() -> Function:
    return Function.objects.get(slug="data-management")


def own(world: World) -> Function:
    values = {"name": "Biomarker laboratory", "description": "Assays of exploratory samples."}
    return create_function(actor=SYSTEM, sponsor=world.northwind, values=values)


def delegate_to_alpha(world: World, function: Function) -> Delegation:
    return create_delegation(
        actor=SYSTEM,
        today=None,
        values={
            "study": world.study,
            "function": function,
            "kind": "transferred",
            "engagement": world.alpha_engagement,
            "from_date": START,
        },
    )


def test_the_common_functions_are_the_same_for_everybody(world: World) -> None:
    for person in (world.sam, world.ada):
        words = page(person, LIST)
        assert (
            f"{Function.objects.filter(kind='function').count()} functions can be delegated"
            in words
        )
        assert "Pharmacovigilance" in words
        assert "EDC build" in page(person, DETAIL, common().pk)


def test_nobody_edits_a_common_function(world: World) -> None:
    assert status(world.sam, EDIT, common().pk) == 403
    assert reverse(EDIT, args=[common().pk]) not in page(world.sam, DETAIL, common().pk)
    with pytest.raises(ValidationError, match="change with the product"):
        change_function(
            actor=SYSTEM, function=common(), values={"name": "Mine"}, seen=0, reason="mine"
        )


def test_the_page_of_a_function_says_who_does_it_to_those_who_may_know(world: World) -> None:
    words = page(world.sam, DETAIL, common().pk)
    assert "NWT-301" in words
    assert "NWT-204" in words
    assert "NWT-204" not in page(world.ada, DETAIL, common().pk)


def test_a_sponsor_adds_its_own(world: World) -> None:
    answer = send(world.sam, CREATE, name="Biomarker laboratory", reason="new in phase I")
    made = Function.objects.get(name="Biomarker laboratory")
    assert answer.url == reverse(DETAIL, args=[made.pk])
    assert (made.sponsor, made.slug) == (world.northwind, "own-biomarker-laboratory")
    assert last_change("studies_function").reason == "new in phase I"
    assert "new in phase I" in page(world.sam, DETAIL, made.pk)
    assert "Northwind Therapeutics" in page(world.sam, LIST)


def test_a_sponsors_own_function_is_no_other_sponsors_to_see(world: World) -> None:
    made = own(world)
    delegate_to_alpha(world, made)
    for name in (LIST, "studies:delegation-list", "studies:delegation-create"):
        assert "Biomarker" not in page(world.olga, name)
    for name in (DETAIL, EDIT):
        assert status(world.olga, name, made.pk) == 404
    # The same name is free elsewhere, so that a refusal tells nothing.
    assert send(world.olga, CREATE, name="Biomarker laboratory").status_code == 302


def test_a_cro_sees_it_once_it_does_it(world: World) -> None:
    made = own(world)
    assert status(world.ada, DETAIL, made.pk) == 404
    delegate_to_alpha(world, made)
    words = page(world.ada, DETAIL, made.pk)
    assert "NWT-301" in words
    assert "who, when, from what to what, why" not in words
    assert "Biomarker laboratory" in page(world.ada, LIST)
    assert "Biomarker laboratory" not in page(world.ben, LIST)
    assert status(world.ben, DETAIL, made.pk) == 404
    assert status(world.ada, EDIT, made.pk) == 403


def test_nobody_delegates_another_sponsors_function(world: World) -> None:
    theirs = create_function(actor=SYSTEM, sponsor=world.southwind, values={"name": "Theirs"})
    with pytest.raises(ValidationError, match="another sponsor's register"):
        delegate_to_alpha(world, theirs)
    answer = send(
        world.sam,
        "studies:delegation-create",
        study=world.study.pk,
        function=theirs.pk,
        kind="retained",
        from_date=START,
    )
    assert "not one of the available choices" in refusals(answer)


def test_somebody_in_two_sponsors_keeps_them_apart(world: World) -> None:
    theirs = create_function(actor=SYSTEM, sponsor=world.southwind, values={"name": "Theirs"})
    with acting(SYSTEM):
        Membership.objects.create(
            user=world.sam, sponsor=world.southwind, role=Role.OVERSIGHT_MANAGER, from_date=START
        )
    sam = User.objects.get(pk=world.sam.pk)
    assert "Theirs" not in page(sam, "studies:study-detail", world.study.pk)
    words = page(sam, "studies:delegation-list")
    assert f"?study={world.study.pk}&amp;function={theirs.pk}" not in words
    assert f"function={theirs.pk}" in words  # on Southwind's own study
    answer = send(
        sam,
        "studies:delegation-create",
        study=world.study.pk,
        function=theirs.pk,
        kind="retained",
        from_date=START,
    )
    assert "another sponsor's register" in refusals(answer)
    assert "This field is required" in refusals(send(sam, CREATE, name="Whose"))
    send(sam, CREATE, name="Whose", sponsor=world.southwind.pk)
    assert Function.objects.get(name="Whose").sponsor == world.southwind


def test_names_are_refused_once_taken(world: World) -> None:
    own(world)
    taken = send(world.sam, CREATE, name="Biomarker laboratory")
    assert "already holds a function of this name" in refusals(taken)
    taken = send(world.sam, CREATE, name="data management")
    assert "The common functions hold this one" in refusals(taken)


def test_a_slug_stays_and_is_never_a_common_one(world: World) -> None:
    made = own(world)
    send(world.sam, EDIT, made.pk, name="Special laboratory", reason="wider")
    made.refresh_from_db()
    assert (made.name, made.slug) == ("Special laboratory", "own-biomarker-laboratory")
    assert own(world).slug == "own-biomarker-laboratory-2"
    unwritable = create_function(actor=SYSTEM, sponsor=world.northwind, values={"name": "検査"})
    assert unwritable.slug == "own-function"
    with pytest.raises(IntegrityError), transaction.atomic(), acting(SYSTEM):
        Function.objects.create(sponsor=world.northwind, slug="pharmacokinetics", name="PK")
    with pytest.raises(IntegrityError), transaction.atomic(), acting(SYSTEM):
        Function.objects.create(slug="own-pharmacokinetics", name="PK")
    assert applicable("full-service", [made.slug], period=START) == ()


def test_an_edit_needs_its_reason_and_is_told_when_stale(world: World) -> None:
    made = own(world)
    assert "Say why" in refusals(send(world.sam, EDIT, made.pk, name="Other"))
    client, address = signed_in(world.sam), reverse(EDIT, args=[made.pk])
    opened = filled(client, address, name="Mine", reason="mine")
    send(world.sam, EDIT, made.pk, name="Theirs", reason="theirs")
    assert "Somebody changed this record" in refusals(client.post(address, opened))
    assert "theirs" in page(world.sam, DETAIL, made.pk)


def test_who_may_not(world: World) -> None:
    made = own(world)
    assert status(world.nora, LIST) == 403
    assert status(world.nora, DETAIL, common().pk) == 404
    for person in (world.quinn, world.ines, world.ada):
        assert status(person, CREATE) == 403
    for person in (world.quinn, world.ines):
        assert status(person, DETAIL, made.pk) == 200
        assert status(person, EDIT, made.pk) == 403


def test_a_reviewer_sees_changes_of_common_functions_and_of_the_sponsors_own(world: World) -> None:
    made = own(world)
    with acting(SYSTEM):
        Function.objects.filter(pk=common().pk).update(description="Wider than before.")

    def changed(sponsor: Sponsor) -> set[str]:
        rows = changes_of([sponsor]).filter(table_name="studies_function")
        return set(rows.values_list("object_id", flat=True))

    assert {str(common().pk), str(made.pk)} <= changed(world.northwind)
    assert str(common().pk) in changed(world.southwind)
    assert str(made.pk) not in changed(world.southwind)
