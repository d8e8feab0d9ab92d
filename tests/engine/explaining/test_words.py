"""How a calculation and its judgement are written."""

from dataclasses import replace
from typing import Any

import pytest

from kpis.engine.definition import KpiDefinition
from kpis.engine.explaining.explain import Explanation, explain
from kpis.engine.explaining.judging import judgement
from kpis.engine.explaining.words import equals, exact, lack_words, weight_words
from kpis.engine.shapes import Outcome
from kpis.engine.terms import Direction
from kpis.engine.weights import Active, Elapsed, Measures, Weighed, Weight
from tests.engine.builders import CUTOFF, defined, judged, table

FIRST = CUTOFF.replace(day=1)
BUDGET = "units-and-budget"


def explained(definition: KpiDefinition, **rows: list[dict[str, Any]]) -> Explanation:
    names = {name.replace("_", "-"): some for name, some in rows.items()}
    tables = {name: table(definition, name, some) for name, some in names.items()}
    return explain(definition, tables, cutoff_date=CUTOFF, period_start=FIRST)


def variance(shape: str) -> KpiDefinition:
    return defined(
        "variance",
        (BUDGET,),
        shape=shape,
        actual={"listing": BUDGET, "total": "cost_actual"},
        baseline={"listing": BUDGET, "total": "cost_baseline"},
    )


@pytest.mark.parametrize(
    ("shape", "line"),
    [
        ("signed", "150 happened, 200 in the baseline: −50 apart"),
        ("absolute", "the distances of the rows from their baselines add up to 70"),
        ("accuracy", "200 in the baseline, less the distances of the rows, 70: 130"),
    ],
)
def test_a_variance_shows_both_sides(shape: str, line: str) -> None:
    rows = [
        {"cost_actual": 110, "cost_baseline": 100},
        {"cost_actual": 40, "cost_baseline": 100},
        {"cost_actual": 7},
    ]
    assert explained(variance(shape), units_and_budget=rows).lines[0] == line


def test_a_daily_rate_shows_its_days() -> None:
    closed = {"column": "closed_at", "within": "period"}
    backlog = defined(
        "ratio",
        ("queries",),
        factor=1,
        per_day=True,
        numerator={"listing": "queries", "unless": {"state": ["closed"]}},
        denominator={"listing": "queries", "dated": closed},
    )
    rows = [{"state": "open"}] * 4 + [{"state": "closed", "closed_at": f"{FIRST}"}] * 62
    found = explained(backlog, queries=rows)
    assert found.lines == (
        "62 over 31 days: 2 a day",
        "4 / 2",
        "value = 2, shown as 2.0\u00a0%",
    )


def concentration(**holders: float) -> Explanation:
    spend = defined(
        "concentration",
        ("function-spend",),
        amounts={"listing": "function-spend", "total": "amount"},
        holder="provider",
    )
    rows = [{"provider": name, "amount": amount} for name, amount in holders.items()]
    return explained(spend, function_spend=rows)


def test_a_concentration_names_its_holders_and_the_rest_is_counted() -> None:
    found = concentration(A=30, B=10, C=0)
    assert found.lines[:2] == (
        "the squares of the holders' amounts, over the whole of 40: 25",
        "25 / 40",
    )
    assert found.terms is not None
    assert found.terms.rows == (("A", "30", "75 %", "0.5625"), ("B", "10", "25 %", "0.0625"))
    assert found.terms.more == 0
    many = concentration(**{f"P{number}": 1 for number in range(43)}).terms
    assert many is not None
    assert (len(many.rows), many.more) == (40, 3)


def test_nothing_to_divide_by_is_said() -> None:
    assert concentration().lines == ("the denominator is 0, so there is no value",)
    assert explained(variance("signed"), units_and_budget=[]).lines[1:] == (
        "the denominator is 0, so there is no value",
    )


TIME_TO_FILL = defined(
    "duration", ("positions",), listing="positions", started="approved_on", ended="started_on"
)
LONG = "known is only that it takes longer than"


@pytest.mark.parametrize(
    ("ends", "line"),
    [
        (["2026-10-11", "2026-10-21", None], "the first time by which 50 % have ended"),
        (["2026-10-11", None, None], f"50 % have not ended: {LONG} 30"),
        ([], "no case counts, so there is no value"),
    ],
)
def test_a_median_shows_its_curve_and_how_far_it_got(ends: list[str | None], line: str) -> None:
    rows = [{"approved_on": "2026-10-01", "started_on": end} for end in ends]
    found = explained(TIME_TO_FILL, positions=rows)
    assert found.lines[1].startswith(line)
    assert found.terms is not None
    reached = [("10", "3", "66.666667 %"), ("20", "2", "33.333333 %")]
    assert list(found.terms.rows) == reached[: max(len([end for end in ends if end]), 0)]


def outcome(
    value: float | None, *, denominator: float | None = 50, bound: float | None = None
) -> Outcome:
    return Outcome(1, denominator, value, {}, bound)


def test_a_judgement_says_what_was_compared() -> None:
    lower = judged(Direction.LOWER, 5.0, 10.0)
    band = judged(Direction.BAND, (80.0, 95.0), (70.0, 105.0))
    enough = f"The denominator of 50 is at least {lower.minimum.denominator}, so it is judged."
    told = {
        "red": (lower, outcome(20.4)),
        "amber": (lower, outcome(10)),
        "green": (lower, outcome(5)),
        "band": (band, outcome(106)),
        "bound": (lower, outcome(None, bound=61)),
        "low bound": (lower, outcome(None, bound=3)),
        "nothing": (lower, outcome(None)),
        "no limits": (replace(lower, limits=None), outcome(5)),
    }
    assert {name: judgement(*pair) for name, pair in told.items()} == {
        "red": (enough, "20.4\u00a0% is over 10\u00a0%, the red limit."),
        "amber": (
            enough,
            "10\u00a0% is over 5\u00a0%, the amber limit, and not over 10\u00a0%, the red one.",
        ),
        "green": (enough, "5\u00a0% is within the limits: up to 5\u00a0%."),
        "band": (enough, "106\u00a0% is under 70\u00a0% or over 105\u00a0%, the red limit."),
        "bound": (enough, "More than 61\u00a0% is over 10\u00a0%, the red limit."),
        "low bound": (
            enough,
            "More than 3\u00a0% may still lie on either side of the limits, so it has no colour.",
        ),
        "nothing": (enough, "There is no value to compare."),
        "no limits": (enough, "5\u00a0%: this KPI has no limits, so it has no colour."),
    }
    few = judgement(lower, outcome(50, denominator=None))
    assert few == (
        f"The denominator of 0 is under {lower.minimum.denominator}, the least that is judged.",
    )


def test_numbers_tell_all_their_decimals_or_that_there_are_more() -> None:
    assert [exact(one) for one in (None, 1234, 0.5, -2.25)] == ["–", "1,234", "0.5", "−2.25"]
    assert (equals(20.0), equals(100 / 3)) == ("= 20", "≈ 33.333333")


@pytest.mark.parametrize(
    ("listing", "weight", "adds", "lacks"),
    [
        (
            BUDGET,
            Measures({"units_done": 1.0, "units_contracted": -0.5}, "unit_price"),
            "(“Units to Date” − 0.5 × “Contract Units”) × “Unit Price”",
            "“Units to Date”, “Contract Units” or “Unit Price” has no number",
        ),
        (BUDGET, Measures({"units_done": 1.0}, "unit_price"), "“Units to Date” × “Unit Price”", ""),
        (
            "positions",
            Elapsed("approved_on"),
            "the days from “Approved” to the data cut-off",
            "“Approved” has no day, or the days run backwards",
        ),
        (
            "positions",
            Elapsed("approved_on", "started_on", signed=True),
            "the days from “Approved” to “Started”, at most to the data cut-off",
            "“Approved” or “Started” has no day",
        ),
        (
            "positions",
            Elapsed("approved_on", "started_on", ahead=True),
            "the days from “Approved” to “Started”",
            "",
        ),
        (
            "audit-findings",
            Weighed("severity", {"critical": 10.0, "minor": 1.0}),
            "a number by its “Finding Severity”: critical 10, minor 1",
            "“Finding Severity” is no word that has a number",
        ),
        (
            "positions",
            Active("approved_on", "started_on"),
            "its months from “Approved” to “Started” within the period",
            "",
        ),
    ],
)
def test_what_a_row_adds_is_said(listing: str, weight: Weight, adds: str, lacks: str) -> None:
    assert weight_words(listing, weight) == adds
    if lacks and not isinstance(weight, Active):
        assert lack_words(listing, weight) == lacks
