"""What came, in time or not, right or not, and whether it lasted, is a figure like any other."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kpis.agreed.writing import choose_kpi
from kpis.models import KpiResult, Problem, SnapshotRun, Submission
from kpis.own_tables import OwnScope
from kpis.own_tables.submission_log import submission_log
from kpis.own_tables.values import values_of
from kpis.snapshots.again import again, differences
from kpis.snapshots.compute import compute_for
from kpis.snapshots.missing import mark_missing
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept, send_back
from kpis.submissions.receive import confirm_cutoff
from kpis.submissions.submit import explain, submit
from studies.models import Engagement
from tests.dashboards.months import queries, report, send
from tests.people import World
from vendors.access import actor_of

pytestmark = pytest.mark.django_db
ABOUT_SUBMISSIONS = (
    "report-latency",
    "submission-timeliness",
    "submission-completeness",
    "submissions-right-first-time",
    "restatement-rate",
    "restatement-size",
)
ABOUT_KPIS = ("kpi-adherence", "kpi-coverage")
SITES = (queries("S1", old=2, young=40), queries("S2", old=9, young=30))
OTHERS = (queries("S1", old=4, young=40), queries("S2", old=9, young=30))
OCTOBER = date(2026, 10, 1)
SEPTEMBER_ENDS = date(2026, 9, 30)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.fixture
def months(world: World) -> World:
    """July in time; August late, returned once; September in time, restated; October in time."""
    Engagement.objects.filter(pk=world.alpha_engagement.pk).update(reports_from=date(2026, 7, 1))
    for slug in (*ABOUT_SUBMISSIONS, *ABOUT_KPIS):
        choose_kpi(
            actor=actor_of(world.sam),
            engagement=world.alpha_engagement,
            slug=slug,
            from_month=date(2026, 7, 1),
            reason="We follow how the figures come.",
            now=at(date(2026, 7, 1)),
        )
    alpha: dict[str, Any] = {
        "by": world.ada,
        "engagement": world.alpha_engagement,
        "study": world.study,
    }
    sam: dict[str, Any] = {"sponsor": world.sam, "sites": SITES, **alpha}
    report(cutoff=date(2026, 7, 31), now=at(date(2026, 8, 10)), **sam)
    august = send(sites=SITES, cutoff=date(2026, 8, 31), now=at(date(2026, 9, 21)), **alpha)
    mend(world, august)
    report(cutoff=date(2026, 9, 30), now=at(date(2026, 10, 5)), **sam)
    report(cutoff=date(2026, 9, 30), now=at(date(2026, 10, 20)), **{**sam, "sites": OTHERS})
    report(cutoff=date(2026, 10, 31), now=at(date(2026, 11, 4)), **sam)
    return world


def mend(world: World, submission: Submission) -> None:
    """Return it, check it again, hand it over again and accept it."""
    ada, sam = actor_of(world.ada), actor_of(world.sam)
    back, again_at = at(date(2026, 9, 22)), at(date(2026, 9, 23))
    send_back(actor=sam, submission=submission, comment="Only two sites?", now=back)
    confirm_cutoff(
        actor=ada,
        submission=Submission.objects.get(pk=submission.pk),
        data_cutoff_date=date(2026, 8, 31),
        now=again_at,
    )
    assert check_submission(submission=Submission.objects.get(pk=submission.pk), now=again_at)
    check = Submission.objects.get(pk=submission.pk).checks.last()
    for problem in Problem.objects.filter(check_made=check, severity="warning"):
        explain(actor=ada, problem=problem, explanation="All of them.", now=again_at)
    submit(actor=ada, submission=Submission.objects.get(pk=submission.pk), now=again_at)
    accept(
        actor=sam,
        submission=Submission.objects.get(pk=submission.pk),
        comment="",
        now=again_at,
    )
    compute_for(submission=Submission.objects.get(pk=submission.pk), now=again_at)


def result(world: World, slug: str, *, period: date = OCTOBER, study: bool = False) -> KpiResult:
    """The current result of Alpha's engagement, or of its study."""
    return KpiResult.objects.get(
        engagement=world.alpha_engagement,
        study=world.study if study else None,
        definition__slug=slug,
        country="",
        period_start=period,
        run__current__isnull=False,
    )


def test_the_log_says_what_was_due_when_it_came_and_whether_it_lasted(months: World) -> None:
    log = submission_log(OwnScope(months.alpha_engagement.pk, None, date(2026, 10, 31)))
    ends, came = (log[name].astype(str).str[:10] for name in ("period_end", "received_on"))
    assert list(zip(ends[:3], came[:3], log["first_time_right"][:3], strict=True)) == [
        ("2026-07-31", "2026-08-10", "yes"),
        ("2026-08-31", "2026-09-23", "no"),
        ("2026-09-30", "2026-10-05", "yes"),
    ]
    assert (ends[3], log["received_on"].notna()[3]) == ("2026-10-31", False)
    assert log["accepted_on"].notna().tolist() == [True, True, True, False]
    assert (log["cells_filled"].dropna() == log["cells_required"].dropna()).all()
    changed = log["values_changed"].tolist()
    assert changed[0] == changed[1] == changed[3] == 0
    assert 0 < changed[2] <= log["values_accepted"][2]
    # A month reads the same whenever it is computed: September was restated in October.
    before = submission_log(OwnScope(months.alpha_engagement.pk, months.study.pk, SEPTEMBER_ENDS))
    assert before["values_changed"].sum() == 0
    assert before["received_on"].notna().tolist() == [True, True, False]


def test_how_the_months_came_is_a_figure_like_any_other(months: World) -> None:
    timeliness_counts_the_last_three_months_that_were_due(months)
    restatements_are_told_by_number_and_by_size(months)
    adherence_is_told_from_how_the_other_kpis_stand(months)


def timeliness_counts_the_last_three_months_that_were_due(months: World) -> None:
    for study in (False, True):
        found = result(months, "submission-timeliness", study=study)
        assert (found.numerator, found.denominator, found.rag) == (2, 3, "red")
    right = result(months, "submissions-right-first-time")
    assert (right.numerator, right.denominator) == (2, 3)
    latency = result(months, "report-latency")
    assert (latency.denominator, latency.value) == (3, 10)  # 10, 23 and 5 days


def restatements_are_told_by_number_and_by_size(months: World) -> None:
    values = values_of(OwnScope(months.alpha_engagement.pk, None, date(2026, 10, 31)))
    assert {one.period for one in values.changes} == {date(2026, 9, 1)}
    rate, size = (result(months, slug) for slug in ("restatement-rate", "restatement-size"))
    assert rate.numerator == len({one.slug for one in values.changes})
    assert rate.denominator == sum(
        count for (_, period), count in values.accepted.items() if period < OCTOBER
    )
    relative = [one.relative for one in values.changes if one.relative is not None]
    assert size.numerator == pytest.approx(sum(relative))
    assert size.denominator == len(relative)


def adherence_is_told_from_how_the_other_kpis_stand(months: World) -> None:
    found = result(months, "kpi-adherence")
    others = KpiResult.objects.filter(run=found.run, country="").exclude(
        definition__slug__in=ABOUT_KPIS
    )
    held = [
        row.rag
        for row in others
        if row.definition.content["limits"] and row.rag != "not-applicable"
    ]
    assert found.numerator == held.count("green")
    assert found.denominator == sum(held.count(rag) for rag in ("green", "amber", "red"))
    assert result(months, "kpi-coverage").denominator == len(held)


def test_what_never_came_has_no_value_and_is_itself_a_figure(months: World) -> None:
    november = date(2026, 11, 1)
    now = at(date(2026, 12, 24))
    assert mark_missing(period=november, today=now.date(), now=now)
    assert result(months, "query-aging", period=november, study=True).rag == "missing"
    late = result(months, "submission-timeliness", period=november, study=True)
    assert (late.numerator, late.denominator) == (2, 3)
    assert not mark_missing(period=november, today=now.date(), now=now)
    the_same_comes_out_again()


def the_same_comes_out_again() -> None:
    runs = SnapshotRun.objects.filter(period_start=OCTOBER, current__isnull=False)
    assert len(runs) == 2
    for run in runs:
        assert set(run.own_tables) == {"submission-log", "restated-values"} or run.study_id
        assert differences(run, again(run)) == ()
        one = again(run, slugs=["submission-timeliness"])
        assert set(one.outcomes) == {("submission-timeliness", "")}
    whole = next(run for run in runs if run.study_id is None)
    found = again(whole, slugs=["kpi-adherence"])
    assert differences(whole, found) == ()
    assert set(found.outcomes) == {("kpi-adherence", "")}


def test_what_nobody_asks_for_fills_no_table(world: World) -> None:
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=date(2026, 10, 31),
        sites=SITES,
    )
    assert {str(run.own_tables) for run in SnapshotRun.objects.all()} == {"{}"}
