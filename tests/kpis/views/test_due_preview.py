"""The preview of a delegation: what it says is what the calendar shows once it is saved."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpis.definitions import catalogue
from kpis.due import Change, Duty, Item, duties, items
from kpis.engine.terms import Asked
from kpis.models import ChosenKpi
from kpis.selectors.due_preview import due_changes
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function
from tests.kpis.browsing import browser, words_of
from tests.people import START, World

pytestmark = pytest.mark.django_db
MONTHS = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(36)]


def ask(world: World, delegation: Delegation | None = None, **values: Any) -> Any:
    pk = delegation.pk if delegation else 0
    return browser(world.sam).post(reverse("kpis:due-preview", args=[pk]), values)


def monitoring(world: World, **values: Any) -> dict[str, Any]:
    return {
        "study": world.study.pk,
        "function": Function.objects.get(slug="clinical-monitoring").pk,
        "kind": "transferred",
        "engagement": world.alpha_engagement.pk,
        "from_date": "2026-03-09",
        **values,
    }


def test_a_new_delegation_says_what_is_owed_from_when(world: World) -> None:
    words = words_of(ask(world, **monitoring(world)))
    assert "From March 2026 Alpha also owes" in words
    assert "for NWT-301: " in words
    assert not Delegation.objects.filter(function__slug="clinical-monitoring").exists()


def test_ending_one_says_what_is_no_longer_due(world: World) -> None:
    delegation = Delegation.objects.get(engagement=world.alpha_engagement)
    values = {"kind": "transferred", "engagement": world.alpha_engagement.pk}
    answer = ask(world, delegation, from_date=START, until_date="2026-03-31", **values)
    assert "From April 2026 Alpha no longer owes" in words_of(answer)
    # Without scripts the form stands below, and saves to where it came from.
    address = reverse("studies:delegation-edit", args=[delegation.pk])
    assert f'action="{address}"' in answer.content.decode()


def test_what_changes_nothing_and_what_is_not_complete(world: World) -> None:
    kept = monitoring(world, kind="retained", engagement="")
    assert "This changes nothing in what is due." in words_of(ask(world, **kept))
    words = words_of(ask(world, **monitoring(world, engagement="")))
    assert "Complete the form first" in words
    assert "Name the engagement" in words


def test_another_sponsors_delegation_cannot_be_asked_about(world: World) -> None:
    delegation = Delegation.objects.get(engagement=world.alpha_engagement)
    address = reverse("kpis:due-preview", args=[delegation.pk])
    assert browser(world.olga).post(address).status_code == 404
    form = browser(world.olga).post(reverse("kpis:due-preview", args=[0]), monitoring(world))
    assert "Alpha" not in words_of(form)


def test_the_cost_does_not_grow_with_what_is_delegated(world: World) -> None:
    client, counts = browser(world.sam), []
    address = reverse("kpis:due-preview", args=[0])
    for slugs in ((), ("medical-writing", "biostatistics", "start-up", "feasibility")):
        with acting(Actor.system("tests")):
            for slug in slugs:
                delegated(world, slug, START, None)
        with CaptureQueriesContext(connection) as captured:
            client.post(address, monitoring(world), headers={"HX-Request": "true"})
        counts.append(len(captured))
    assert counts[0] == counts[1]


def delegated(world: World, slug: str, first: date, last: date | None, **more: Any) -> Delegation:
    return Delegation.objects.create(
        study=world.study,
        function=Function.objects.get(slug=slug),
        kind=Delegation.Kind.TRANSFERRED,
        engagement=world.alpha_engagement,
        from_date=first,
        until_date=last,
        **more,
    )


def calendar(world: World) -> tuple[Duty, ...]:
    return duties(Delegation.objects.visible_to(world.sam))


WHEN_CHOSEN = [one.slug for one in catalogue().values() if one.asked is Asked.WHEN_CHOSEN][:5]
days = st.dates(date(2024, 3, 1), date(2026, 6, 1))
FUNCTIONS = ["clinical-monitoring", "data-management", "pharmacovigilance", "medical-writing"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    model=st.sampled_from(Engagement.Model.values),
    ends=st.none() | days,
    slug=st.sampled_from(FUNCTIONS),
    kind=st.sampled_from(["transferred", "retained"]),
    region=st.sampled_from(["", "europe"]),
    first=days,
    lasts=st.none() | st.integers(0, 400),
    new=st.booleans(),
)
def test_what_the_preview_says_is_what_the_calendar_shows_after_saving(
    world: World,
    model: str,
    ends: date | None,
    slug: str,
    kind: str,
    region: str,
    first: date,
    lasts: int | None,
    new: bool,
) -> None:
    last = None if lasts is None else first + timedelta(days=lasts)
    undone = transaction.savepoint()
    with acting(Actor.system("tests")):
        engagement = world.alpha_engagement
        Engagement.objects.filter(pk=engagement.pk).update(model=model, end_date=ends)
        engagement.refresh_from_db()
        delegated(world, slug, START, date(2024, 2, 10), region="latin-america")
        for chosen in WHEN_CHOSEN:
            ChosenKpi.objects.create(
                engagement=engagement,
                slug=chosen,
                from_month=date(2025, 1, 1),
                until_month=date(2025, 8, 1),
                chosen_by=world.sam,
                chosen_at=timezone.now(),
            )
        if new:
            planned = Delegation(study=world.study, function=Function.objects.get(slug=slug))
        else:
            planned = delegated(world, slug, date(2024, 2, 20), None, region="north-america")
        before = calendar(world)
        held_by = None if new else engagement.pk
        planned.kind, planned.region = kind, region
        planned.engagement_id = engagement.pk if kind == "transferred" else None
        planned.from_date, planned.until_date = first, last
        said = due_changes(world.sam, delegation=planned, held_by=held_by)
        if not (slug == "data-management" and region == "" and kind == "transferred"):
            planned.save()  # The database refuses one party twice on one day.
            after = calendar(world)
            for month in MONTHS:
                assert applied(said, month, items(before, period=month)) == items(
                    after, period=month
                )
    transaction.savepoint_rollback(undone)


def applied(said: Iterable[Change], month: date, asked: frozenset[Item]) -> frozenset[Item]:
    """What was asked, changed by what the preview says of the month."""
    here = [one for one in said if one.first <= month and (one.last is None or one.last >= month)]
    less = {one.item for one in here if not one.due}
    return asked - less | {one.item for one in here if one.due}
