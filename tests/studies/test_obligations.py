"""Obligations: the catalogue's first edition, what can never move, and the matrix by obligation."""

import pytest

from studies.models import Delegation, Function, Obligation
from tests.people import World
from tests.vendors.browsing import page, refusals, send

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
