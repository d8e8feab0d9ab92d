"""Figures: plotly accepts them, and they say what the numbers say."""

from datetime import date
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.charts.ageing import AgeingMonth, ageing_figure, bucket_words
from dashboards.charts.frame import spread
from dashboards.charts.sites import SiteBar, sites_figure
from dashboards.charts.trend import TrendPoint, trend_figure
from dashboards.periods import months_back
from kpis.definitions import catalogue

QUERY_AGING = catalogue()["query-aging"]
MONTHS = months_back(date(2026, 2, 1), 6)
BUCKETS = ("0-3", "4-7", "8-14", "15-30", ">30")


def points() -> list[TrendPoint]:
    values = (4.0, 7.5, None, 12.0, 3.0, 18.4)
    statuses = ("green", "amber", "", "red", "insufficient", "red")
    return [
        TrendPoint(month, value, status, "words", "/there", missing=value is None)
        for month, value, status in zip(MONTHS, values, statuses, strict=True)
    ]


def test_trend_marks_limits_and_months_that_are_missing() -> None:
    figure = trend_figure(QUERY_AGING, points())
    go.Figure(data=figure["data"], layout=figure["layout"])
    line, _, marks, bounds = figure["data"]
    assert bounds["y"] == []
    assert line["y"][2] is None
    assert line["connectgaps"] is False
    assert marks["marker"]["symbol"] == ["circle", "diamond", "square", "circle-open", "square"]
    texts = [label["text"] for label in figure["layout"]["annotations"]]
    assert "∅" in texts
    assert "red limit 10\u00a0%" in texts
    assert "amber limit 5\u00a0%" in texts
    assert {shape["y0"] for shape in figure["layout"]["shapes"]} == {5, 10}


def test_a_restated_month_keeps_its_first_figure_hollow() -> None:
    point = TrendPoint(MONTHS[0], 4.0, "green", "words", first_value=9.0)
    hollow = trend_figure(QUERY_AGING, [point])["data"][1]
    assert hollow["y"] == [9.0]
    assert hollow["marker"]["color"] == "var(--sheet)"


def test_ageing_stacks_the_oldest_lowest_and_darkest() -> None:
    counts = dict(zip(BUCKETS, (50, 40, 30, 20, 10), strict=True))
    months = [AgeingMonth(MONTHS[0], None), AgeingMonth(MONTHS[1], counts, "18 %")]
    figure = ageing_figure(BUCKETS, months)
    go.Figure(data=figure["data"], layout=figure["layout"])
    assert figure["data"][0]["name"] == "over 30 d"
    assert figure["data"][0]["marker"]["color"] == "var(--b5)"
    assert figure["data"][0]["y"] == [None, 10]
    assert bucket_words("4-7") == "4 to 7 d"


def test_ageing_without_any_month_is_still_a_figure() -> None:
    figure = ageing_figure(BUCKETS, [AgeingMonth(MONTHS[0], None)])
    go.Figure(data=figure["data"], layout=figure["layout"])


def test_sites_show_the_first_dozen() -> None:
    bars = [SiteBar(f"S{n}", 40 - n, 60, "label", "words", "/rows") for n in range(20)]
    figure = sites_figure(bars, numerator_words="old queries")
    go.Figure(data=figure["data"], layout=figure["layout"])
    old, others = figure["data"]
    assert old["y"][0] == "S0"
    assert len(old["y"]) == 12
    assert old["x"][0] + others["x"][0] == 60
    go.Figure(data=sites_figure([], numerator_words="none")["data"])


@given(st.lists(st.floats(0, 1000)), st.floats(0.1, 50))
def test_labels_beside_a_chart_never_overlap(heights: list[float], least: float) -> None:
    placed = spread(sorted(heights), least=least)
    gaps = [b - a for a, b in pairwise(placed)]
    assert all(gap >= least * 0.999 for gap in gaps)


@pytest.mark.parametrize("count", [3, 10, 24])
def test_the_months_named_on_the_axis_include_the_last(count: int) -> None:
    months = months_back(date(2026, 2, 1), count)
    shown = [TrendPoint(month, 1.0, "green", "words") for month in months]
    axis = trend_figure(QUERY_AGING, shown)["layout"]["xaxis"]
    assert axis["tickvals"][-1] == "Feb 2026"
    assert len(axis["tickvals"]) <= 8
