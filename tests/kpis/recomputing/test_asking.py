"""Asking: the parts there are, what is refused; cancelling; what the database itself refuses."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kpis.models import Recomputation, RecomputedPart
from kpis.recomputing.asking import RecomputationRefused, cancel
from kpis.recomputing.work import unfinished
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.recomputing.makers import LATER, asked, done, two_months
from tests.people import World
from vendors.access import actor_of


def entry(event: Event) -> Any:
    return AuditTrailEntry.objects.filter(event=event.value).latest("pk")


def test_a_part_per_study_and_one_for_what_spans_them(world: World) -> None:
    two_months(world)
    parts = list(asked(world).parts.order_by("-study"))
    found = {(part.study, part.engagement): part.months for part in parts}
    assert found == {(world.study, None): 2, (None, world.alpha_engagement): 2}
    assert {str(part) for part in parts} == {"NWT-301", "Alpha for NWT-301"}
    said = entry(Event.RECOMPUTING)
    assert (said.reason, said.detail["months"]) == ("After a restore.", 4)
    assert said.sponsor_id == world.northwind.pk


@pytest.mark.parametrize("kind", ["proof", "update"])
def test_the_scope_narrows_it(world: World, kind: str) -> None:
    two_months(world)
    for scope in (world.beta, world.other_study):
        with pytest.raises(RecomputationRefused, match="No month of it was accepted"):
            asked(world, kind, scope=scope)
    one_month = {"first_month": date(2025, 11, 1), "last_month": date(2025, 11, 1)}
    made = asked(world, kind, scope=world.study, **one_month)
    assert [(part.study, part.months) for part in made.parts.all()] == [(world.study, 1)]
    assert not Recomputation.objects.filter(study=world.other_study).exists()


def test_what_is_refused_says_why(world: World) -> None:
    two_months(world)
    with pytest.raises(RecomputationRefused, match="Say why"):
        asked(world, reason=" ")
    with pytest.raises(RecomputationRefused, match="before the first"):
        asked(world, last_month=date(2024, 1, 1))
    first = asked(world)
    with pytest.raises(RecomputationRefused, match="not finished"):
        asked(world, "update")
    done(first)
    asked(world, "update")


def test_cancelled_nothing_more_is_begun_and_what_is_finished_stays(world: World) -> None:
    two_months(world)
    row = asked(world)
    assert len(unfinished(row.pk)) == 2
    assert cancel(actor=actor_of(world.sam), recomputation=row, now=LATER)
    assert unfinished(row.pk) == []
    assert not cancel(actor=actor_of(world.sam), recomputation=row, now=LATER)
    assert entry(Event.CANCELLED).actor_name == str(world.sam)
    assert done(row).finished_at is None
    asked(world)


def refused(**fields: Any) -> bool:
    try:
        with transaction.atomic():
            Recomputation.objects.create(**fields)
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_what_makes_no_sense(world: World) -> None:
    month = date(2025, 1, 1)
    good = {
        "sponsor": world.northwind,
        "kind": "proof",
        "first_month": month,
        "last_month": month,
        "reason": "Why",
        "asked_at": LATER,
        "asked_by": world.sam,
    }
    with acting(Actor.system("tests")):
        assert refused(**good | {"reason": ""})
        assert refused(**good | {"first_month": date(2025, 1, 2)})
        assert refused(**good | {"last_month": date(2024, 12, 1)})
        assert refused(**good | {"vendor": world.alpha, "study": world.study})
        assert refused(**good | {"cancelled_at": LATER})
        over = {"cancelled_at": LATER, "cancelled_by": world.sam, "finished_at": LATER}
        assert refused(**good | over)
        row = Recomputation.objects.create(**good)
        assert refused(**good)
        for wrong in (
            {},
            {"study": world.study, "engagement": world.alpha_engagement},
            {"study": world.study, "finished_at": LATER},
            {"study": world.study, "begun_at": LATER, "finished_at": LATER, "again": 1},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                RecomputedPart.objects.create(recomputation=row, months=2, **wrong)
