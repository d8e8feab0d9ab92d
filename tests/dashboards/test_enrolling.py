"""Enrolment, plans, courses of sites and the forecast, from listings made in memory."""

from datetime import date, timedelta

import pytest

from dashboards.enrolling.actual import enrolment_of
from dashboards.enrolling.ahead import Forecast, shift_words, weeks_between
from dashboards.enrolling.plan import plans_of
from dashboards.enrolling.sites import site_courses, usual_delay
from dashboards.panels.activation import activation_panel, activation_table
from dashboards.panels.enrolment import enrolment_panel, enrolment_table
from dashboards.panels.study import month_end
from tests.dashboards.study_tables import CUTOFF, Rows, enrolled, plan, tables, view

DAY = timedelta(days=1)
BASELINE = plan(
    "Baseline",
    {date(2026, 6, 30): 10, date(2026, 12, 31): 40, date(2027, 3, 31): 60},
    approved=date(2026, 1, 5),
    sites=8,
)
AMENDED = plan(
    "Amendment 2",
    {date(2026, 6, 30): 8, date(2026, 12, 31): 30, date(2027, 6, 30): 60},
    approved=date(2026, 7, 1),
)
SITES = [
    {"site": f"S{n}", "activated_on": date(2026, 3, 1), "planned_activation_on": date(2026, 2, 1)}
    for n in range(6)
] + [{"site": "S9", "planned_activation_on": date(2026, 11, 20)}]
PEOPLE = [row for n in range(6) for row in enrolled(f"S{n}", 5, every=20 + n, before=3)]


def told(**more: object) -> Forecast:
    found = view(enrolment=PEOPLE, site_start_up=SITES, **more).forecast  # type: ignore[arg-type]
    assert found is not None
    return found


def test_enrolment_counts_by_month_up_to_the_cut_off() -> None:
    rows: Rows = [
        *enrolled("S1", 3, every=31),
        {"outcome": "enrolled"},
        {"outcome": "enrolled", "decided_on": CUTOFF + DAY},
        {"outcome": "screen-failure", "decided_on": CUTOFF},
        {"outcome": "in-screening"},
    ]
    found = enrolment_of(tables(enrolment=rows))
    assert found is not None
    assert [one.total for one in found.months] == [1, 2, 3]
    assert (found.total, found.undated, found.in_screening) == (4, 1, 1)
    assert found.months[-1].failed == 1
    assert found.day_of(3) == CUTOFF
    assert found.day_of(4) is None


def test_the_list_of_participants_tells_enrolment_where_no_log_came() -> None:
    rows: Rows = [
        {"site": "S1", "participant": "1", "subject_status": "on-study", "enrolled_on": CUTOFF},
        {"site": "S1", "participant": "2", "subject_status": "screening"},
    ]
    found = enrolment_of(tables(participants=rows))
    assert found is not None
    assert (found.total, found.in_screening) == (1, 1)
    assert enrolment_of(tables(participants=rows[1:])) is None
    assert enrolment_of(tables()) is None
    empty = enrolment_of(tables(enrolment=[]))
    assert empty is not None
    assert empty.months == ()


def test_all_versions_of_a_plan_are_kept_the_first_approved_first() -> None:
    first, last = plans_of(tables(enrolment_plan=[*AMENDED, *BASELINE]))
    assert (first.name, last.name, last.target) == ("Baseline", "Amendment 2", 60)
    assert first.ends == date(2027, 3, 31)
    assert first.day_of(25) == date(2026, 6, 30) + 92 * DAY
    assert first.day_of(61) is None
    days = (date(2026, 6, 29), date(2026, 6, 30), date(2026, 9, 30), date(2030, 1, 1))
    assert [first.planned_by(day) for day in days] == [0, 10, 25, 60]
    assert plans_of(tables()) == ()
    (nameless,) = plans_of(tables(enrolment_plan=plan("", {CUTOFF: 5})))
    assert (nameless.name, nameless.approved_on, nameless.points[0].sites) == ("Plan", None, None)


def test_a_site_is_put_together_from_its_listings() -> None:
    found = tables(
        enrolment=enrolled("S1", 2),
        sites=[{"site": "S1", "activated_on": date(2026, 3, 1)}, {"site": "S2"}],
        site_start_up=[
            {"site": "S1", "planned_activation_on": date(2026, 2, 1), "stated_rate": 0.5},
            {"site": "S2", "activated_on": date(2026, 4, 1), "stated_rate": -1},
        ],
    )
    one, two = site_courses(found, enrolment_of(found))
    assert (one.planned, one.activated, one.begun) == (
        date(2026, 2, 1),
        date(2026, 3, 1),
        date(2026, 3, 1),
    )
    assert one.stated == pytest.approx(0.5 / 30.4375)
    assert (two.activated, two.stated, len(one.enrolled)) == (date(2026, 4, 1), None, 2)
    assert usual_delay((one, two)) == 28
    assert usual_delay(()) == 0


def test_the_forecast_reaches_the_target_within_its_bands() -> None:
    found = told(enrolment_plan=[*BASELINE, *AMENDED])
    assert found.target == 60
    assert found.ahead == 1
    assert found.last is not None
    days = [day for day in found.last.days if day]
    assert days == sorted(days)
    assert days[0] > CUTOFF
    # 30 enrolled in about 240 days of six sites: the other 30 take about as long, a little less.
    assert 150 < (days[2] - CUTOFF).days < 300
    assert found.bands is not None
    assert found.bands.levels[2][0] == 30
    assert "1 site opens as planned, 28 days late as is usual here." in found.notes
    assert told(enrolment_plan=[*BASELINE, *AMENDED]) == found


def test_what_is_missing_is_said() -> None:
    plain = told()
    assert (plain.target, plain.last) == (None, None)
    assert plain.bands is not None
    assert "No plan of enrolment came" in plain.notes[0]
    few = view(enrolment=enrolled("S1", 2)).forecast
    assert few is not None
    assert "1 site counts from the first participant on." in few.notes
    assert "Fewer than 5 sites: how much they differ is a default." in few.notes
    nobody = view(enrolment=[], sites=[{"site": "S1", "activated_on": CUTOFF}]).forecast
    assert nobody is not None
    assert nobody.notes[-1] == "Nobody is enrolled yet: no rate is known."
    closed = view(
        enrolment=enrolled("S1", 2),
        sites=[{"site": "S1", "activated_on": date(2026, 9, 1), "closed_on": CUTOFF}],
    ).forecast
    assert closed is not None
    assert closed.notes[-1].startswith("No site is open")
    promised = view(
        enrolment=PEOPLE,
        site_start_up=[*({**one, "stated_rate": 1.5} for one in SITES), {"site": "S8"}],
    ).forecast
    assert promised is not None
    assert any("multiplied by" in note for note in promised.notes)
    assert "1 site without a day of activation, planned or actual, left out." in promised.notes


def test_no_forecast_is_made_where_enrolment_is_over() -> None:
    over = told(study_key_dates=[{"enrolment_ended_on": date(2026, 10, 1)}])
    assert (over.bands, over.notes[-1]) == (None, "Enrolment ended on 1 Oct 2026.")
    register = view(enrolling=False, enrolment=PEOPLE).forecast
    assert register is not None
    assert register.notes[-1] == "The register says that enrolment is closed."
    full = told(enrolment_plan=plan("Plan", {CUTOFF: 30}))
    assert full.notes == ("The target of 30 is reached.",)
    assert told(study_key_dates=[{"enrolment_ended_on": CUTOFF + DAY}]).bands is not None


def test_a_target_out_of_reach_is_drawn_for_four_years() -> None:
    slow = view(
        enrolment=enrolled("S1", 1),
        sites=[{"site": "S1", "activated_on": date(2020, 1, 1)}],
        enrolment_plan=plan("Plan", {date(2027, 1, 1): 900}),
    )
    assert slow.forecast is not None
    assert slow.forecast.last is not None
    assert slow.forecast.last.median is None
    assert "not reached within ten years" in enrolment_panel(slow).note
    assert slow.forecast.bands is not None
    assert (slow.forecast.bands.days[-1] - CUTOFF).days == pytest.approx(1460, abs=20)


def test_the_panel_says_the_shift_against_every_version() -> None:
    shown = view(enrolment=PEOPLE, site_start_up=SITES, enrolment_plan=[*BASELINE, *AMENDED])
    panel = enrolment_panel(shown)
    assert panel.title.startswith("30 of 60 are enrolled; the last participant is expected ")
    assert "than Baseline (31 Mar 2027)." in panel.note
    assert "Amendment 2 (30 Jun 2027)." in panel.note
    assert "30 were planned for 31 Dec 2026: 9 weeks ahead at the cut-off." in panel.note
    header, rows = enrolment_table(shown)
    assert "Planned, Baseline" in header
    assert {len(row) for row in rows} == {len(header)}
    assert len(panel.rows) == len(rows)
    bare = view(enrolment=[{"outcome": "enrolled"}, {"outcome": "in-screening"}])
    assert enrolment_panel(bare).title == "1 participant is enrolled"
    assert "1 in screening." in enrolment_panel(bare).note
    with pytest.raises(LookupError):
        enrolment_panel(view())


def test_activation_is_held_against_plan_and_sites() -> None:
    shown = view(site_start_up=SITES, enrolment_plan=BASELINE)
    panel = activation_panel(shown)
    assert panel.title == "6 of 6 sites planned by now are activated"
    assert "28 days or more after their planned day" in panel.note
    header, rows = activation_table(shown)
    assert header == ["Up to", "Sites activated", "Planned, plan", "Planned, site by site"]
    assert (date(2026, 3, 31), 6, 0, 6) in rows
    assert rows[-1][1] is None
    alone = activation_panel(view(sites=[{"site": "S1", "activated_on": CUTOFF}]))
    assert alone.title == "1 site is activated"
    assert "No plan of activation came" in alone.note
    prompt = [{"site": "S1", "activated_on": CUTOFF, "planned_activation_on": CUTOFF}]
    assert "on their planned day or before" in activation_panel(view(site_start_up=prompt)).note


def test_words_of_a_shift() -> None:
    assert shift_words(weeks_between(CUTOFF, CUTOFF + 20 * DAY)) == "3 weeks later than"
    assert shift_words(-1) == "1 week earlier than"
    assert shift_words(0) == "as in"
    assert month_end(date(2026, 2, 1), CUTOFF) == date(2026, 2, 28)
    assert month_end(date(2026, 12, 1), date(2027, 1, 15)) == date(2026, 12, 31)
