"""Checking: safe to run twice, stores nothing when the submission changed meanwhile."""

from datetime import date
from pathlib import Path

import pytest

from kpis.models import Check, SubmittedTable
from kpis.submissions.check import _read, _store, check_submission, job_name
from kpis.submissions.receive import add_files, confirm_cutoff
from kpis.submissions.sealing import open_table
from kpis.submissions.states import State
from kpis.submissions.submit import explain
from kpis.tasks import check_submission as task
from oversight import progress
from oversight.storage import SealBroken, address
from tests.kpis.makers import (
    BAD_ROW,
    CUTOFF,
    GOOD,
    GOOD_ROWS,
    NOW,
    STRANGE_SITE,
    check,
    checked,
    csv_bytes,
    fresh,
    newest,
    received,
    upload_of,
)
from tests.people import World
from vendors.access import actor_of


def test_the_task_may_run_twice(world: World) -> None:
    submission = received(world)
    task(submission.pk)
    task(submission.pk)
    assert Check.objects.count() == 1
    assert fresh(submission).state == State.CHECKED
    assert progress.of(job_name(submission)) is None


def test_rows_carry_their_origin(world: World) -> None:
    table = open_table(checked(world).checks.get().tables.get().sha256)
    assert sorted(table["row"]) == [2, 3, 4]
    assert set(table["state"]) == {"open", "answered"}


def test_a_file_that_came_while_reading_leaves_nothing_stored(world: World) -> None:
    submission = received(world)
    findings = _read(submission, job_name(submission), NOW)
    add_files(
        actor=actor_of(world.ada),
        submission=submission,
        uploads=[upload_of(csv_bytes(GOOD_ROWS[0]))],
        replaces=None,
        now=NOW,
    )
    assert not _store(submission, findings, NOW)
    assert not Check.objects.exists()
    assert not SubmittedTable.objects.exists()
    assert fresh(submission).state == State.RECEIVED


def test_a_cutoff_confirmed_while_reading_leaves_nothing_stored(world: World) -> None:
    submission = received(world)
    findings = _read(submission, job_name(submission), NOW)
    confirm_cutoff(
        actor=actor_of(world.ada), submission=submission, data_cutoff_date=CUTOFF, now=NOW
    )
    assert not _store(submission, findings, NOW)
    assert not Check.objects.exists()


def test_two_workers_store_one_check(world: World) -> None:
    submission = received(world)
    one = _read(submission, job_name(submission), NOW)
    other = _read(submission, job_name(submission), NOW)
    assert _store(submission, one, NOW)
    assert not _store(submission, other, NOW)
    assert Check.objects.count() == 1


def test_what_does_not_wait_is_not_checked(world: World) -> None:
    assert not check_submission(submission=checked(world), now=NOW)


def test_problems_are_stored_with_their_cells(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, BAD_ROW), cutoff=None)
    made = submission.checks.get()
    assert made.error_count == 2
    choice = made.problems.get(rule="unknown-choice")
    assert choice.cells[0]["cell"] == "I5"
    assert choice.cells[0]["value"] == "Perhaps"
    assert choice.cells[0]["file"] == "queries_0.csv"


def test_an_explanation_is_carried_over_for_the_same_cells_only(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, STRANGE_SITE))
    problem = newest(submission).problems.get(rule="unknown-site")
    explain(actor=actor_of(world.ada), problem=problem, explanation="New site.", now=NOW)
    confirm_cutoff(
        actor=actor_of(world.ada),
        submission=submission,
        data_cutoff_date=date(2025, 11, 15),
        now=NOW,
    )
    again = newest(check(submission)).problems.get(rule="unknown-site")
    assert again.explanation == "New site."
    assert again.explained_by == world.ada

    file = submission.files.get()
    moved = csv_bytes(*GOOD_ROWS[:2], STRANGE_SITE)
    add_files(
        actor=actor_of(world.ada),
        submission=submission,
        uploads=[upload_of(moved, file.name)],
        replaces=file,
        now=NOW,
    )
    other = newest(check(submission)).problems.get(rule="unknown-site")
    assert other.explanation == ""


def test_a_table_that_is_not_what_was_sealed_is_refused(world: World, own_storage: Path) -> None:
    table = checked(world, GOOD).checks.get().tables.get()
    (own_storage / address(table.sha256)).write_bytes(b"something else")
    with pytest.raises(SealBroken, match="not what was sealed"):
        open_table(table.sha256)
