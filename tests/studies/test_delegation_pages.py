"""Delegations: the matrix, a study's functions, create, edit, and who may not."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.delegating import create_delegation
from studies.models import Delegation, Engagement, Function, Study
from tests.people import START, World
from tests.vendors.browsing import filled, last_change, page, refusals, send, signed_in, status
from vendors.models import Vendor

pytestmark = pytest.mark.django_db

CREATE = "studies:delegation-create"
EDIT = "studies:delegation-edit"


def function(slug: str) -> Function:
    return Function.objects.get(slug=slug)


def of_alpha(world: World) -> Delegation:
    return Delegation.objects.get(engagement=world.alpha_engagement)


def southwind_engagement(world: World) -> Engagement:
    stranger = Vendor.objects.create(sponsor=world.southwind, name="Stranger")
    return Engagement.objects.create(
        sponsor=world.southwind, vendor=stranger, name="S", model="fsp", start_date=START
    )


def test_the_matrix_of_the_sponsor(world: World) -> None:
    words = page(world.sam, "studies:delegation-list")
    total = Function.objects.filter(kind="function").count() * 2
    assert f"on 2 studies: {total - 2} of {total} retained by default, unconfirmed" in words
    assert "Alpha" in words
    assert "Beta" in words
    assert "NWT-204" not in _table(
        page(world.sam, "studies:delegation-list", study=str(world.study.pk))
    )


def _table(words: str) -> str:
    return words[words.index("<table") : words.index("</table>")]


def test_the_matrix_of_a_cro_holds_its_own_cells_only(world: World) -> None:
    send(
        world.sam,
        CREATE,
        study=world.study.pk,
        function=function("data-management").pk,
        kind="shared",
        engagement=world.beta_engagement.pk,
        split="Beta: coding.",
        from_date=START,
    )
    words = page(world.ada, "studies:delegation-list")
    assert "Beta" not in words
    assert "by default" not in words
    assert words.count('<th scope="row">') == 1
    words = page(world.ada, "studies:study-detail", world.study.pk)
    assert "Beta" not in words
    assert "unconfirmed" not in words
    assert "Biostatistics" not in words


def test_the_matrix_is_of_a_day_a_region_and_what_is_asked_for(world: World) -> None:
    data = function("data-management").pk
    send(
        world.sam,
        CREATE,
        study=world.study.pk,
        function=data,
        kind="transferred",
        engagement=world.beta_engagement.pk,
        region="europe",
        from_date=date(2025, 1, 1),
    )

    def cells(**asked: str) -> str:
        return _table(page(world.sam, "studies:delegation-list", study=study, **asked))

    study = str(world.study.pk)
    assert "Europe:" in cells()
    assert "elsewhere:" in cells()
    assert "Beta" not in cells(on="2024-06-01")
    assert "Alpha" not in cells(on="2023-12-31")
    assert "Alpha" not in cells(region="europe")
    assert "Beta" not in cells(region="asia-pacific")
    assert cells(q="DATA manag").count('<th scope="row">') == 1
    assert cells(how="transferred").count('<th scope="row">') == 1
    assert cells(party=str(world.beta.pk)).count('<th scope="row">') == 1
    words = page(world.sam, "studies:delegation-list", how="overlap")
    assert "Nothing fits these filters" in words
    assert "NWT-204" in page(world.sam, "studies:delegation-list", on="soon", region="x", party="y")
    both = page(world.sam, "studies:delegation-list", party=str(world.alpha.pk))
    assert "NWT-204" not in _table(both)


def test_two_who_hold_it_are_marked(world: World) -> None:
    send(
        world.sam,
        CREATE,
        study=world.study.pk,
        function=function("data-management").pk,
        kind="transferred",
        engagement=world.beta_engagement.pk,
        from_date=START,
    )
    assert "Held twice" in _table(page(world.sam, "studies:delegation-list"))
    assert "Held twice" in page(world.sam, "studies:study-detail", world.study.pk)
    assert "Held twice" not in page(world.ada, "studies:delegation-list")


def test_a_study_says_who_does_what_and_what_nobody_confirmed(world: World) -> None:
    words = page(world.sam, "studies:study-detail", world.study.pk)
    total = Function.objects.filter(kind="function").count()
    assert f"{total - 1} of {total} functions are retained by default, unconfirmed" in words
    assert words.count("Retained by default, unconfirmed") == total - 1
    assert "WO-1 §4" in words


def test_past_and_future_are_told_apart(world: World) -> None:
    today = timezone.localdate()
    delegation = of_alpha(world)
    send(world.sam, EDIT, delegation.pk, until_date=today - timedelta(days=1), reason="handed over")
    send(
        world.sam,
        CREATE,
        study=world.study.pk,
        function=delegation.function_id,
        kind="transferred",
        engagement=world.beta_engagement.pk,
        from_date=today + timedelta(days=30),
    )
    words = page(world.sam, "studies:study-detail", world.study.pk)
    assert "until" in words
    assert "Beta" in words
    assert "Alpha" not in _table(page(world.sam, "studies:delegation-list"))
    assert "Nothing is delegated on this day" in page(world.ada, "studies:delegation-list")


def test_creating_a_delegation(world: World) -> None:
    answer = send(
        world.sam,
        CREATE,
        study=world.study.pk,
        function=function("biostatistics").pk,
        kind="transferred",
        engagement=world.alpha_engagement.pk,
        clause="WO-1 §7",
        from_date=START,
        reason="work order 1",
    )
    assert answer.url == reverse("studies:study-detail", args=[world.study.pk])
    change = last_change("studies_delegation")
    assert (change.reason, change.actor_name) == ("work order 1", "Sam")
    assert "WO-1 §7" in page(world.ada, "studies:study-detail", world.study.pk)


def test_study_and_function_can_be_chosen_beforehand(world: World) -> None:
    address = reverse(CREATE) + f"?study={world.study.pk}&function={function('start-up').pk}"
    shown = filled(signed_in(world.sam), address)
    assert (shown["study"], shown["function"]) == (world.study.pk, function("start-up").pk)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "transferred"}, "Name the engagement"),
        ({"kind": "shared", "engagement": "alpha"}, "which part is the sponsor"),
        ({"kind": "retained", "engagement": "alpha"}, "no CRO acts|none otherwise"),
        (
            {"kind": "transferred", "engagement": "alpha", "until_date": date(2020, 1, 1)},
            "last day lies before",
        ),
    ],
)
def test_what_a_delegation_may_not_be(world: World, values: dict[str, object], words: str) -> None:
    if "engagement" in values:
        values = values | {"engagement": world.alpha_engagement.pk}
    answer = send(
        world.sam,
        CREATE,
        **{
            "study": world.study.pk,
            "function": function("start-up").pk,
            "from_date": START,
            **values,
        },
    )
    said = refusals(answer)
    assert any(part in said for part in words.split("|")), said
    assert Delegation.objects.count() == 2


def test_the_same_party_twice_on_one_day_is_told(world: World) -> None:
    answer = send(
        world.sam,
        CREATE,
        study=world.study.pk,
        function=function("data-management").pk,
        kind="transferred",
        engagement=world.alpha_engagement.pk,
        from_date=date(2025, 1, 1),
    )
    assert "already recorded for this party on this study in this period" in refusals(answer)


def test_two_parties_may_hold_one_function(world: World) -> None:
    answer = send(
        world.sam,
        CREATE,
        study=world.study.pk,
        function=function("data-management").pk,
        kind="transferred",
        engagement=world.beta_engagement.pk,
        from_date=START,
    )
    assert answer.status_code == 302


def test_other_sponsors_records_are_no_choice(world: World) -> None:
    engagement = southwind_engagement(world)
    values = {"function": function("start-up").pk, "kind": "transferred", "from_date": START}
    foreign = Study.objects.get(protocol_number="SWP-001")
    answer = send(
        world.sam, CREATE, **values, study=foreign.pk, engagement=world.alpha_engagement.pk
    )
    assert "not one of the available choices" in refusals(answer)
    answer = send(world.sam, CREATE, **values, study=world.study.pk, engagement=engagement.pk)
    assert "not one of the available choices" in refusals(answer)
    answer = send(
        world.sam, EDIT, of_alpha(world).pk, engagement=engagement.pk, reason="by mistake"
    )
    assert "not one of the available choices" in refusals(answer)
    with pytest.raises(ValidationError, match="another sponsor's register"):
        create_delegation(
            actor=Actor.system("tests"),
            today=START,
            values={
                "study": world.study,
                "function": function("start-up"),
                "kind": "transferred",
                "engagement": engagement,
                "from_date": START,
            },
        )


def test_a_delegation_changes_and_ends_with_a_reason(world: World) -> None:
    pk = of_alpha(world).pk
    assert "Say why" in refusals(send(world.sam, EDIT, pk, clause="WO-2 §1"))
    send(world.sam, EDIT, pk, engagement=world.beta_engagement.pk, reason="handed over")
    send(world.sam, EDIT, pk, until_date=date(2030, 1, 1), reason="agreed end")
    assert AuditTrailEntry.objects.get(event=Event.ENDED).reason == "agreed end"
    words = page(world.quinn, "studies:delegation-detail", pk)
    assert "Alpha for NWT-301" in words  # old, in the history
    assert "Beta for NWT-204" in words
    assert "handed over" in words


def test_a_stale_delegation_is_told(world: World) -> None:
    pk = of_alpha(world).pk
    client, address = signed_in(world.sam), reverse(EDIT, args=[pk])
    opened = filled(client, address, clause="Mine", reason="mine")
    send(world.sam, EDIT, pk, clause="Theirs", reason="theirs")
    assert "Somebody changed this record" in refusals(client.post(address, opened))


def test_who_may_not(world: World) -> None:
    pk = of_alpha(world).pk
    assert status(world.ada, CREATE) == 403
    assert status(world.ada, EDIT, pk) == 403
    assert status(world.nora, "studies:delegation-list") == 403
    for name in (EDIT, "studies:delegation-detail"):
        assert status(world.ben, name, pk) == 404
        assert status(world.olga, name, pk) == 404
