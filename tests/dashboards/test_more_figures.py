"""Figures of rates, durations and sites: plotly accepts them; they say the numbers."""

from datetime import date

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.charts.counts import CountMonth, counts_figure
from dashboards.charts.frame import Figure
from dashboards.charts.rates import RateBar, rates_figure
from dashboards.charts.survival import Curve, survival_figure
from dashboards.charts.trend import TrendPoint, trend_figure
from dashboards.fractions import brief_value, fraction_words, shown_value
from dashboards.periods import months_back
from kpis.definitions import catalogue

TIME_TO_FILL = catalogue()["time-to-fill"]
MONTHS = months_back(date(2026, 2, 1), 3)
CURVE = Curve({20: 0.8, 40: 0.5}, {30: 1, 90: 2}, median=40, low=20)


def accepted(figure: Figure) -> Figure:
    go.Figure(data=figure["data"], layout=figure["layout"])
    assert "<b>" not in str(figure)
    assert "style" not in str(figure)
    return figure


def test_the_curve_falls_in_steps_and_open_cases_are_ticks_on_it() -> None:
    figure = accepted(survival_figure(TIME_TO_FILL, CURVE))
    line, ticks = figure["data"]
    assert (line["x"], line["y"]) == ([0, 20, 40, 90], [100, 80, 50, 50])
    assert line["line"]["shape"] == "hv"
    assert (ticks["x"], ticks["y"]) == ([30, 90], [80, 50])
    texts = [label["text"] for label in figure["layout"]["annotations"]]
    assert texts == ["amber 45 d", "red 60 d", "median 40 d"]
    band = next(one for one in figure["layout"]["shapes"] if one["type"] == "rect")
    assert (band["x0"], band["x1"]) == (20, 90)  # the upper end is not reached


def test_a_curve_without_cases_or_median_is_still_a_figure() -> None:
    figure = accepted(survival_figure(TIME_TO_FILL, Curve({}, {})))
    assert "median" not in str(figure["layout"]["annotations"])


@given(st.dictionaries(st.integers(0, 400), st.floats(0, 1), max_size=8), st.integers(0, 500))
def test_what_is_left_is_the_last_step_before(survival: dict[int, float], day: int) -> None:
    before = [at for at in survival if at <= day]
    expected = survival[max(before)] if before else 1.0
    assert Curve(survival, {}).left_on(day) == expected


def test_numerator_and_denominator_have_a_scale_each() -> None:
    months = [CountMonth(MONTHS[0], 3, 120, "3 per 120"), CountMonth(MONTHS[1], None, None)]
    figure = accepted(
        counts_figure(months, numerator_words="Deviations", denominator_words="Visits")
    )
    top, bottom = figure["data"]
    assert (top["y"], bottom["y"], bottom["yaxis"]) == ([3, None], [120, None], "y2")
    assert [one["text"] for one in figure["layout"]["annotations"]] == ["Deviations", "Visits"]


def test_rates_of_sites_that_cannot_be_judged_are_pale() -> None:
    bars = [RateBar("S1", 13.8, True, "13.8", "words"), RateBar("S2", 50, False, "50", "words")]
    figure = accepted(rates_figure(bars, whole=9.2))
    assert figure["data"][0]["marker"]["color"] == ["var(--b5)", "var(--b2)"]
    assert figure["layout"]["shapes"][0]["x0"] == 9.2
    assert accepted(rates_figure([], whole=None))["layout"]["shapes"] == []


def test_a_value_known_only_to_lie_above_is_a_triangle() -> None:
    point = TrendPoint(MONTHS[0], None, "red", "words", bound=95.0)
    figure = accepted(trend_figure(TIME_TO_FILL, [point]))
    bounds = figure["data"][-1]
    assert (bounds["y"], bounds["marker"]["symbol"]) == ([95.0], "triangle-up")
    assert figure["layout"]["yaxis"]["range"][1] > 95


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("query-aging", "3 of 1,200"),
        ("deviation-rate", "3 per 1,200"),
        ("time-to-fill", "3 of 1,200 ended"),
    ],
)
def test_fractions_read_as_their_formula_means_them(slug: str, words: str) -> None:
    assert fraction_words(catalogue()[slug], 3, 1200) == words


def test_parts_of_a_month_and_bounds_are_written_out() -> None:
    rate = catalogue()["enrolment-rate"]
    assert fraction_words(rate, 3, 1.5) == "3 per 1.5"
    assert brief_value(rate, 0.5) == "0.50"
    assert shown_value(TIME_TO_FILL, None, 95) == ">\u00a095.0\u00a0d"
    assert shown_value(rate, None) == "–"
