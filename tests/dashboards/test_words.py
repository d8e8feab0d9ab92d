"""Sentences, movements and periods: pure parts, taken by themselves."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboards.bullet import bullet_svg
from dashboards.findings import movement_words, own_finding, portfolio_finding, status_words
from dashboards.links import address
from dashboards.movement import change_words, movement
from dashboards.periods import months_back, months_between, read_asked
from dashboards.spots import Spot
from kpis.definitions import catalogue
from kpis.engine.definition import Limits
from kpis.engine.terms import Direction, Unit

QUERY_AGING = catalogue()["query-aging"]
TODAY = date(2026, 3, 5)


def spot(status: str, value: str = "18.4\u00a0%", **more: object) -> Spot:
    named = {"name": "Query aging"} | more
    return Spot(slug="q", status=status, engagement_id=1, value=value, **named)  # type: ignore[arg-type]  # keywords of Spot


def test_a_rise_is_worse_where_lower_is_better() -> None:
    moved = movement(QUERY_AGING, 18.4, 15.0)
    assert (moved.direction, moved.worse, moved.words) == ("up", True, "+3.4\u00a0points")
    assert not movement(QUERY_AGING, 10.0, 15.0).worse
    higher = replace(QUERY_AGING, direction=Direction.HIGHER)
    assert movement(higher, 10.0, 15.0).worse


def test_what_does_not_show_is_steady_and_nothing_to_compare_is_nothing() -> None:
    assert movement(QUERY_AGING, 5.01, 5.02).direction == "flat"
    assert movement(QUERY_AGING, 5.0, None).direction == ""
    assert change_words(0.01, Unit.PERCENT) == "0\u00a0points"


def test_in_a_band_worse_is_further_outside() -> None:
    limits = Limits((90.0, 110.0), (80.0, 120.0), QUERY_AGING.minimum.provenance)
    band = replace(QUERY_AGING, direction=Direction.BAND, limits=limits)
    assert movement(band, 112.0, 100.0).worse
    assert not movement(band, 108.0, 92.0).worse
    assert bullet_svg(band, 100.0).count("<rect") == 6  # five bands and the bar


@pytest.mark.parametrize(
    ("cros", "missing", "words"),
    [
        ({"A": ["red", "red"]}, 2, "query aging is red at A; 2 files are missing"),
        ({"A": ["red"], "B": ["red"], "C": ["green"]}, 0, "query aging is red at 2 of 3 CROs"),
        ({"A": ["amber"], "B": ["green"]}, 1, "query aging is amber at A; 1 file is missing"),
        ({"A": ["green"], "B": ["green"]}, 0, "all 2 KPIs are within limits"),
        ({"A": ["green"]}, 0, "the only KPI is within limits"),
        ({"A": ["green", "missing"]}, 0, "1 of 2 KPIs are within limits"),
        ({"A": ["insufficient"]}, 0, "no KPI has a value that can be judged"),
        ({"A": []}, 0, "no KPI is due"),
    ],
)
def test_the_finding_of_a_portfolio(cros: dict[str, list[str]], missing: int, words: str) -> None:
    spots = {cro: [spot(one) for one in statuses] for cro, statuses in cros.items()}
    assert portfolio_finding(spots, missing_files=missing) == words


def test_several_red_kpis_are_counted() -> None:
    spots = {"A": [spot("red"), spot("red", name="Backlog")], "B": [spot("red", name="Backlog")]}
    assert portfolio_finding(spots, missing_files=0) == "3 KPIs are red at 2 of 2 CROs"


def test_the_finding_of_one_cro() -> None:
    assert own_finding([spot("red")], missing_files=0) == "your query aging is red at 18.4\u00a0%"
    two = [spot("red"), spot("red")]
    assert own_finding(two, missing_files=1) == "2 of your 2 KPIs are red; you owe 1 file"
    one = [spot("amber"), spot("green")]
    assert own_finding(one, missing_files=0) == "your query aging is amber at 18.4\u00a0%"
    assert own_finding([spot("green")], missing_files=0) == "your only KPI is not past a limit"
    none = own_finding([spot("green"), spot("missing")], missing_files=0)
    assert none == "none of your 2 KPIs is past a limit"
    assert own_finding([], missing_files=0) == "no KPI is due"


def test_each_status_has_its_words() -> None:
    assert status_words(spot("green")) == "within its limits at 18.4\u00a0%"
    assert status_words(spot("missing", "")) == "missing"
    few = spot("insufficient", fraction="3 of 4")
    assert status_words(few) == "not judged: 3 of 4 is too few"
    assert status_words(spot("", "", note="due after 31 Dec")) == "due after 31 Dec"


def test_movements_in_words() -> None:
    fell = spot("green", moved=movement(QUERY_AGING, 1.0, 3.0))
    assert movement_words(fell) == "fell by 2.0\u00a0points"
    steady = spot("green", moved=movement(QUERY_AGING, 1.0, 1.0))
    assert movement_words(steady) == "is unchanged since the month before"


def test_months_and_the_end_of_a_day() -> None:
    assert months_back(date(2026, 2, 1), 3) == (
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    )
    assert months_between(date(2025, 12, 30), date(2026, 2, 1)) == months_back(date(2026, 2, 1), 3)
    asked = read_asked("2026-01", "2026-02-28", today=TODAY)
    assert asked.known_until == datetime(2026, 3, 1, tzinfo=UTC)
    assert asked.day == date(2026, 2, 28)


def test_today_and_later_are_now() -> None:
    for day in ("", "2026-03-05", "2027-01-01"):
        asked = read_asked("", day, today=TODAY)
        assert (asked.known, asked.known_until, asked.day) == (None, None, TODAY)


def test_an_address_carries_period_and_day() -> None:
    found = address(
        "kpi", "query-aging", period=date(2025, 11, 1), known=date(2025, 12, 9), study=""
    )
    assert found == "/kpis/query-aging/?period=2025-11&known=2025-12-09"


def test_a_bullet_lays_its_bands_by_direction_and_holds_values_below_0() -> None:
    def bands(direction: Direction) -> list[str]:
        return re.findall(
            r'class="(b[gar])"', bullet_svg(replace(QUERY_AGING, direction=direction), 3)
        )

    assert bands(Direction.LOWER) == ["bg", "ba", "br"]
    assert bands(Direction.HIGHER) == ["br", "ba", "bg"]
    below = bullet_svg(QUERY_AGING, -4.0)
    assert not re.search(r'width="-', below)


def test_a_bullet_says_its_limits() -> None:
    words = bullet_svg(QUERY_AGING, 18.4)
    assert "18.4\u00a0% against amber limit 5.0\u00a0% and red limit 10.0\u00a0%" in words
    assert bullet_svg(QUERY_AGING, None) == ""
