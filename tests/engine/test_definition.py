"""What a definition refuses by itself, and when its digest changes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpis.engine.comparison import Comparison
from kpis.engine.definition import PROSE, KpiDefinition, problems_of
from kpis.engine.terms import Direction, EngagementModel, Level, Sides
from tests.engine.builders import judged, query_aging


def test_the_digest_is_stable() -> None:
    assert query_aging().digest() == query_aging().digest()
    assert len(query_aging().digest()) == 64


def test_the_order_of_parameters_does_not_change_the_digest() -> None:
    parameters = dict(reversed(list(query_aging().parameters.items())))
    assert query_aging(parameters=parameters).digest() == query_aging().digest()


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"parameters": {**query_aging().parameters, "older_than": 21}},
        {"limits": None},
        {"limits": judged(Direction.LOWER, 5.0, 11.0).limits},
        {"minimum": replace(query_aging().minimum, denominator=20)},
        {"direction": Direction.HIGHER},
        {"grain": (Level.STUDY,)},
        {"effective_from": date(2026, 1, 1)},
        {"engagement_models": (EngagementModel.FSP,)},
        {"comparison": Comparison(Sides.WORSE)},
    ],
)
def test_a_change_of_meaning_changes_the_digest(changes: dict[str, Any]) -> None:
    assert query_aging(**changes).digest() != query_aging().digest()


@pytest.mark.parametrize("name", PROSE)
def test_a_change_of_words_does_not(name: str) -> None:
    assert query_aging(**{name: "other"}).digest() == query_aging().digest()


def test_a_field_that_came_later_leaves_older_digests_alone() -> None:
    assert query_aging().digest() == (
        "6c5414659187787a49ea5521e4a7a3ebd5b50a68da64f21ef14836e3765cc84b"
    )


@pytest.mark.parametrize(
    ("functions", "models", "function", "model", "applies"),
    [
        (("data-management",), (), "data-management", "full-service", True),
        (("data-management",), (), "start-up", "full-service", False),
        (("*",), (EngagementModel.FSP,), "start-up", "fsp", True),
        (("*",), (EngagementModel.FSP,), "start-up", "full-service", False),
    ],
)
def test_it_knows_where_it_applies(
    functions: tuple[str, ...], models: Any, function: str, model: str, applies: bool
) -> None:
    definition = query_aging(functions=functions, engagement_models=models)
    assert definition.applies_to(function=function, engagement_model=model) is applies


def test_the_minimum_denominator_is_at_hand() -> None:
    assert query_aging().minimum_denominator == 30


def test_prose_names_fields() -> None:
    assert set(PROSE) < set(KpiDefinition.__dataclass_fields__)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"short_name": "Eighteen letters .."},
            "short_name “Eighteen letters ..” has 19 characters; at most 17 fit a heatmap cell",
        ),
        ({"version": 0}, "version counts from 1"),
        (
            {"minimum": replace(query_aging().minimum, denominator=0)},
            "minimum.denominator must be at least 1",
        ),
        (
            {"balancing_reason": "none"},
            "balancing_reason is only for a KPI without a balancing partner",
        ),
        (
            {"balancing": None},
            "names no balancing partner and does not say why in balancing_reason",
        ),
        ({"functions": ()}, "functions is empty"),
        ({"functions": ("*", "start-up")}, "functions: “*” means any function and stands alone"),
        ({"grain": ()}, "grain is empty"),
        ({"gaming": ()}, "gaming is empty"),
        ({"examples": ()}, "examples is empty"),
    ],
)
def test_it_is_refused(changes: dict[str, Any], problem: str) -> None:
    assert problems_of(query_aging(**changes)) == [problem]


@pytest.mark.parametrize(
    ("direction", "amber", "red", "problem"),
    [
        (Direction.LOWER, 10.0, 5.0, "lower is better, so red cannot lie below amber"),
        (Direction.HIGHER, 90.0, 95.0, "higher is better, so red cannot lie above amber"),
        (Direction.LOWER, (5.0, 6.0), 10.0, "limits of direction “lower” are one number each"),
        (Direction.HIGHER, 5.0, (1.0, 2.0), "limits of direction “higher” are one number each"),
        (Direction.BAND, 5.0, (1.0, 2.0), "limits of a band are pairs: [low, high]"),
        (Direction.BAND, (5.0, 6.0), 2.0, "limits of a band are pairs: [low, high]"),
        (Direction.BAND, (80.0, 95.0), (85.0, 105.0), "must lie inside the red one"),
        (Direction.BAND, (80.0, 110.0), (70.0, 105.0), "must lie inside the red one"),
        (Direction.BAND, (95.0, 80.0), (70.0, 105.0), "must lie inside the red one"),
    ],
)
def test_limits_against_direction_are_refused(
    direction: Direction, amber: Any, red: Any, problem: str
) -> None:
    (found,) = problems_of(judged(direction, amber, red))
    assert problem in found


@pytest.mark.parametrize(
    ("direction", "amber", "red"),
    [
        (Direction.LOWER, 0.0, 0.0),
        (Direction.LOWER, 5.0, 10.0),
        (Direction.HIGHER, 100.0, 98.0),
        (Direction.BAND, (80.0, 95.0), (70.0, 105.0)),
    ],
)
def test_limits_along_the_direction_are_fine(direction: Direction, amber: Any, red: Any) -> None:
    assert problems_of(judged(direction, amber, red)) == []


def test_a_definition_may_have_no_limits() -> None:
    assert problems_of(query_aging(limits=None)) == []
