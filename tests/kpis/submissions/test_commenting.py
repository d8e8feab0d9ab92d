"""Comments on cells: with the sponsor until the return, then with the CRO; never elsewhere."""

import pytest

from kpis.models import CellComment
from kpis.submissions.commenting import comment_on, take_comment_back
from kpis.submissions.decide import send_back
from kpis.submissions.states import State, StepRefused
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.makers import NOW, accepted, checked, fresh, submitted
from tests.people import World
from vendors.access import actor_of


def commented(
    world: World, submission: object, at: str = "I3", text: str = "Still?"
) -> CellComment:
    file = submission.files.get()  # type: ignore[attr-defined]  # a Submission
    sam = actor_of(world.sam)
    return comment_on(actor=sam, file=file, sheet="queries_0", at=at, text=text, now=NOW)


def test_a_draft_is_the_sponsors_and_the_return_hands_it_over(world: World) -> None:
    submission = submitted(world)
    kept = commented(world, submission, at="i3")
    assert (kept.column, kept.row) == ("I", 3)
    visible = {person: CellComment.objects.visible_to(person) for person in (world.ada, world.sam)}
    assert (visible[world.ada].count(), visible[world.sam].count()) == (0, 1)
    send_back(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)
    assert CellComment.objects.visible_to(world.ada).get() == kept
    assert not CellComment.objects.visible_to(world.ben).exists()
    assert fresh(submission).state == State.RETURNED
    assert fresh(submission).decision_comment == "1 comment on cells."
    assert AuditTrailEntry.objects.get(event="returned").detail == {"comments_on_cells": 1}


def test_a_draft_can_be_taken_back_and_a_returned_one_cannot(world: World) -> None:
    submission = submitted(world)
    wrong, right = commented(world, submission), commented(world, submission, at="")
    sam = actor_of(world.sam)
    take_comment_back(actor=sam, comment=wrong, now=NOW)
    send_back(actor=sam, submission=submission, comment="See there.", now=NOW)
    assert CellComment.objects.visible_to(world.ada).get() == right
    with pytest.raises(StepRefused, match="Nothing was changed"):
        take_comment_back(actor=sam, comment=right, now=NOW)


@pytest.mark.parametrize(
    ("at", "text", "said"),
    [("5B", "Why?", "names no cell"), ("I3", " ", "Write what the CRO should look at")],
)
def test_a_comment_says_something_of_a_cell(world: World, at: str, text: str, said: str) -> None:
    with pytest.raises(StepRefused, match=said):
        commented(world, submitted(world), at=at, text=text)


def test_a_comment_is_about_a_sheet_that_was_read(world: World) -> None:
    file = submitted(world).files.get()
    with pytest.raises(StepRefused, match="has no sheet of that name"):
        comment_on(actor=actor_of(world.sam), file=file, sheet="SDV", at="", text="?", now=NOW)


@pytest.mark.parametrize("standing", [checked, accepted])
def test_comments_are_written_while_it_waits_for_a_decision(world: World, standing: object) -> None:
    submission = standing(world)  # type: ignore[operator]  # both make a submission
    with pytest.raises(StepRefused, match="while the submission waits for a decision"):
        commented(world, submission)
