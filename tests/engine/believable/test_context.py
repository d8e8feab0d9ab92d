"""What stands beside the figures."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpis.engine.believable.context import partner_worse, reported_differs, restated, shrinking
from kpis.engine.believable.history import History, Restatement, badness
from kpis.engine.terms import Direction, RagStatus
from tests.engine.believable.histories import KPI, counted, history, past
from tests.engine.builders import judged

PARTNER = judged(Direction.HIGHER, 90.0, 80.0)


def test_fewer_cases_and_a_better_value() -> None:
    found = shrinking(counted([(20, 400), (21, 410), (19, 390), (9, 300), (8, 280), (6, 260)]))
    assert "fell from 400 to 280 a month" in found.found
    assert len(found.evidence) == 6
    assert not shrinking(counted([(20, 400)] * 3 + [(30, 280)] * 3)).found  # and worse: honest
    assert not shrinking(counted([(20, 400)] * 3 + [(9, 380)] * 3)).found
    assert shrinking(counted([(20, 400)] * 5)).unasked


def with_partner(values: list[float | None], last: RagStatus = RagStatus.GREEN) -> History:
    months = [past(place, value) for place, value in enumerate(values)]
    months[-1] = replace(months[-1], rag=last)
    return history([3.0] * len(values), partner=PARTNER, partner_months=months)


def test_the_partner_past_a_limit_or_getting_worse() -> None:
    red = partner_worse(with_partner([95.0, 96.0], RagStatus.RED))
    assert red.found == f"Its balancing partner, {PARTNER.name}, is red."
    falling = partner_worse(with_partner([110.0, 112.0, 108.0, 95.0, 94.0, 93.0]))
    assert falling.found.endswith("gets worse.")
    assert len(falling.evidence) == 6
    steady = partner_worse(with_partner([95.0, 96.0, 95.0, 95.0, 94.0, 96.0]))
    assert (steady.found, steady.unasked) == ("", "")
    short = partner_worse(with_partner([99.0, 91.0]))
    assert (short.found, short.unasked) == ("", "")


def test_without_a_partner_of_this_month_nothing_is_said() -> None:
    assert partner_worse(history([3.0])).unasked == "the KPI has no balancing partner"
    assert "has no value in this month" in partner_worse(with_partner([95.0, None])).unasked
    nothing = replace(with_partner([95.0]), months=[])
    assert partner_worse(nothing).unasked


FIRST: dict[str, Any] = {
    "first_value": 3.0,
    "first_on": date(2025, 2, 8),
    "restated_on": date(2025, 3, 20),
}


def restatement(**more: Any) -> Restatement:
    return Restatement(**({"first_rag": RagStatus.GREEN} | FIRST | more))


def with_restatement(
    meetings: list[date] | None, *, value: float | None = 9.0, rag: str = "amber", **more: Any
) -> History:
    month = past(0, value, rag=RagStatus(rag), restatement=restatement(**more))
    return replace(history([3.0, 3.1, 3.2]), months=[month, past(1, 3.0)], meetings=meetings)


def test_green_when_it_was_shown_and_worse_afterwards() -> None:
    found = restated(with_restatement([date(2025, 1, 9), date(2025, 3, 1), date(2025, 2, 10)]))
    assert found.found.startswith("One month was green when a meeting saw")
    assert [one.words for one in found.evidence] == [
        "3.0\u00a0% when it was shown on 1 Mar 2025, 9.0\u00a0% since 20 Mar 2025"
    ]
    twice = with_restatement([date(2025, 3, 1)])
    both = replace(twice, months=[twice.months[0]] * 2)
    assert restated(both).found.startswith("2 months were")
    # Still green, but worse.
    assert restated(with_restatement([date(2025, 3, 1)], value=4.0, rag="green")).found
    assert restated(with_restatement([date(2025, 3, 1)], first_value=None)).found


@pytest.mark.parametrize(
    "same",
    [
        with_restatement([]),
        with_restatement([date(2025, 3, 21)]),  # the meeting saw what stands now
        with_restatement([date(2025, 2, 7)]),  # and before there was anything to see
        with_restatement([date(2025, 3, 1)], first_rag=RagStatus.RED),
        with_restatement([date(2025, 3, 1)], value=2.0, rag="green"),  # it got better
        with_restatement([date(2025, 3, 1)], value=None, rag="missing"),
    ],
)
def test_what_is_no_sign(same: History) -> None:
    found = restated(same)
    assert (found.found, found.unasked) == ("", "")


def test_without_meetings_it_is_not_asked() -> None:
    assert restated(with_restatement(None)).unasked == "no meetings are on record"


def test_what_was_reported_is_not_what_the_rows_say() -> None:
    months = [
        past(0, 4.04, reported=4.0),  # the same as displayed
        past(1, 6.0, reported=4.5),
        past(2, 4.0, reported=4.5),
    ]
    found = reported_differs(replace(history([]), months=months))
    assert found.found == (
        "The CRO's own figure differs from its rows in 2 of 3 months; in 1 it looks better."
    )
    assert found.evidence[0].words == "reported 4.5\u00a0%, rows 6.0\u00a0%"
    assert not reported_differs(replace(history([]), months=months[:1])).found
    assert reported_differs(history([3.0])).unasked


def test_what_is_worse_depends_on_the_direction() -> None:
    band = judged(Direction.BAND, (90.0, 110.0), (80.0, 120.0))
    assert badness(KPI, 6.0) > badness(KPI, 5.0)
    assert badness(PARTNER, 6.0) < badness(PARTNER, 5.0)
    assert [badness(band, value) for value in (80.0, 90.0, 100.0, 115.0)] == [10, 0, 0, 5]
    assert badness(replace(band, limits=None), 115.0) == 0
