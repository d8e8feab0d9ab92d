"""Receiving files: kept unchanged and recorded; refused with a sentence, and then nothing stays."""

import hashlib
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from kpis.models import Submission, SubmittedFile
from kpis.submissions.decide import send_back
from kpis.submissions.receive import add_files, confirm_cutoff, receive, set_aside
from kpis.submissions.states import State, StepRefused
from kpis.submissions.submit import withdraw
from oversight import storage
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.makers import (
    CUTOFF,
    GOOD,
    GOOD_ROWS,
    NOW,
    accepted,
    check,
    checked,
    csv_bytes,
    fresh,
    newest,
    received,
    submitted,
    upload_of,
)
from tests.people import World, make_world
from vendors.access import actor_of

OTHER = csv_bytes(*GOOD_ROWS[:2])


def test_bytes_are_kept_unchanged_under_their_hash_and_recorded(world: World) -> None:
    submission = received(world, GOOD, names=["C:\\exports\\../queries.csv"])
    file = submission.files.get()
    assert file.name == "queries.csv"
    assert file.sha256 == hashlib.sha256(GOOD).hexdigest()
    assert storage.fetch_verified(file.sha256) == GOOD
    entry = AuditTrailEntry.objects.get(event="received")
    assert (entry.actor_name, entry.organisation) == ("Ada", "Alpha")
    assert entry.detail["sha256"] == file.sha256
    assert submission.state == State.RECEIVED


def test_the_same_bytes_are_told_within_a_cro_and_nothing_is_stored(world: World) -> None:
    accepted(world)
    with pytest.raises(StepRefused, match=r"has the same content as queries_0\.csv, sent on"):
        received(world, GOOD, cutoff=date(2025, 12, 14))
    assert Submission.objects.count() == 1
    assert SubmittedFile.objects.count() == 1


def test_a_file_is_not_replaced_by_itself(world: World) -> None:
    submission = checked(world)
    with pytest.raises(StepRefused, match=r"queries_0\.csv, which it is to replace\. Nothing was"):
        add_files(
            actor=actor_of(world.ada),
            submission=submission,
            uploads=[upload_of(GOOD, "saved_again.csv")],
            replaces=submission.files.get(),
            now=NOW,
        )
    assert submission.files.get().set_aside_at is None
    assert fresh(submission).state == State.CHECKED


def test_a_listing_without_news_passes_beside_a_new_one(world: World) -> None:
    accepted(world)
    later = received(world, OTHER, GOOD, cutoff=date(2025, 12, 14))
    assert later.files.count() == 2


def test_a_listing_without_news_may_follow_a_new_one_but_not_twice(world: World) -> None:
    accepted(world)
    later = received(world, OTHER, cutoff=date(2025, 12, 14))
    ada = actor_of(world.ada)
    same = [upload_of(GOOD)]
    add_files(actor=ada, submission=later, uploads=same, replaces=None, now=NOW)
    assert later.files.count() == 2
    with pytest.raises(StepRefused, match="has the same content as"):
        add_files(actor=ada, submission=later, uploads=same, replaces=None, now=NOW)


def test_the_same_bytes_of_another_cro_are_no_news(world: World) -> None:
    received(world, GOOD)
    submission = received(world, GOOD, by=world.ben)
    assert submission.files.get().sha256 == hashlib.sha256(GOOD).hexdigest()


def test_withdrawn_bytes_may_be_sent_again(world: World) -> None:
    first = received(world)
    withdraw(actor=actor_of(world.ada), submission=first, reason="Wrong month.")
    assert received(world).files.count() == 1


def test_twins_in_one_upload_are_refused(world: World) -> None:
    with pytest.raises(StepRefused, match=r"have the same content\. Send one of the two"):
        received(world, GOOD, GOOD)
    assert not Submission.objects.exists()


def test_one_open_submission_per_scope(world: World) -> None:
    received(world, cutoff=CUTOFF)
    with pytest.raises(StepRefused, match="is open already"):
        received(world, OTHER, cutoff=CUTOFF)
    assert SubmittedFile.objects.count() == 1


def test_nothing_delegated_is_refused(world: World) -> None:
    with pytest.raises(StepRefused, match="is delegated to Alpha for NWT-301 for NWT-204"):
        receive(
            actor=actor_of(world.ada),
            engagement=world.alpha_engagement,
            study=world.other_study,
            uploads=[upload_of(GOOD)],
            data_cutoff_date=None,
            now=NOW,
        )


def test_a_month_before_the_delegation_is_refused(world: World) -> None:
    with pytest.raises(StepRefused, match="on 31 Dec 2023"):
        received(world, cutoff=date(2023, 12, 31))


def test_a_replaced_file_stays_but_no_longer_counts(world: World) -> None:
    submission = checked(world)
    first = submission.files.get()
    replace(world, submission, first, OTHER)
    submission = check(submission)
    assert newest(submission).tables.get().row_count == 2
    first.refresh_from_db()
    assert first.set_aside_at == NOW
    assert storage.fetch_verified(first.sha256) == GOOD


def test_the_second_to_replace_a_file_is_told(world: World) -> None:
    submission = checked(world)
    first = submission.files.get()
    replace(world, submission, first, OTHER)
    with pytest.raises(StepRefused, match="replaced or taken out already"):
        replace(world, submission, first, csv_bytes(GOOD_ROWS[0]))
    assert submission.files.filter(set_aside_at=None).count() == 1


def test_a_file_can_be_taken_out_unless_it_is_the_only_one(world: World) -> None:
    submission = checked(world, GOOD_FIRST, GOOD_SECOND)
    first, second = submission.files.all()
    set_aside(actor=actor_of(world.ada), file=first, now=NOW)
    assert fresh(submission).state == State.RECEIVED
    with pytest.raises(StepRefused, match="replaced or taken out already"):
        set_aside(actor=actor_of(world.ada), file=first, now=NOW)
    with pytest.raises(StepRefused, match="This is the only file"):
        set_aside(actor=actor_of(world.ada), file=second, now=NOW)


def test_no_file_comes_in_after_hand_over(world: World) -> None:
    submission = submitted(world)
    with pytest.raises(StepRefused, match="is submitted and cannot become received"):
        add_files(
            actor=actor_of(world.ada),
            submission=submission,
            uploads=[upload_of(OTHER)],
            replaces=None,
            now=NOW,
        )
    assert submission.files.count() == 1


def test_a_cutoff_of_a_month_that_is_open_already_is_refused(world: World) -> None:
    received(world, cutoff=CUTOFF)
    second = received(world, OTHER)
    with pytest.raises(StepRefused, match="November 2025 has an open submission already"):
        confirm_cutoff(
            actor=actor_of(world.ada), submission=second, data_cutoff_date=CUTOFF, now=NOW
        )
    assert fresh(second).data_cutoff_date is None


def replace(world: World, submission: Submission, file: SubmittedFile, content: bytes) -> None:
    add_files(
        actor=actor_of(world.ada),
        submission=submission,
        uploads=[upload_of(content, "corrected.csv")],
        replaces=file,
        now=NOW,
    )


GOOD_FIRST, GOOD_SECOND = csv_bytes(*GOOD_ROWS[:2]), csv_bytes(GOOD_ROWS[2])


def test_a_file_sent_again_after_a_return_says_what_to_do(world: World) -> None:
    submission = submitted(world)
    send_back(actor=actor_of(world.sam), submission=submission, comment="Row 3?", now=NOW)
    with pytest.raises(StepRefused, match=r"Did you save your corrections\? To answer with the"):
        add_files(
            actor=actor_of(world.ada),
            submission=submission,
            uploads=[upload_of(GOOD)],
            replaces=None,
            now=NOW,
        )
    assert fresh(submission).state == State.RETURNED


def test_a_file_that_stands_in_an_open_one_leads_there(world: World) -> None:
    first = checked(world)
    with pytest.raises(StepRefused, match=f"Go on in {first}, or withdraw it first"):
        received(world, GOOD, cutoff=date(2025, 12, 14))


@pytest.mark.usefixtures("committed_db")
def test_of_two_uploads_of_the_same_bytes_at_once_one_passes() -> None:
    world, start, said = make_world(), Barrier(2), []

    def send(cutoff: date) -> None:
        start.wait(10)
        try:
            received(world, GOOD, cutoff=cutoff)
        except StepRefused as refused:
            said.append(str(refused))
        finally:
            connection.close()

    months = (date(2025, 11, 14), date(2025, 12, 14))
    threads = [Thread(target=send, args=[cutoff]) for cutoff in months]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert SubmittedFile.objects.count() == Submission.objects.count() == 1
    assert len(said) == 1
    assert "has the same content" in said[0]
