"""Handing over: what stands in the way is said, all of it; withdrawing needs a reason."""

import pytest

from kpis.models import Problem
from kpis.submissions.decide import accept, send_back
from kpis.submissions.states import State, StepRefused
from kpis.submissions.submit import blockers, explain, submit, withdraw
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.makers import (
    BAD_ROW,
    GOOD_ROWS,
    NOW,
    STRANGE_SITE,
    accepted,
    checked,
    csv_bytes,
    fresh,
    newest,
    received,
    submitted,
)
from tests.people import World
from vendors.access import actor_of


def test_all_that_stands_in_the_way_is_said_at_once(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, STRANGE_SITE, BAD_ROW), cutoff=None)
    assert blockers(submission) == [
        "Confirm the data cut-off date.",
        "Correct the errors and send the file again.",
        "2 warnings need a sentence.",
    ]
    with pytest.raises(StepRefused, match=r"Confirm the data cut-off date\. Correct the errors"):
        submit(actor=actor_of(world.ada), submission=submission, now=NOW)


def test_several_warnings_are_counted(world: World) -> None:
    late = GOOD_ROWS[0].replace("2025-11-04", "2025-11-16").replace(",10", ",-2")
    submission = checked(world, csv_bytes(*GOOD_ROWS, STRANGE_SITE, late))
    warnings = newest(submission).problems.filter(severity=Problem.Severity.WARNING).count()
    assert warnings > 1
    assert f"{warnings} warnings need a sentence." in blockers(submission)


def test_nothing_is_handed_over_while_it_is_checked(world: World) -> None:
    submission = received(world)
    assert blockers(submission) == ["The files are still being checked."]


def test_a_file_without_a_listing_cannot_be_handed_over(world: World) -> None:
    submission = checked(world, b"colour;taste\nred;sweet\n")
    assert "No listing was found in the files." in blockers(submission)


def test_hand_over_names_who_and_when(world: World) -> None:
    submission = submitted(world)
    assert (submission.submitted_by, submission.submitted_at) == (world.ada, NOW)
    assert blockers(submission) == ["The submission is submitted."]


def test_the_second_to_hand_over_is_told(world: World) -> None:
    submission = submitted(world)
    with pytest.raises(StepRefused, match="The submission is submitted"):
        submit(actor=actor_of(world.ada), submission=submission, now=NOW)


def test_a_returned_one_says_how_to_go_on(world: World) -> None:
    submission = submitted(world)
    send_back(actor=actor_of(world.sam), submission=submission, comment="Look again.", now=NOW)
    assert blockers(fresh(submission)) == [
        "Send a corrected file, or confirm the cut-off again to answer without one."
    ]


def test_withdrawing_needs_a_reason_and_frees_the_scope(world: World) -> None:
    submission = checked(world)
    with pytest.raises(StepRefused, match="Say why you withdraw it"):
        withdraw(actor=actor_of(world.ada), submission=submission, reason=" ")
    withdraw(actor=actor_of(world.ada), submission=submission, reason="Wrong study.")
    assert fresh(submission).state == State.WITHDRAWN
    assert checked(world).state == State.CHECKED


def test_a_restatement_needs_its_reason_and_both_keep_it(world: World) -> None:
    first = accepted(world)
    second = checked(world, csv_bytes(*GOOD_ROWS[:1]))
    ada = actor_of(world.ada)
    for problem in newest(second).problems.filter(severity=Problem.Severity.WARNING):
        explain(actor=ada, problem=problem, explanation="They were left out.", now=NOW)
    with pytest.raises(StepRefused, match=f"{first} was accepted for this period"):
        submit(actor=ada, submission=second, now=NOW, reason="  ")
    with pytest.raises(StepRefused, match="Say what caused it, who found it: it stays with both"):
        submit(actor=ada, submission=second, now=NOW, reason="Left out.", cause="whatever")
    submit(
        actor=ada,
        submission=second,
        now=NOW,
        reason="Answered queries were left out.",
        cause="report-error",
        found_by="sponsor",
    )
    accept(actor=actor_of(world.sam), submission=fresh(second), comment="", now=NOW)
    assert fresh(second).restatement_reason == "Answered queries were left out."
    superseded = AuditTrailEntry.objects.get(event="superseded")
    assert superseded.subject_id == str(first.pk)
    assert superseded.reason == "Answered queries were left out."
    assert superseded.detail == {
        "by": str(second),
        "cause": "A report or export that was wrong",
        "found by": "The sponsor",
    }
    assert fresh(first).state == State.SUPERSEDED


def test_a_first_submission_keeps_no_reason_for_restating(world: World) -> None:
    first = submitted(world)
    assert (first.restatement_reason, first.restatement_cause, first.restatement_found_by) == (
        ("",) * 3
    )
