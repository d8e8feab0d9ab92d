"""Every chart there is: plotly takes it, it says its message, and it keeps to the house's rules."""

import importlib
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go
import pytest
from django.conf import settings
from django.template.loader import render_to_string

import dashboards.charts
from dashboards.charts.frame import Figure
from dashboards.charts.multiples import SmallPoint, SmallTrend, multiples_figure
from dashboards.charts.rates import RateBar, rates_figure
from dashboards.charts.requisitions import Positions, requisitions_figure
from dashboards.charts.survival import Curve
from dashboards.charts.survivals import NamedCurve, curves_figure
from dashboards.panels.exports import TABLES
from dashboards.panels.panel import Panel
from dashboards.panels.registry import BY_FORMULA, CHARTS, chart_of, figure_of, names_of
from dashboards.panels.study_registry import PANELS
from dashboards.panels.trend import events_of
from dashboards.panels.why import why_chart, why_panel
from dashboards.periods import months_back
from dashboards.selectors.kpi import KpiView
from kpis.definitions import catalogue
from tests.dashboards.study_tables import view as study_view
from tests.dashboards.test_study_panels import FULL
from tests.dashboards.test_why import why
from tests.dashboards.views_of import PERIOD, months_of, view_of

PAIRS = [(10 + n, 100 + n) for n in range(14)]
SITES = [(5, 60), (9, 70), (30, 90), (1, 40), (2, 55), (3, 80)]
STYLES = (settings.BASE_DIR / "static" / "oversight.css").read_text(encoding="utf-8")
SCRIPT = (settings.BASE_DIR / "static" / "js" / "charts.js").read_text(encoding="utf-8")
CURVE = Curve({20: 0.8, 40: 0.5}, {30: 1, 90: 2}, median=40, low=20)


@dataclass(frozen=True)
class Shown:
    """A chart as a page has it."""

    figure: Figure
    panel: Panel


def kpi_view_with(name: str) -> KpiView:
    """Return a view of a KPI that has the chart."""
    for definition in catalogue().values():
        pairs = [(top, top) if definition.formula == "count" else (top, low) for top, low in PAIRS]
        shown = view_of(definition, pairs, sites=SITES)
        if name in names_of(shown):
            break
    restated = months_of(definition, [(1, 90)])
    detail = {
        "buckets": {"0-3": 5, "4-7": 4, "8-14": 3, "15-30": 2, ">30": 1},
        "survival": {"20": 0.8, "40": 0.5},
        "at_risk": {"20": 9, "40": 6},
        "censored": {"30": 1},
    }
    by_month = {month: replace(one, detail=detail) for month, one in shown.by_month.items()}
    return view_of(definition, [], by_month=by_month, sites=SITES, earlier=restated)


def of_kpi(name: str) -> Shown:
    shown = kpi_view_with(name)
    return Shown(figure_of(shown, name), chart_of(shown, name)["panel"])


def of_study(name: str) -> Shown:
    shown = study_view(**FULL)  # type: ignore[arg-type]  # listings
    return Shown(PANELS[name].chart(shown), PANELS[name].panel(shown))


def of_why() -> Shown:
    return Shown(why_chart(why()), why_panel(why()))


def of_trends() -> Shown:
    months = months_back(PERIOD, 12)
    points = [
        SmallPoint(month, None if n == 3 else 4.0 + n, "red" if n > 8 else "green", "words, 4 of 9")
        for n, month in enumerate(months)
    ]
    points[5] = SmallPoint(months[5], 7.0, "", "words", first=9.0)
    trends = [SmallTrend(f"KPI {n}", "4.0", points, (5.0,)) for n in range(11)]
    panel = Panel("trends", "11 of 11 KPIs got worse", "Eleven KPIs.", (), (), subtitle="own units")
    return Shown(
        multiples_figure([*trends, SmallTrend("A KPI with a very long name" * 2, "–", [])]), panel
    )


EVERY: dict[str, Callable[[], Shown]] = {
    **{name: lambda name=name: of_kpi(name) for name in CHARTS},  # type: ignore[misc]  # bound now
    **{f"study {name}": lambda name=name: of_study(name) for name in PANELS},  # type: ignore[misc]  # bound now
    "why": of_why,
    "trends": of_trends,
}
FIGURES: dict[str, Callable[[], Figure]] = {
    **{name: lambda name=name: EVERY[name]().figure for name in EVERY},  # type: ignore[misc]  # bound now
    "positions": lambda: requisitions_figure([Positions("Alpha", 4, 3, 2, 1, 4, "/there")]),
    "curves": lambda: curves_figure(
        [NamedCurve(name, CURVE, 9) for name in ("Alpha", "Beta")], ended="filled", step="day"
    ),
    "rates": lambda: rates_figure([RateBar("S1", 4.0, True, "4.0", "S1: 4 per 9")], whole=3.0),
}
# What each function of dashboards/charts is drawn by above.
DRAWN_BY = {
    "ageing_figure": "ageing",
    "counts_figure": "counts",
    "curve_figure": "study enrolment",
    "curves_figure": "curves",
    "dumbbell_figure": "study milestones",
    "funnel_figure": "funnel",
    "multiples_figure": "trends",
    "pareto_figure": "study deviations",
    "rates_figure": "rates",
    "requisitions_figure": "positions",
    "sites_figure": "sites",
    "survival_figure": "survival",
    "trend_figure": "trend",
    "waterfall_figure": "why",
}
WALK = pytest.mark.parametrize("name", EVERY)
WALK_FIGURES = pytest.mark.parametrize("name", FIGURES)


def colours(part: Any) -> Iterator[str]:
    """Yield each colour of a figure."""
    if isinstance(part, dict):
        for key, inner in part.items():
            if key.endswith("color") and isinstance(inner, str):
                yield inner
            elif key.endswith("color") and isinstance(inner, list):
                yield from inner
            else:
                yield from colours(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from colours(inner)


def test_every_formula_has_charts_and_every_chart_its_table() -> None:
    assert set(BY_FORMULA) == {one.formula for one in catalogue().values()}
    assert {name for names in BY_FORMULA.values() for name in names} <= set(CHARTS)
    assert set(CHARTS) <= set(TABLES)


def test_every_figure_that_the_package_draws_is_walked() -> None:
    found = {
        name
        for module in pkgutil.iter_modules(dashboards.charts.__path__)
        for name in vars(importlib.import_module(f"dashboards.charts.{module.name}"))
        if name.endswith("_figure")
    }
    assert found == set(DRAWN_BY), "add the new figure to this walk"
    assert set(DRAWN_BY.values()) <= set(FIGURES)


@WALK_FIGURES
def test_plotly_takes_the_figure_and_json_carries_it(name: str) -> None:
    figure = FIGURES[name]()
    go.Figure(data=figure["data"], layout=figure["layout"])
    text = json.dumps(figure, allow_nan=False)
    assert len(text) < 60_000
    assert "<b>" not in text  # plotly would make it a style attribute
    assert '"style"' not in text
    assert "title" not in figure["layout"]  # the panel says it, so that it is read and found


@WALK_FIGURES
def test_every_colour_is_a_name_in_the_one_stylesheet(name: str) -> None:
    found = set(colours(FIGURES[name]()))
    assert found
    for one in found:
        token = re.fullmatch(r"var\((--[\w-]+)\)", one)
        assert token, f"{one} is no name of a colour"
        # Once for light, once for dark: the figure follows the theme.
        assert len(re.findall(rf"{token[1]}\s*:", STYLES)) >= 2, token[1]


@WALK_FIGURES
def test_every_point_says_itself_or_is_only_a_line(name: str) -> None:
    for trace in FIGURES[name]()["data"]:
        if trace.get("hoverinfo") == "skip":
            continue
        assert trace["hovertemplate"] == "%{customdata.words}<extra></extra>"
        along = trace["y"] if trace.get("orientation") == "h" else trace["x"]
        names = along[-1] if along and isinstance(along[0], list) else along
        assert len(trace["customdata"]) == len(names)
        assert all("words" in custom for custom in trace["customdata"])


@pytest.mark.parametrize("name", CHARTS)
def test_on_hover_the_version_of_the_definition_is_said(name: str) -> None:
    words = [
        custom["words"]
        for trace in of_kpi(name).figure["data"]
        for custom in trace.get("customdata", ())
        if custom["words"]
    ]
    assert all("definition version" in one for one in words)
    if name in ("trend", "counts", "sites", "funnel"):
        assert any(re.search(r"\d (of|per) \d", one) for one in words)


@WALK
def test_the_page_names_it_for_everybody(name: str) -> None:
    panel = EVERY[name]().panel
    assert panel.title
    assert panel.title[0].isupper() or panel.title[0].isdigit()
    assert panel.summary.endswith(".")
    html = render_to_string(
        "_chart.html",
        {
            "id": "one",
            "title": panel.title,
            "summary": panel.summary,
            "columns": panel.columns,
            "rows": panel.rows,
            "src": "/x.json",
            "csv_url": "/x.csv",
        },
    )
    chart = re.search(r'<div class="chart"[^>]*>', html)
    assert chart is not None
    for attribute in ('role="img"', 'tabindex="0"', "aria-labelledby=", "aria-describedby="):
        assert attribute in chart[0]
    assert 'id="one-summary"' in html
    assert html.count("<button") == 2  # PNG and SVG, each with its name
    assert 'aria-label="SVG of ' in html
    assert 'aria-label="PNG of ' in html
    assert 'aria-label="CSV of ' in html
    assert "<table" in html
    assert "style=" not in html
    assert "<script" not in html


def test_the_script_draws_late_and_without_plotlys_own_buttons() -> None:
    assert "IntersectionObserver" in SCRIPT
    assert "displayModeBar: false" in SCRIPT


def test_every_kpi_chart_says_its_unit() -> None:
    for name in CHARTS:
        assert of_kpi(name).panel.subtitle


def test_a_restated_month_is_hollow_and_a_target_is_not_a_control_limit() -> None:
    figure = of_kpi("trend").figure
    hollow = [one for one in figure["data"] if one.get("marker", {}).get("color") == "var(--sheet)"]
    assert hollow[0]["y"]
    dashes = {shape["line"].get("dash") for shape in figure["layout"]["shapes"]}
    assert "dashdot" in dashes  # what is asked for
    assert {one["line"].get("dash") for one in figure["data"] if one.get("line")} >= {"dash"}


def test_a_new_version_and_new_limits_are_events_on_the_trend() -> None:
    shown = kpi_view_with("trend")
    months = sorted(shown.by_month)
    changed = dict(shown.by_month)
    for place, month in enumerate(months):
        one = changed[month]
        limits = {"amber": 4.0, "red": 8.0} if place >= 10 else None
        changed[month] = replace(one, version=2 if place >= 5 else 1, limits=limits)
    told = view_of(shown.definition, [], by_month=changed)
    assert events_of(told) == [(months[5], "version 2"), (months[10], "limits agreed")]
    figure = figure_of(told, "trend")
    texts = [label["text"] for label in figure["layout"]["annotations"]]
    assert {"version 2", "limits agreed"} <= set(texts)
    go.Figure(data=figure["data"], layout=figure["layout"])
