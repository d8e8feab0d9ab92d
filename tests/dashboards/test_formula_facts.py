"""What stands beside a value: every formula's further figures in words, taken by themselves."""

from dataclasses import replace

import pytest

from dashboards.durations import duration_words
from dashboards.formula_facts import BY_FORMULA
from dashboards.fractions import fraction_words
from dashboards.panels.registry import BY_FORMULA as PANELS
from kpis.definitions import catalogue
from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import FORMULAS
from tests.dashboards.views_of import view_of

UPTIME, TRIAGE = catalogue()["system-uptime"], catalogue()["signal-triage"]
LATENCY, TO_FILL = catalogue()["data-latency-p90"], catalogue()["time-to-fill"]
OUTAGES = catalogue()["unplanned-outages"]


def told(definition: KpiDefinition, **detail: object) -> dict[str, tuple[str, str]]:
    view = view_of(definition, [(1, 2.0)])
    found = BY_FORMULA[definition.formula](view, detail)
    return {one.name: (one.value, one.words) for one in found}


def of(formula: str) -> KpiDefinition:
    return replace(UPTIME, formula=formula, parameters={})


def test_every_formula_has_facts_and_panels() -> None:
    assert set(BY_FORMULA) == set(PANELS) == set(FORMULAS)


def test_late_is_told_from_overdue() -> None:
    words = told(TRIAGE, late=2, overdue=3, stopped=1, by_clock={"7-day": 4, "other": 0})
    assert words["Done late"] == ("2", "after they were due")
    assert words["Overdue"] == ("3", "due and not done")
    assert words["Stopped before"] == ("1", "left out")
    assert words["7-day"] == ("4", "late or overdue")
    assert "Other" not in words
    assert told(TRIAGE) == {}


def test_what_is_left_out_of_a_ratio_is_told_of_both_sides() -> None:
    words = told(UPTIME, undated=1, unknown=2, denominator_undated=3, denominator_unknown=0)
    assert words["Undated"] == ("1", "rows without the day: left out")
    assert words["Not said"] == ("2", "rows that do not say: left out")
    assert words["Denominator"] == ("3", "without a day: left out")


def test_counts_variances_and_holders() -> None:
    assert told(OUTAGES, by_cause={"power": 2}) == {"Power": ("2", "of these")}
    assert told(of("variance"), baselines={"2": 7})["Baseline 2"] == ("7", "rows compared with it")
    share = told(of("concentration"), holders=3, largest_share=50.0)
    assert share["Holders"] == ("3", "the largest has 50.0\u00a0%")


def test_adherence_shows_coverage_and_what_nothing_makes_up_for() -> None:
    words = told(of("adherence"), measured=3, required=4, coverage=75.0, failed_capping=1)
    assert words["Coverage"] == ("75.0\u00a0%", "3 of 4 measured")
    assert words["Failed, safety"] == ("1", "nothing makes up for these")
    assert told(of("adherence")) == {}


def test_a_survey_shows_what_a_mean_hides() -> None:
    words = told(of("survey_index"), gap=-0.5, topics={"trust": 4.0}, distribution={"1": 0, "5": 2})
    assert words["Gap"][0] == "\u22120.5"
    assert words["Trust"] == ("4.0", "mean of this topic")
    assert words["Answers"][0] == "0 × 1, 2 × 5"
    assert told(of("survey_index")) == {}


def test_hours_are_told_in_hours() -> None:
    detail = {"open": 1, "longest_open": 30, "low": None, "p25": 2, "p75": 8, "stopped": 0}
    words = told(LATENCY, **detail)
    assert words["95 % interval"][0] == "not reached"
    assert words["A quarter within"] == ("2.0\u00a0h", "three quarters within 8.0\u00a0h")


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        (TO_FILL, ("position", "filled", "day", "half", "median")),
        (LATENCY, ("case", "ended", "hour", "90\u00a0%", "90th percentile")),
    ],
)
def test_a_duration_says_what_it_is_about(
    definition: KpiDefinition, words: tuple[str, ...]
) -> None:
    said = duration_words(definition)
    assert (said.case, said.ended, said.step, said.part, said.name) == words


def test_a_count_has_no_denominator_and_a_ratio_is_per_something() -> None:
    assert fraction_words(OUTAGES, 3, 1) == "3"
    assert fraction_words(UPTIME, 3, 40) == "3 per 40"
