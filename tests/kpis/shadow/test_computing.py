"""A shadow run says what a coming version would have said, and touches nothing that stands."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from kpis.models import CurrentRun, KpiResult, ShadowResult, ShadowRun
from kpis.shadow.asking import job_name
from kpis.shadow.computing import compute_shadow
from kpis.snapshots.missing import mark_missing
from kpis.tasks import run_shadow, sweep
from oversight import progress
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.shadow.making import NOW, asked, computed, make_beta, make_months
from tests.people import World, make_world

Line = tuple[str, str | None, date, str, str]


def lines(run: ShadowRun) -> set[Line]:
    """Return engagement, study, month, colour on record and colour by the coming version."""
    found = run.results.values_list(
        "engagement__vendor__name", "study__protocol_number", "period_start", "result__rag", "rag"
    )
    return set(found)


def test_the_past_is_computed_from_its_rows_and_stays_as_it_is(world: World) -> None:
    make_months(world)
    before = list(KpiResult.objects.order_by("pk").values())
    current = list(CurrentRun.objects.order_by("pk").values())
    run = computed(world)
    expected = {
        ("Alpha", study, date(2026, month, 1), old, new)
        for study in ("NWT-301", None)
        for month, old, new in ((8, "green", "green"), (9, "green", "amber"), (10, "amber", "red"))
    }
    beta = {("Beta", study, date(2026, 10, 1), "green", "red") for study in ("NWT-204", None)}
    assert lines(run) == expected | beta
    october = run.results.get(study=world.study, period_start=date(2026, 10, 1))
    assert (october.numerator, october.denominator) == (13, 53)
    assert october.value == pytest.approx(100 * 13 / 53)
    assert list(KpiResult.objects.order_by("pk").values()) == before
    assert list(CurrentRun.objects.order_by("pk").values()) == current


def test_computing_twice_keeps_one_and_asking_again_gives_the_same(world: World) -> None:
    make_beta(world)
    first = asked(world)
    assert asked(world) == first  # it waits already
    assert progress.of(job_name(first.pk)) is not None
    run_shadow(first.pk)
    first.refresh_from_db()
    assert progress.of(job_name(first.pk)) is None
    assert not compute_shadow(run=first, now=NOW)
    stale = ShadowRun.objects.get(pk=first.pk)
    stale.computed_at = None  # as a second worker loaded it
    assert not compute_shadow(run=stale, now=NOW)
    second = computed(world, now=NOW + timedelta(minutes=1))
    assert second.pk != first.pk
    assert second.inputs_sha256 == first.inputs_sha256
    assert lines(second) == lines(first)
    assert ShadowResult.objects.count() == 2 * len(lines(first))


def test_who_asked_is_on_record_and_what_was_computed(world: World) -> None:
    make_beta(world)
    run = computed(world, months=2)
    assert (run.first_month, run.last_month) == (date(2026, 10, 1), date(2026, 11, 1))
    assert (run.asked_by, run.version) == (world.sam, 2)
    entries = AuditTrailEntry.objects.filter(subject_table="kpis_shadowrun").order_by("id")
    told = [(one.event, one.actor_name) for one in entries]
    assert told == [(Event.CREATED, "Sam"), (Event.COMPUTED, "system: shadow runs")]


@pytest.mark.parametrize("months", [0, 61])
def test_a_number_of_months_that_nobody_needs_is_refused(world: World, months: int) -> None:
    with pytest.raises(ValidationError, match="Choose 1 to 60 months"):
        asked(world, months=months)


def test_what_nobody_sent_and_what_is_not_there_any_more_is_said(committed_db: None) -> None:
    world = make_world()
    make_beta(world)
    mark_missing(period=date(2026, 9, 1), today=NOW.date(), now=NOW)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE kpis_submittedtable DISABLE TRIGGER USER")
        cursor.execute("UPDATE kpis_submittedtable SET rows_sha256 = repeat('0', 64)")
    run = computed(world)
    found = {(row.period_start.month, row.rag, row.detail["why"][:24]) for row in run.results.all()}
    assert found == {
        (9, "missing", "Nothing had come when th"),
        (10, "", "What this was computed f"),
    }


def test_only_what_the_asker_sees_is_compared(world: World) -> None:
    make_beta(world)
    assert lines(computed(world, by=world.olga)) == set()
    assert lines(computed(world, by=world.sam)) != set()


def test_what_was_never_begun_is_enqueued_again_and_what_is_done_is_not(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_beta(world)
    run = asked(world)
    with django_capture_on_commit_callbacks() as waiting:
        sweep()
    assert not waiting  # somebody is at it
    progress.finish(job_name(run.pk))
    with django_capture_on_commit_callbacks() as begun:
        sweep()
    run_shadow(run.pk)
    with django_capture_on_commit_callbacks() as after:
        sweep()
    assert (len(begun), len(after)) == (1, 0)


def test_the_results_cannot_be_changed(world: World) -> None:
    make_beta(world)
    run = computed(world)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(Actor.system("tests")):
        ShadowResult.objects.filter(run=run).update(rag="green")
