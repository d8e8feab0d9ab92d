"""How a KPI behaves on its page: usual range, signals, icons, interval, three months, a funnel."""

from dataclasses import replace
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from dashboards.behaviour import behaviour, interval_of, trailing_of
from dashboards.behaviour_facts import behaviour_facts, chart_words, range_words
from dashboards.month_lines import month_lines
from dashboards.panels.exports import csv_table
from dashboards.panels.funnel import funnel_chart, funnel_panel, site_funnel
from dashboards.panels.trend import trend_chart, trend_panel
from dashboards.spc_icons import spc_icon
from kpis.definitions import catalogue
from kpis.engine.definition import KpiDefinition
from kpis.engine.statistics.icons import Assurance, Variation
from kpis.engine.statistics.intervals import wilson_interval
from tests.dashboards.views_of import PERIOD, Pair, months_of, view_of

AGEING = catalogue()["query-aging"]
RATE = catalogue()["deviation-rate"]
TIME = catalogue()["time-to-fill"]
# Shares of 5, 6, 7 … %; the usual range is about 3 to 9 %.
LEVEL: list[Pair] = [(n, 100.0) for n in (5, 7, 6, 5, 7, 6, 8, 5, 6, 7, 5, 6)]
WORSE: list[Pair] = [*LEVEL, (25, 100.0)]


def facts(pairs: list[Pair]) -> dict[str, tuple[str, str]]:
    found = behaviour_facts(view_of(AGEING, pairs))
    return {one.name: (one.value.replace("\u00a0", " "), one.words) for one in found}


def test_a_jump_is_more_than_common_cause() -> None:
    told = behaviour(view_of(AGEING, WORSE))
    assert (told.variation, told.assurance) == (Variation.WORSENING, Assurance.HIT_AND_MISS)
    assert [one.words for one in told.signals_of(PERIOD)] == ["above the upper limit"]
    words = facts(WORSE)
    assert words["Variation"] == ("Worsening", "above the upper limit")
    assert words["Assurance"][0] == "Hit and miss"
    assert words["Assurance"][1].replace("\u00a0", " ").endswith("asked 5 %")


def test_the_value_has_its_interval_and_three_months_beside_it() -> None:
    words = facts(WORSE)
    low, high = wilson_interval(25, 100) or (0, 0)
    assert words["95 % interval"] == (
        f"{100 * low:.1f} to {100 * high:.1f} %",
        "Wilson interval",
    )
    assert words["Trailing 3 months"] == ("12.0 %", "36 of 300")  # (5 + 6 + 25) of 300
    gap = facts([*LEVEL[:-1], None, (8, 200.0)])
    assert gap["Trailing 3 months"] == ("4.3 %", "13 of 300, 2 of 3 months")
    assert interval_of(view_of(AGEING, [(0, 0.0)])) is None
    assert trailing_of(view_of(AGEING, [(0, 0.0)]), PERIOD) is None


def test_a_median_age_over_three_months_comes_from_buckets() -> None:
    months = months_of(AGEING, [(1, 3.0)])
    [month] = months
    buckets = {"0-3": 1, "4-7": 1, "8-14": 0, "15-30": 0, ">30": 0}
    told = {month: replace(months[month], detail={"buckets": buckets})}
    found = {one.name: one.value for one in behaviour_facts(view_of(AGEING, (), by_month=told))}
    assert found["Median age, 3 months"] == "0 to 3 d or 4 to 7 d"


def test_medians_are_not_added_up() -> None:
    months = months_of(AGEING, [(3, 5.0), (4, 6.0), (4, 7.0)])
    medians = (31.0, None, 44.0)
    told = {
        month: replace(one, value=median)
        for (month, one), median in zip(months.items(), medians, strict=True)
    }
    view = view_of(TIME, (), by_month=told)
    found = {one.name: one for one in behaviour_facts(view)}
    assert found["Trailing 3 months"].value.replace("\u00a0", " ") == "31.0 d to 44.0 d"
    assert "95 % interval" not in found
    one = {PERIOD: told[PERIOD]}
    alone = {one.name: one.value for one in behaviour_facts(view_of(TIME, (), by_month=one))}
    assert alone["Trailing 3 months"] == "44.0\u00a0d"
    nothing = {PERIOD: replace(told[PERIOD], value=None)}
    names = {one.name for one in behaviour_facts(view_of(TIME, (), by_month=nothing))}
    assert names == {"Variation", "Assurance"}


def test_few_months_have_no_usual_range() -> None:
    view = view_of(AGEING, LEVEL[:5])
    told = behaviour(view)
    assert (told.limited, told.variation) == (False, Variation.TOO_FEW)
    assert range_words(view, told, PERIOD) == "–"
    assert "5 of the 8 months" in chart_words(told)
    assert "0 of the 8" in chart_words(behaviour(view_of(AGEING, [])))
    assert behaviour_facts(view_of(AGEING, [])) == ()
    assert "provisional" in chart_words(behaviour(view_of(AGEING, LEVEL[:9])))
    assert "provisional" not in chart_words(behaviour(view_of(AGEING, LEVEL)))


def test_the_last_point_must_be_that_of_the_period() -> None:
    """A month that is too small to judge does not take the colour of the one before."""
    told = behaviour(view_of(AGEING, [*WORSE, (1, 1.0)]))
    assert told.variation is Variation.TOO_FEW
    assert len(told.months) == 13


def test_a_new_version_of_the_kpi_begins_new_limits() -> None:
    months = months_of(AGEING, [*LEVEL, *((3 * top, 100.0) for top, _ in filter(None, LEVEL))])
    told = {
        month: replace(one, version=1 if place < 12 else 2)
        for place, (month, one) in enumerate(months.items())
    }
    found = behaviour(view_of(AGEING, (), by_month=told))
    assert [one.reason for one in found.chart.phases] == ["", "version 2 of the definition"]
    assert found.signals == ()
    assert "begun anew: version 2" in chart_words(found)


@pytest.mark.parametrize(("definition", "pairs"), [(AGEING, WORSE), (RATE, WORSE), (AGEING, [])])
def test_the_range_is_drawn_apart_from_the_limits(
    definition: KpiDefinition, pairs: list[Pair]
) -> None:
    view = view_of(definition, [None, *pairs])
    figure = trend_chart(view)
    go.Figure(data=figure["data"], layout=figure["layout"])
    texts = [one["text"].replace("\u00a0", " ") for one in figure["layout"]["annotations"]]
    rings = [one for one in figure["data"] if one.get("marker", {}).get("symbol") == "circle-open"]
    assert len(rings) == (1 if pairs else 0)
    if pairs:
        assert rings[0]["x"] == ["Feb 2026"]
        assert any(text.startswith("usual to") for text in texts)
        assert any(text.startswith("mean") for text in texts)
        kinds = [one["type"] for one in figure["layout"]["shapes"]]
        assert kinds == ["rect", *["line"] * (2 if definition is AGEING else 0)]
        assert {one["layer"] for one in figure["layout"]["shapes"]} == {"below"}
        assert all(one.get("xref", "x") == "x" for one in figure["layout"]["shapes"])
    if definition is AGEING:
        assert "red limit 10 %" in texts
    heights = [one["y"] for one in figure["layout"]["annotations"] if one.get("xref") == "paper"]
    top = figure["layout"]["yaxis"]["range"][1]
    gaps = sorted(heights)
    assert all(b - a >= 0.06 * top for a, b in pairwise(gaps)) or not pairs


def test_the_tables_tell_range_and_signal() -> None:
    view = view_of(AGEING, WORSE)
    panel = trend_panel(view)
    names = [one.label for one in panel.columns]
    last = dict(zip(names, map(str, panel.rows[-1]), strict=True))
    assert last["Signal"] == "above the upper limit"
    assert " to " in last["Usual range"]
    newest = next(month_lines(view))
    assert (newest.signal, newest.trailing.replace("\u00a0", " ")) == (
        "above the upper limit",
        "12.0 %",
    )


def test_the_csv_of_the_trend_holds_the_range_too() -> None:
    header, rows = csv_table(view_of(AGEING, [*WORSE, (0, 1.0)]), "trend")
    last, few = (dict(zip(header, row, strict=True)) for row in rows[-2:])
    assert (last["moving range"], last["signals"]) == (19.0, "above the upper limit")
    heights = [float(str(last[name])) for name in ("usual from", "centre", "usual to")]
    assert heights == sorted(heights)
    assert (few["centre"], few["signals"]) == (None, "")


SITES = [(2.0, 40.0), (3.0, 50.0), (2.0, 60.0), (4.0, 45.0), (3.0, 55.0), (40.0, 80.0), (1.0, 2.0)]


def test_sites_outside_the_funnel_are_named() -> None:
    view = view_of(AGEING, WORSE, sites=[*SITES, (0.0, 0.0)])
    figure = funnel_chart(view)
    go.Figure(data=figure["data"], layout=figure["layout"])
    told = site_funnel(view)
    assert told is not None
    assert len(told.sites) == 7  # one has nothing to count
    assert told.flags == [0, 0, 0, 0, 0, 1, None]
    assert next(one["text"] for one in figure["layout"]["annotations"]) == "S5"
    panel = funnel_panel(view)
    assert panel.title == "1 of 6 sites stands out"
    assert "widened for over-dispersion" in panel.note
    assert [str(row[-1]) for row in panel.rows][-2:] == ["above", "too few to judge"]
    header, rows = csv_table(view, "funnel")
    assert len(rows[0]) == len(header)
    assert rows[5][6] == 1


def test_few_or_no_sites_say_so() -> None:
    two = funnel_panel(view_of(AGEING, WORSE, sites=SITES[:2]))
    assert two.title == "No site of 2 stands out"
    assert "φ taken as 1" in two.note
    one = funnel_panel(view_of(AGEING, WORSE, sites=[SITES[0], SITES[-1]]))
    assert one.title == "Only 1 of 2 sites has enough behind it to compare"
    small = funnel_panel(view_of(AGEING, WORSE, sites=[(1.0, 2.0)]))
    assert "enough behind it" in small.title
    none = view_of(AGEING, WORSE, sites=[])
    assert funnel_panel(none).title == "No site has anything to compare"
    go.Figure(data=funnel_chart(none)["data"])
    assert csv_table(none, "funnel")[1] == []


def test_an_icon_that_says_nothing_is_not_drawn() -> None:
    assert spc_icon("variation-too-few") == ""
    assert 'class="spc spc-heavy"' in spc_icon("assurance-never")
