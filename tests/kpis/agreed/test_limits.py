"""Agreed limits judge from their month on; what is over keeps its colour and explains itself."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kpis.agreed.judging import from_kept, to_keep
from kpis.agreed.reading import limits_in_force
from kpis.agreed.writing import agree_limits, choose_kpi, end_agreed
from kpis.due import chosen_for, duties
from kpis.engine.definition import Limits, Provenance
from kpis.engine.terms import ProvenanceKind
from kpis.models import AgreedLimits, ChosenKpi, KpiResult
from kpis.snapshots.compute import compute_for
from studies.models import Delegation, Engagement
from tests.kpis.makers import NOW, accepted
from tests.people import World
from vendors.access import actor_of

SLUG = "query-aging"
THIS, NEXT = date(2025, 11, 1), date(2025, 12, 1)
LAX = {"amber": 90.0, "red": 95.0, "source": "Quality agreement 2.0, §7"}


def agree(
    world: World, engagement: Engagement | None, *, now: datetime = NOW, **changes: Any
) -> AgreedLimits:
    values: dict[str, Any] = LAX | {"from_month": THIS} | changes
    reason = values.pop("reason", "Agreed in the steering committee")
    return agree_limits(
        actor=actor_of(world.sam),
        sponsor=world.northwind,
        engagement=engagement,
        slug=values.pop("slug", SLUG),
        values=values,
        reason=reason,
        now=now,
    )


def test_an_engagements_limits_go_before_the_sponsors_and_end_with_the_next(world: World) -> None:
    mine = world.alpha_engagement
    assert limits_in_force(mine, THIS) == {}
    agree(world, None)
    agree(world, mine, amber=50.0, red=60.0)
    assert limits_in_force(mine, THIS)[SLUG].amber == 50
    assert limits_in_force(world.beta_engagement, THIS)[SLUG].amber == 90
    assert limits_in_force(mine, date(2025, 10, 1)) == {}
    agree(world, mine, amber=10.0, red=20.0, from_month=NEXT)
    assert [limits_in_force(mine, month)[SLUG].amber for month in (THIS, NEXT)] == [50, 10]


def test_the_month_is_judged_by_them_and_the_result_says_so(world: World) -> None:
    submission = accepted(world)
    (before, _) = compute_for(submission=submission, now=NOW)
    agree(world, None)
    (after, _) = compute_for(submission=submission, now=NOW)

    stored = {
        run.pk: KpiResult.objects.get(run=run, definition__slug=SLUG, country="")
        for run in (before, after)
    }
    assert after.pk != before.pk
    assert stored[before.pk].limits is None  # what was, stays as it was judged
    assert stored[after.pk].limits == {
        "amber": 90.0,
        "red": 95.0,
        "kind": "sponsor-standard",
        "source": "Quality agreement 2.0, §7",
        "year": 2025,
    }
    assert stored[after.pk].value == stored[before.pk].value
    assert compute_for(submission=submission, now=NOW)[0].pk == after.pk


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"from_month": date(2025, 10, 1)}, "no month that is over is judged"),
        ({"amber": 95.0, "red": 90.0}, "red cannot lie below amber"),
        ({"reason": " "}, "Say why you change this"),
        ({"slug": "nothing"}, "There is no such KPI."),
        ({"slug": "deviation-rate"}, "only a comparison or a trend is fair"),
    ],
)
def test_what_cannot_be_agreed_is_refused_with_a_sentence(
    world: World, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        agree(world, None, **changes)
    assert not AgreedLimits.objects.exists()


def test_nothing_is_agreed_twice_for_a_month_nor_for_anothers_engagement(world: World) -> None:
    agree(world, None)
    with pytest.raises(ValidationError, match="Something else was agreed from that month"):
        agree(world, None)
    foreign = Engagement(sponsor=world.southwind, name="Foreign")
    with pytest.raises(ValidationError, match="another sponsor"):
        agree(world, foreign)


def test_an_end_does_not_reach_back_and_comes_once(world: World) -> None:
    row = agree(world, None)
    later = datetime(2026, 3, 10, tzinfo=UTC)
    end: dict[str, Any] = {"actor": actor_of(world.sam), "row": row, "now": later}
    end["reason"] = "New standard"
    with pytest.raises(ValidationError, match="no month that is over"):
        end_agreed(last_month=date(2026, 1, 1), **end)
    end_agreed(last_month=date(2026, 2, 1), **end)
    with pytest.raises(ValidationError, match="ended already"):
        end_agreed(last_month=date(2026, 3, 1), **end)
    assert limits_in_force(world.alpha_engagement, date(2026, 3, 1)) == {}
    assert limits_in_force(world.alpha_engagement, date(2026, 2, 1)) != {}


def test_a_kpi_of_the_library_is_asked_for_once_from_a_month_on(world: World) -> None:
    choice: dict[str, Any] = {
        "actor": actor_of(world.sam),
        "engagement": world.alpha_engagement,
        "slug": SLUG,
        "from_month": NEXT,
        "reason": "The committee wants it",
        "now": NOW,
    }
    choose_kpi(**choice)
    with pytest.raises(ValidationError, match="asked for already"):
        choose_kpi(**choice)
    with pytest.raises(ValidationError, match="no month that is over"):
        choose_kpi(**choice | {"from_month": date(2025, 1, 1)})
    assert ChosenKpi.objects.count() == 1


NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)
EDGES = NUMBERS | st.tuples(NUMBERS, NUMBERS)


@given(EDGES, EDGES, st.sampled_from(ProvenanceKind), st.none() | st.integers(1990, 2100))
def test_kept_limits_come_back_as_they_were(
    amber: Any, red: Any, kind: ProvenanceKind, year: int | None
) -> None:
    limits = Limits(amber, red, Provenance(kind, "somewhere", year))
    assert from_kept(to_keep(limits)) == limits
    assert from_kept(to_keep(None)) is None


def test_a_choice_holds_from_its_month_to_its_last(world: World) -> None:
    choice = choose_kpi(
        actor=actor_of(world.sam),
        engagement=world.alpha_engagement,
        slug=SLUG,
        from_month=THIS,
        reason="The committee wants it",
        now=NOW,
    )
    end_agreed(actor=actor_of(world.sam), row=choice, last_month=NEXT, reason="Over", now=NOW)
    held = duties(Delegation.objects.filter(engagement=world.alpha_engagement))
    months = (date(2025, 10, 1), THIS, NEXT, date(2026, 1, 1))
    assert [SLUG in chosen_for(held, month) for month in months] == [False, True, True, False]
    others = duties(Delegation.objects.filter(engagement=world.beta_engagement))
    assert not any(chosen_for(others, month) for month in months)
