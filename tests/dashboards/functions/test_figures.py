"""The figures of the function page: plotly accepts them, and they say what the numbers say."""

from itertools import pairwise

import plotly.graph_objects as go

from dashboards.charts.requisitions import UNITS_SHOWN, Positions, requisitions_figure
from dashboards.charts.survival import Curve
from dashboards.charts.survivals import CURVES_SHOWN, NamedCurve, curves_figure
from dashboards.selectors.functions.grid import of_staffing
from kpis.definitions import catalogue

CURVE = Curve(survival={10: 0.5, 30: 0.25}, censored={40: 1}, median=10)


def test_a_bar_of_the_waterfall_begins_where_the_last_one_ended() -> None:
    one = Positions("Beta", start=4, approved=3, filled=2, cancelled=1, end=4, url="/there")
    figure = requisitions_figure([one] * (UNITS_SHOWN + 1))
    go.Figure(data=figure["data"], layout=figure["layout"])
    [bars] = figure["data"]
    assert bars["base"][:5] == [0, 4, 5, 4, 0]
    assert bars["x"][:5] == [4, 3, 2, 1, 4]
    assert bars["text"][:5] == ["4", "+3", "−2", "−1", "4"]
    assert len(bars["x"]) == 5 * UNITS_SHOWN


def test_curves_are_told_apart_by_line_and_name() -> None:
    curves = [NamedCurve(f"CRO {n}", CURVE, 4, "/there") for n in range(CURVES_SHOWN + 1)]
    figure = curves_figure(curves, ended="filled", step="day")
    go.Figure(data=figure["data"], layout=figure["layout"])
    lines = [one for one in figure["data"] if one["mode"] == "lines"]
    assert lines[0]["y"] == [100.0, 50.0, 25.0, 25.0]
    assert len({(one["line"]["color"], one["line"]["dash"]) for one in lines}) == CURVES_SHOWN
    heights = sorted(label["y"] for label in figure["layout"]["annotations"])
    assert all(high - low >= 7 for low, high in pairwise(heights))
    assert lines[1]["customdata"][1]["words"] == "CRO 1, day 10: 50 % not filled"


def test_every_kpi_about_people_is_in_the_catalogue() -> None:
    assert all(one.functions == ("*",) for one in of_staffing(catalogue()))
