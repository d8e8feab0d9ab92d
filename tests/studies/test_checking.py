"""While somebody fills in a delegation, the page says what saving it would raise and clear."""

from typing import Any

import pytest
from django.urls import reverse

from oversight.accounts.models import User
from studies.models import Delegation, Function
from tests.people import World
from tests.vendors.browsing import filled, page, signed_in

pytestmark = pytest.mark.django_db
NEW = "studies:delegation-check"


def check(user: User, form: str, address: str, *, htmx: bool = True, **values: Any) -> str:
    """Fill in a form as shown and ask what saving would change."""
    client = signed_in(user)
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post(address, filled(client, form, **values), headers=headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_new_record_is_judged_before_it_is_saved(world: World) -> None:
    form, address = reverse("studies:delegation-create"), reverse(NEW)
    words = check(world.sam, form, address, study=world.study.pk)
    assert "Choose study, function" in words
    values: dict[str, Any] = {
        "study": world.study.pk,
        "function": Function.objects.get(slug="start-up").pk,
        "kind": "transferred",
        "engagement": world.alpha_engagement.pk,
        "from_date": "2025-01-01",
    }
    words = check(world.sam, form, address, **values)
    assert "<html" not in words
    raised, cleared = words.split("Would be cleared")
    for flag in ("Decision gap", "Unqualified"):
        assert flag in raised
    assert "Gap.</b> Nobody is recorded for Study start-up on NWT-301" in cleared
    assert Delegation.objects.count() == 2
    words = check(world.sam, form, address, **values, decision_maker="Sam Okafor")
    assert "Decision gap" not in words


def test_without_scripts_the_form_comes_back_with_the_answer(world: World) -> None:
    delegation = Delegation.objects.get(study=world.study)
    form = reverse("studies:delegation-edit", args=[delegation.pk])
    address = reverse("studies:delegation-check-change", args=[delegation.pk])
    assert f'formaction="{address}"' in page(world.sam, "studies:delegation-edit", delegation.pk)
    words = check(world.sam, form, address, htmx=False, decision_maker="Sam Okafor")
    assert f'action="{form}"' in words
    assert "Would be cleared" in words
    assert 'value="Sam Okafor"' in words
    delegation.refresh_from_db()
    assert delegation.decision_maker == ""


def test_flags_show_in_the_matrix_and_on_the_pages_of_study_engagement_and_cro(
    world: World,
) -> None:
    assert "× Unqualified" in page(world.sam, "studies:delegation-list")
    assert "× Unqualified" not in page(world.ada, "studies:delegation-list")
    assert "× Decision gap" in page(world.ada, "studies:delegation-list")
    lapsed = "Alpha holds or performs Data management on NWT-301. Its qualification: never assessed"
    for name, pk in (
        ("studies:study-detail", world.study.pk),
        ("studies:engagement-detail", world.alpha_engagement.pk),
        ("vendors:vendor-detail", world.alpha.pk),
    ):
        assert lapsed in page(world.sam, name, pk), name
        words = page(world.ada, name, pk)
        assert "who decides in the end" in words
        assert "never assessed" not in words
        assert "Beta" not in words
