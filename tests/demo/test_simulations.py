"""What the demo makes up is plausible, the same every time, and agrees from month to month."""

from datetime import date, timedelta

import pandas as pd
import pytest

from demo.calendar import first_day, month_end
from demo.participants import enrolment_at, participants_at, sites_at
from demo.plans import Cro, StudyPlan
from demo.positions import positions_at
from demo.queries import open_at
from demo.sheets import LAYOUTS, listing_at
from demo.story import CROS, STUDIES, cro_named
from demo.visits import deviations_at, visits_at
from studies.models import Study
from tests.demo.told import TODAY

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
of_every_study = pytest.mark.parametrize("plan", STUDIES, ids=lambda plan: plan.protocol_number)
of_every_staff = pytest.mark.parametrize(
    "cro", [cro for cro in CROS if cro.staff], ids=lambda cro: cro.name
)
PLANNED = {"until", "planned_on", "baseline_on"}  # days of plans lie ahead


def test_months_are_counted_back_over_the_year() -> None:
    assert month_end(TODAY, months_ago=1) == date(2026, 10, 31)
    assert month_end(TODAY, months_ago=11) == date(2025, 12, 31)
    assert month_end(date(2024, 3, 31), months_ago=1) == date(2024, 2, 29)
    assert first_day(TODAY, months_ago=11) == date(2025, 12, 1)


@of_every_study
def test_queries_stand_a_week_later_or_were_closed(plan: StudyPlan) -> None:
    cro = cro_named(plan.data_management)
    before = open_at(OCTOBER - timedelta(days=7), plan, cro, today=TODAY)
    after = open_at(OCTOBER, plan, cro, today=TODAY)
    key = ["site", "participant", "form", "field", "opened"]
    old = after[after["opened"] < "2026-10-25"]
    assert len(old) > 0
    assert len(old.merge(before, on=key)) == len(old)


@of_every_study
def test_visits_of_a_month_stand_in_the_next(plan: StudyPlan) -> None:
    october = visits_at(OCTOBER, plan, today=TODAY)
    old = october[october["visit_date"] <= pd.Timestamp(SEPTEMBER)].reset_index(drop=True)
    pd.testing.assert_frame_equal(old, visits_at(SEPTEMBER, plan, today=TODAY))


@of_every_study
def test_participants_and_what_came_of_them_stay(plan: StudyPlan) -> None:
    _grows(
        participants_at(SEPTEMBER, plan, today=TODAY),
        participants_at(OCTOBER, plan, today=TODAY),
        key="participant",
        lasting=["site", "country", "enrolled_on"],
    )
    _grows(
        enrolment_at(SEPTEMBER, plan, today=TODAY),
        enrolment_at(OCTOBER, plan, today=TODAY),
        key="participant",
        lasting=["decided_on", "failure_reason"],
    )


@of_every_study
def test_deviations_keep_number_and_day_and_sites_their_activation(plan: StudyPlan) -> None:
    before, after = (deviations_at(day, plan, today=TODAY) for day in (SEPTEMBER, OCTOBER))
    _grows(
        before, after, key="deviation_id", lasting=["participant", "deviation_date", "importance"]
    )
    decided = before[before["pd_status"] != "PD Proposed"]
    _grows(decided, after, key="deviation_id", lasting=["pd_status"])
    _grows(
        sites_at(SEPTEMBER, plan, today=TODAY),
        sites_at(OCTOBER, plan, today=TODAY),
        key="site",
        lasting=["country", "activated_on"],
    )


@of_every_staff
def test_positions_keep_what_was_known_of_them(cro: Cro) -> None:
    days = ["accepted_on", "started_on", "productive_on", "left_on"]
    for months_ago in range(23, 0, -1):
        _grows(
            positions_at(month_end(TODAY, months_ago=months_ago + 1), cro, today=TODAY),
            positions_at(month_end(TODAY, months_ago=months_ago), cro, today=TODAY),
            key="requisition",
            lasting=["role", "country", "approved_on", "needed_by", *days],
        )


@of_every_study
def test_nothing_lies_after_the_cut_off_and_everybody_is_listed(plan: StudyPlan) -> None:
    cro = cro_named(plan.data_management)
    tables = {
        name: listing_at(name, OCTOBER, plan, cro, today=TODAY)
        for name in LAYOUTS
        if name != "positions"
    }
    known = set(tables["participants"]["participant"])
    for name, table in tables.items():
        assert len(table) > 0
        dated = set(LAYOUTS[name].columns) & set(table.select_dtypes("datetime"))
        for column in dated - PLANNED:
            assert not (table[column] >= pd.Timestamp(OCTOBER + timedelta(days=1))).any()
        if "participant" in table:
            assert set(table["participant"]) <= known
            assert table["participant"].str.fullmatch(r"\d{5}-\d{3}").all()


@of_every_study
def test_figures_are_plausible_for_the_phase_and_area(plan: StudyPlan) -> None:
    log = enrolment_at(OCTOBER, plan, today=TODAY)["outcome"].value_counts()
    failures = log["Screen failure"] / (log["Screen failure"] + log["Enrolled"])
    assert 0.2 <= failures <= 0.5
    usual = date(2026, 6, 30)
    rate = len(deviations_at(usual, plan, today=TODAY)) / len(visits_at(usual, plan, today=TODAY))
    assert (rate > 0.065) == (plan.area == "Oncology" or plan.protocol_number == "NWT-118")
    people = len(participants_at(OCTOBER, plan, today=TODAY))
    assert (people < 60) == (plan.phase == Study.Phase.I)


def test_a_slide_takes_four_months_and_a_steady_cro_stays_where_it_is() -> None:
    def share_old(plan: StudyPlan, months_ago: int) -> float:
        cutoff = month_end(TODAY, months_ago=months_ago)
        listing = open_at(cutoff, plan, cro_named(plan.data_management), today=TODAY)
        return float((listing["days_open"] > 14).mean())

    asthma, registry = STUDIES[0], STUDIES[6]
    slid = [share_old(asthma, ago) for ago in (6, 4, 3, 1)]
    assert slid[0] < 0.05 < slid[1]
    assert slid[-1] > 0.10
    tidied = [share_old(registry, ago) for ago in range(1, 25)]
    assert max(tidied) <= 0.05
    assert min(tidied[:18]) > 0.04


def test_three_people_leave_birch_within_two_months_and_positions_stay_open() -> None:
    birch = positions_at(OCTOBER, cro_named("Birch Research"), today=TODAY)
    left = birch["left_on"].dropna()
    assert len(left) == 3
    assert (left.max() - left.min()).days < 62
    assert birch["started_on"].isna().any()


def _grows(before: pd.DataFrame, after: pd.DataFrame, *, key: str, lasting: list[str]) -> None:
    """Assert that every row of `before` is in `after`, with every value that it had."""
    assert before[key].is_unique
    assert set(before[key]) <= set(after[key])
    later = after.set_index(key).loc[before[key], lasting].reset_index(drop=True)
    earlier = before[lasting].reset_index(drop=True)
    assert ((earlier == later) | earlier.isna()).all(axis=None)
