"""Accept or return; a later accepted month supersedes and changes nothing of the first."""

import pytest

from kpis.submissions.decide import accept, send_back
from kpis.submissions.states import State, StepRefused
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.makers import GOOD_ROWS, NOW, accepted, checked, csv_bytes, fresh, newest, submitted
from tests.people import World
from vendors.access import actor_of

LATER = csv_bytes(*GOOD_ROWS[:2])


def test_accepting_names_who_and_when(world: World) -> None:
    submission = accepted(world)
    assert submission.state == State.ACCEPTED
    assert (submission.decided_by, submission.decided_at) == (world.sam, NOW)


def test_returning_needs_a_comment(world: World) -> None:
    submission = submitted(world)
    with pytest.raises(StepRefused, match="Say what the CRO should correct"):
        send_back(actor=actor_of(world.sam), submission=submission, comment=" ", now=NOW)
    send_back(actor=actor_of(world.sam), submission=submission, comment="Row 3?", now=NOW)
    assert fresh(submission).decision_comment == "Row 3?"
    assert AuditTrailEntry.objects.get(event="returned").reason == "Row 3?"


def test_what_was_not_handed_over_cannot_be_decided(world: World) -> None:
    submission = checked(world)
    with pytest.raises(StepRefused, match="is checked and cannot become accepted"):
        accept(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)


def test_the_second_to_decide_is_told(world: World) -> None:
    submission = submitted(world)
    accept(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)
    with pytest.raises(StepRefused, match="is accepted and cannot become returned"):
        send_back(actor=actor_of(world.sam), submission=submission, comment="No.", now=NOW)


def test_a_later_one_supersedes_and_the_first_stays(world: World) -> None:
    first = accepted(world)
    second = accepted(world, LATER)
    assert second.supersedes == first
    first = fresh(first)
    assert first.state == State.SUPERSEDED
    assert first.decided_at == NOW
    assert newest(first).tables.get().row_count == 3
    assert AuditTrailEntry.objects.get(event="superseded").detail == {
        "by": str(second),
        "cause": "Data that came in later",
        "found by": "The CRO",
    }
