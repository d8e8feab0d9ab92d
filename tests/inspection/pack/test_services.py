"""Asking for a pack and the moves of its state: refusals, failures, two workers, a killed one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage

from inspection import tasks
from inspection.building import BROKE, LOST, build_export, scope_of
from inspection.models import InspectionExport
from inspection.pack import build as building
from inspection.pack.scope import known_until
from inspection.services import RequestRefused, begin, fail, finish
from kpis.models import SubmittedFile
from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change
from tests.inspection.pack.making import ask, built
from tests.people import World
from vendors.access import Role
from vendors.models import Membership

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def again(export: InspectionExport) -> InspectionExport:
    return InspectionExport.objects.get(pk=export.pk)


def run(export: InspectionExport) -> InspectionExport:
    build_export(export=again(export), now=datetime.now(UTC))
    return again(export)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"as_of": date(2026, 11, 23)}, "lies ahead"),
        ({"period_from": date(2026, 5, 1)}, "before the first month"),
    ],
)
def test_requests_that_make_no_sense_are_refused(
    world: World, asked: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RequestRefused, match=sentence):
        ask(world, world.study, now=NOW, **asked)
    assert not InspectionExport.objects.exists()


def test_a_request_is_an_event_with_scope_date_and_reason(world: World) -> None:
    export = ask(world, world.study, now=NOW)
    entry = AuditTrailEntry.objects.get(event=Event.EXPORTED)
    assert (entry.actor_name, entry.reason) == ("Quinn", "Inspection by the authority")
    assert entry.subject_label == str(export)
    assert (entry.sponsor_id, entry.vendor_id) == (world.northwind.pk, None)
    assert entry.detail == {"scope": "NWT-301", "months": "Mar 2026", "as_of_date": "2026-11-22"}
    change = Change.objects.get(table_name="inspection_inspectionexport")
    assert (change.actor_name, change.reason) == ("Quinn", "Inspection by the authority")


@pytest.mark.usefixtures("months")
def test_a_build_that_runs_twice_is_noted_once(world: World) -> None:
    export = built(world, world.study)
    ready_at = export.ready_at
    assert run(export).ready_at == ready_at
    moves = Change.objects.filter(table_name="inspection_inspectionexport", operation="update")
    assert moves.count() == 2  # to building, to ready


@pytest.mark.usefixtures("months")
def test_two_workers_at_once_make_one_pack(world: World) -> None:
    export = ask(world, world.study)
    now = datetime.now(UTC)
    assert begin(export)
    assert begin(export)
    packs = [
        building.build(scope_of(again(export), now=now), say=lambda words, fraction: None)
        for _ in range(2)
    ]
    assert packs[0] == packs[1]
    finish(export, packs[0], now=now)
    finish(export, packs[1], now=now + timedelta(minutes=1))
    fail(export, "too late to fail")
    assert again(export).ready_at == now
    assert not begin(export)


@pytest.mark.usefixtures("months")
def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_finishes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ends without a word, as under SIGKILL."""

    def killed(*arguments: Any, **named: Any) -> None:
        raise Killed

    export = ask(world, world.study)
    with monkeypatch.context() as patch:
        patch.setattr(building, "typeset", killed)
        with pytest.raises(Killed):
            run(export)
    assert again(export).state == "building"
    assert run(export).state == "ready"
    assert again(export).sha256 == built(world, world.study).sha256


@pytest.mark.usefixtures("months")
def test_a_lost_or_changed_original_stops_the_pack_and_is_said(world: World) -> None:
    sha256 = SubmittedFile.objects.latest("pk").sha256
    path = default_storage.path(storage.address(sha256))
    with open(path, "ab") as stored:
        stored.write(b"touched")
    failed = run(ask(world, world.study))
    assert failed.state == "failed"
    assert "is not what was received" in failed.error
    assert "originals/" in failed.error
    default_storage.delete(storage.address(sha256))
    assert run(ask(world, world.study)).error == LOST


def test_a_requester_who_may_no_longer_gets_nothing(world: World) -> None:
    one, two = ask(world, world.study), ask(world, world.alpha)
    with acting(Actor.system("tests")):
        Membership.objects.filter(user=world.quinn).update(role=Role.EXECUTIVE)
    assert "may no longer export" in run(one).error
    with acting(Actor.system("tests")):
        Membership.objects.filter(user=world.quinn).update(until_date=date(2024, 2, 1))
    assert "no longer sees" in run(two).error


@pytest.mark.usefixtures("months")
def test_an_error_of_the_application_is_a_sentence_on_the_page_and_raised_to_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: Any, **named: Any) -> None:
        raise ZeroDivisionError

    export = ask(world, world.study)
    monkeypatch.setattr(building, "typeset", broken)
    with pytest.raises(ZeroDivisionError):
        run(export)
    assert (again(export).state, again(export).error) == ("failed", BROKE)


@pytest.mark.usefixtures("months")
def test_how_far_a_build_is_only_grows_and_is_said_while_a_long_listing_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "SAID_EVERY", 20)
    said: list[tuple[str, float]] = []
    scope = scope_of(ask(world, world.study), now=datetime.now(UTC))
    building.build(scope, say=lambda words, share: said.append((words, share)))
    words = [one for one, _ in said]
    assert "Gathering 2 submissions" in words
    assert any(one.endswith(", 20 rows") for one in words)
    assert any(one.startswith("Packing file 1 of ") for one in words)
    shares = [share for _, share in said]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 1


def test_the_sweep_sends_again_what_was_never_built(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    ask(world, world.study, now=datetime.now(UTC) - timedelta(minutes=3))
    ask(world, world.alpha)
    with django_capture_on_commit_callbacks() as sent:
        tasks.sweep()
    assert len(sent) == 1


def test_the_day_counts_to_its_end_and_today_to_now() -> None:
    assert known_until(date(2026, 11, 21), now=NOW) == datetime(2026, 11, 22, tzinfo=UTC)
    assert known_until(date(2026, 11, 22), now=NOW) == NOW
