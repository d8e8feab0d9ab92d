"""Disputes of a returned comment and of a reading: raised once, answered once, seen by both."""

import pytest

from kpis.models import CellComment, Dispute, KpiResult
from kpis.snapshots.compute import compute_for
from kpis.submissions.commenting import comment_on
from kpis.submissions.decide import send_back
from kpis.submissions.disputing import dispute, settle
from kpis.submissions.states import StepRefused
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.makers import NOW, accepted, submitted
from tests.people import World
from vendors.access import actor_of

RIGHT = Dispute.Outcome.UPHELD.value


@pytest.fixture
def comment(world: World) -> CellComment:
    submission = submitted(world)
    made = comment_on(
        actor=actor_of(world.sam),
        file=submission.files.get(),
        sheet="queries_0",
        at="I3",
        text="Still open?",
        now=NOW,
    )
    send_back(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)
    return CellComment.objects.get(pk=made.pk)


def test_a_comment_is_disputed_and_answered(world: World, comment: CellComment) -> None:
    ada, sam = actor_of(world.ada), actor_of(world.sam)
    made = dispute(actor=ada, about=comment, reason=" It was answered. ", now=NOW)
    with pytest.raises(StepRefused, match="disputed already"):
        dispute(actor=ada, about=comment, reason="Again.", now=NOW)
    for outcome, answer in ((RIGHT, " "), ("", "Yes."), ("perhaps", "Yes.")):
        with pytest.raises(StepRefused, match="Say who is right, and why"):
            settle(actor=sam, disputed=made, outcome=outcome, answer=answer, now=NOW)
    settle(actor=sam, disputed=made, outcome=RIGHT, answer="Seen.", now=NOW)
    with pytest.raises(StepRefused, match="settled this already"):
        settle(actor=sam, disputed=made, outcome=RIGHT, answer="Twice.", now=NOW)
    made.refresh_from_db()
    assert (made.reason, made.answer, made.settled_by) == ("It was answered.", "Seen.", world.sam)
    events = AuditTrailEntry.objects.filter(event__in=["disputed", "settled"]).order_by("pk")
    assert [entry.reason for entry in events] == ["It was answered.", "Seen."]


def test_a_draft_cannot_be_disputed_and_a_reason_is_needed(
    world: World, comment: CellComment
) -> None:
    ada = actor_of(world.ada)
    with pytest.raises(StepRefused, match="Say why it is wrong"):
        dispute(actor=ada, about=comment, reason=" ", now=NOW)
    comment.returned_in = None
    with pytest.raises(StepRefused, match="Only a comment that was returned"):
        dispute(actor=ada, about=comment, reason="No.", now=NOW)


def test_a_reading_is_disputed_where_its_submission_is(world: World) -> None:
    submission = accepted(world)
    compute_for(submission=submission, now=NOW)
    results = KpiResult.objects.filter(definition__slug="query-aging", country="")
    for result in results:  # of the study, and rolled up over the engagement
        made = dispute(actor=actor_of(world.ada), about=result, reason="Twice.", now=NOW)
        assert made.submission == submission
    assert results.count() == 2
    assert Dispute.objects.visible_to(world.sam).count() == 2
    for stranger in (world.ben, world.olga, world.nora):
        assert not Dispute.objects.visible_to(stranger).exists()
