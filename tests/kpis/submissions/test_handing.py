"""Two people at once: the second is told, a deputy takes over, a form that saw less is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kpis.submissions.commenting import comment_on
from kpis.submissions.decide import accept, send_back
from kpis.submissions.handing import take_over
from kpis.submissions.receive import add_files, confirm_cutoff
from kpis.submissions.states import State, StepRefused
from kpis.submissions.submit import explain, submit
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import (
    CUTOFF,
    GOOD_ROWS,
    NOW,
    STRANGE_SITE,
    checked,
    csv_bytes,
    fresh,
    newest,
    submitted,
    upload_of,
)
from tests.people import START, World
from vendors.access import Role, actor_of
from vendors.models import Membership


@pytest.fixture
def dora(world: World) -> User:
    """Ada's deputy at Alpha."""
    with acting(Actor.system("tests")):
        user = User.objects.create_user("dora@example.org", name="Dora")
        Membership.objects.create(
            user=user, vendor=world.alpha, role=Role.CRO_PROJECT_MANAGER, from_date=START
        )
    return user


def test_the_first_change_takes_it_and_a_colleague_is_told(world: World, dora: User) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, STRANGE_SITE))
    assert submission.worked_on_by is None
    problem = newest(submission).problems.get(rule="unknown-site")
    explain(actor=actor_of(world.ada), problem=problem, explanation="New.", now=NOW)
    submission = fresh(submission)
    assert (submission.worked_on_by, submission.worked_on_since) == (world.ada, NOW)
    said = r"Ada works on this since 17 Nov 2025, 09:00 UTC\. Nothing was changed"
    upload = [upload_of(csv_bytes(*GOOD_ROWS[:2]))]
    later = NOW + timedelta(hours=1)
    with pytest.raises(StepRefused, match=said):
        add_files(
            actor=actor_of(dora), submission=submission, uploads=upload, replaces=None, now=later
        )
    with pytest.raises(StepRefused, match=said):
        explain(actor=actor_of(dora), problem=problem, explanation="Other.", now=later)

    take_over(actor=actor_of(dora), submission=submission, now=later)
    assert AuditTrailEntry.objects.get(event="taken-over").detail == {"from": "Ada"}
    explain(actor=actor_of(dora), problem=problem, explanation="Other.", now=later)
    with pytest.raises(StepRefused, match=r"Dora works on this since 17 Nov 2025, 10:00 UTC"):
        explain(actor=actor_of(world.ada), problem=problem, explanation="Mine.", now=later)


def test_there_must_be_something_to_take_over(world: World, dora: User) -> None:
    submission = checked(world)
    with pytest.raises(StepRefused, match="Nobody works on it now"):
        take_over(actor=actor_of(dora), submission=submission, now=NOW)
    confirm_cutoff(actor=actor_of(dora), submission=submission, data_cutoff_date=CUTOFF, now=NOW)
    with pytest.raises(StepRefused, match="You work on it already"):
        take_over(actor=actor_of(dora), submission=submission, now=NOW)


def test_handing_over_leaves_it_in_nobodys_hand(world: World, dora: User) -> None:
    submission = submitted(world, csv_bytes(*GOOD_ROWS, STRANGE_SITE))
    assert submission.worked_on_by is None
    send_back(actor=actor_of(world.sam), submission=submission, comment="Again.", now=NOW)
    confirm_cutoff(actor=actor_of(dora), submission=submission, data_cutoff_date=CUTOFF, now=NOW)
    assert fresh(submission).worked_on_by == dora


def test_a_form_that_saw_an_older_state_is_refused(world: World) -> None:
    submission = checked(world)
    ada, seen = actor_of(world.ada), submission.revision
    confirm_cutoff(
        actor=ada, submission=submission, data_cutoff_date=CUTOFF, now=NOW, revision=seen
    )
    with pytest.raises(StepRefused, match="Ada changed this submission after you opened the page"):
        submit(actor=ada, submission=submission, now=NOW, revision=seen)
    assert fresh(submission).state == State.RECEIVED


def test_a_decision_is_taken_on_what_was_seen(world: World) -> None:
    submission = submitted(world)
    sam, seen = actor_of(world.sam), submission.revision
    file = submission.files.get()
    # A comment on a cell changes nothing of what was sent.
    comment_on(actor=sam, file=file, sheet="queries_0", at="", text="Is it all?", now=NOW)
    send_back(actor=sam, submission=submission, comment="", now=NOW, revision=seen)
    again = fresh(submission)
    with pytest.raises(StepRefused, match="after you opened the page"):
        accept(actor=sam, submission=again, comment="", now=NOW, revision=seen)
    assert fresh(submission).state == State.RETURNED


def test_the_page_tells_the_deputy_who_takes_over_there(world: World, dora: User) -> None:
    submission = checked(world)
    confirm_cutoff(
        actor=actor_of(world.ada), submission=submission, data_cutoff_date=CUTOFF, now=NOW
    )
    page = reverse("kpis:submission-detail", args=[submission.pk])
    told = "Ada works on this since 17 Nov 2025, 09:00 UTC. Take over"
    assert told in words_of(browser(dora).get(page))
    for person in (world.ada, world.sam):
        assert told not in words_of(browser(person).get(page))
    browser(dora).post(reverse("kpis:submission-take-over", args=[submission.pk]))
    assert "Dora works on this since" in words_of(browser(world.ada).get(page))
