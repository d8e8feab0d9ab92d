"""The panel about a green: from the months of a page to named signs."""

from dataclasses import replace
from datetime import UTC, datetime

from dashboards.believing import believed, history_of
from kpis.definitions import catalogue
from kpis.engine.terms import RagStatus
from tests.dashboards.views_of import PERIOD, Pair, months_of, reading, view_of

AGEING = catalogue()["query-aging"]
DROPPED = catalogue()["drop-out-rate"]
HONEST: list[Pair] = [(n, 311.0 + 7 * n) for n in (9, 11, 8, 12, 7, 13, 9, 11)]
SAME: list[Pair] = [(10, 310.0)] * 8


def test_only_a_green_is_asked_about() -> None:
    assert believed(view_of(AGEING, [(90, 100.0)])) is None
    assert believed(view_of(AGEING, [])) is None
    found = believed(view_of(AGEING, HONEST))
    assert found is not None
    assert (found.found, found.told.score) == ((), 100)


def test_copied_months_are_named_with_their_points() -> None:
    found = believed(view_of(AGEING, SAME))
    assert found is not None
    assert [(one.title, one.points) for one in found.found] == [
        ("Copied forward", 25),
        ("Constant value", 15),
        ("Rounded counts", 10),
    ]
    assert all(one.sign.evidence for one in found.found)


def test_the_partner_and_restatements_come_along() -> None:
    partner = catalogue()[DROPPED.balancing or ""]
    months = months_of(DROPPED, HONEST)
    first = replace(
        reading(DROPPED, PERIOD, (30, 100.0)), computed_at=datetime(2026, 2, 20, tzinfo=UTC)
    )
    view = view_of(DROPPED, (), by_month=months, partner=[(5, 100.0)], earlier={PERIOD: first})
    told = history_of(view)
    assert told.partner == partner
    assert [one.period for one in told.partner_months] == [PERIOD]
    restated = told.months[-1].restatement
    assert restated is not None
    assert (restated.first_rag, restated.first_value) == (RagStatus.RED, 30.0)
    assert (restated.first_on.day, restated.restated_on.day) == (20, 28)
    gap = history_of(view_of(AGEING, [(1, 50.0), None, (1, 50.0)]))
    assert [one.rag for one in gap.months] == ["green", "missing", "green"]
