"""Milestones and deviations of a study, from listings made in memory; the figures are plotly's."""

from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from dashboards.charts.dumbbells import ROWS_SHOWN
from dashboards.charts.pareto import pareto_words, ranked
from dashboards.milestones import milestones_of
from dashboards.panels.milestones import milestones_panel, slip_words
from dashboards.panels.pareto import deviations_panel
from dashboards.panels.study_registry import PANELS, lacking
from tests.dashboards.study_tables import CUTOFF, enrolled, plan, tables, view

FIRST_IN = {
    "milestone": "First participant in",
    "baseline_on": date(2026, 3, 1),
    "planned_on": date(2026, 3, 20),
    "reached_on": date(2026, 3, 10),
}
LAST_IN = {
    "milestone": "Last participant in",
    "baseline_on": date(2027, 3, 1),
    "planned_on": date(2027, 4, 12),
    "baseline_version": "2",
    "slip_reason": "Slow start-up",
}
OVERDUE = {"milestone": "Half enrolled", "country": "FRA"} | {
    "baseline_on": date(2026, 9, 1),
    "planned_on": date(2026, 10, 1),
}
KINDS = ["Visit window"] * 6 + ["Dosing"] * 3 + [None]


def test_a_milestone_slips_from_its_first_plan() -> None:
    first, last, country = milestones_of(tables(study_milestones=[OVERDUE, LAST_IN, FIRST_IN]))
    assert [one.slip for one in (first, last, country)] == [9, 42, 30]
    assert (first.overdue(CUTOFF), country.overdue(CUTOFF)) == (False, True)
    panel = milestones_panel(view(study_milestones=[OVERDUE, LAST_IN, FIRST_IN]))
    assert panel.title == (
        "Last participant in is expected 6 weeks after the first plan; 1 milestone is overdue"
    )
    assert panel.rows[1][-2:] == ("2", "Slow start-up")
    done = milestones_panel(view(study_milestones=[FIRST_IN]))
    assert done.title == "First participant in came 9 days after the first plan"
    early = FIRST_IN | {"reached_on": date(2026, 2, 20)}
    assert "No milestone is behind" in milestones_panel(view(study_milestones=[early])).title
    unknown = milestones_of(tables(study_milestones=[{"milestone": "A", "baseline_on": CUTOFF}]))
    assert unknown[0].slip is None


def test_key_dates_stand_in_for_milestones() -> None:
    rows = [
        {
            "protocol_final_on": date(2025, 1, 1),
            "enrolment_end_planned_on": date(2027, 1, 1),
            "enrolment_end_forecast_on": date(2027, 2, 1),
        }
    ]
    final, ended = milestones_of(tables(study_key_dates=rows))
    assert (final.name, final.slip, ended.slip) == ("Protocol Final", None, 31)
    alone = milestones_panel(view(study_key_dates=[{"locked_on": CUTOFF}]))
    assert alone.title == "1 key date; no first plan to hold them against"
    assert milestones_of(tables()) == ()


def test_more_milestones_than_fit_are_in_the_table() -> None:
    many = [{**FIRST_IN, "milestone": f"Step {n}"} for n in range(ROWS_SHOWN + 3)]
    panel = milestones_panel(view(study_milestones=many))
    assert len(panel.rows) == ROWS_SHOWN + 3
    assert f"The first {ROWS_SHOWN} are drawn." in panel.note


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, ""), (0, "on plan"), (9, "+9\u00a0d"), (-3, "−3\u00a0d"), (36, "+5\u00a0weeks")],
)
def test_a_slip_is_told_in_days_and_then_in_weeks(days: int | None, words: str) -> None:
    assert slip_words(days) == words


def test_a_pareto_names_the_few_that_make_most() -> None:
    bars = ranked([("B", 3), ("none", 0), ("A", 16), ("C", 1)], ["/b", "", "/a"])
    assert [(one.name, one.count, one.so_far, one.url) for one in bars] == [
        ("A", 16, 80.0, "/a"),
        ("B", 3, 95.0, "/b"),
        ("C", 1, 100.0, ""),
    ]
    assert [one.vital for one in bars] == [True, False, False]
    assert pareto_words(bars, noun="findings") == "A makes 80\u00a0% of the findings"
    even = ranked([("A", 5), ("B", 5), ("C", 5)])
    assert pareto_words(even, noun="findings") == "3 of 3 kinds make 100\u00a0% of the findings"
    assert pareto_words((), noun="findings") == "No findings"


def test_deviations_are_counted_by_category_without_those_rejected() -> None:
    rows = [{"deviation_category": kind} for kind in KINDS]
    rows += [{"deviation_category": "Dosing", "pd_status": "rejected"}]
    panel = deviations_panel(view(deviations=rows))
    assert panel.title == "2 of 3 kinds make 90\u00a0% of the deviations"
    assert [row[:2] for row in panel.rows] == [
        ("Visit window", "6"),
        ("Dosing", "3"),
        ("no category given", "1"),
    ]


FULL = {
    "enrolment": [row for n in range(6) for row in enrolled(f"S{n}", 4)],
    "sites": [{"site": f"S{n}", "activated_on": date(2026, 3, 1)} for n in range(6)],
    "enrolment_plan": [
        *plan("Baseline", {CUTOFF: 20, date(2027, 3, 1): 50}, approved=date(2026, 1, 1), sites=6),
        *plan("Amendment 1", {CUTOFF: 15, date(2027, 8, 1): 50}, approved=date(2026, 6, 1)),
    ],
    "study_milestones": [FIRST_IN, LAST_IN, OVERDUE],
    "deviations": [{"deviation_category": kind} for kind in KINDS],
}


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_draws_what_its_table_says(name: str) -> None:
    shown = view(**FULL)  # type: ignore[arg-type]  # listings
    one = PANELS[name]
    assert one.there(shown)
    figure = one.chart(shown)
    go.Figure(data=figure["data"], layout=figure["layout"])
    panel = one.panel(shown)
    assert {len(row) for row in panel.rows} == {len(panel.columns)}
    header, rows = one.table(shown)
    assert len(header) == len(panel.columns)
    assert len(rows) == len(panel.rows)


def test_the_s_curve_holds_plans_bands_and_the_day_of_the_last_participant() -> None:
    figure = PANELS["enrolment"].chart(view(**FULL))  # type: ignore[arg-type]  # listings
    names = [one.get("name") for one in figure["data"]]
    assert [name for name in names if name] == ["forecast", "Baseline", "Amendment 1", "enrolled"]
    dashes = {one["name"]: one["line"].get("dash") for one in figure["data"] if one.get("name")}
    assert (dashes["Baseline"], dashes["Amendment 1"]) == ("dot", "dash")
    fills = [one["fillcolor"] for one in figure["data"] if one.get("fill")]
    assert fills == ["var(--band)", "var(--fan)"]
    top = [max(one["y"]) for one in figure["data"] if one.get("fill")]
    assert top == [50, 50]  # enrolment stops at the target
    assert figure["data"][-1]["marker"]["symbol"] == "diamond"
    assert date.fromisoformat(figure["data"][-1]["x"][0]) > CUTOFF + timedelta(days=30)


def test_what_did_not_come_is_named() -> None:
    assert len(lacking(None)) == len(PANELS)
    assert lacking(view(**FULL)) == []  # type: ignore[arg-type]  # listings
    assert len(lacking(view())) == len(PANELS)
