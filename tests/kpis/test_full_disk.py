"""A disk that is full during an upload or a check: nothing is half stored, and it says so."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kpis.models import Check, Problem, Submission, SubmittedFile, SubmittedTable
from kpis.submissions.sealing import open_table
from kpis.submissions.states import State, StepRefused
from tests.kpis.makers import GOOD_ROWS, check, csv_bytes, fresh, newest, received
from tests.people import World

CONTENT = csv_bytes(*(GOOD_ROWS[0].replace("Subject 1", f"Subject {n}") for n in range(2_000)))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes: writing more fails, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("share", [0.5, 1.01], ids=["while copying", "while handing over"])
def test_a_check_on_a_full_disk_stores_nothing_and_is_made_later(
    client: Client, world: World, share: float
) -> None:
    submission = received(world, CONTENT)

    with room_for(int(len(CONTENT) * share)), pytest.raises(OSError, match="File too large"):
        check(submission)

    assert fresh(submission).state == State.RECEIVED
    for model in (Check, Problem, SubmittedTable):
        assert not model.objects.exists()
    client.force_login(world.ada)
    page = client.get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert "checked" in page.content.decode()

    done = check(fresh(submission))
    assert fresh(done).state == State.CHECKED
    assert len(open_table(newest(done).tables.get(listing="queries").sha256)) == 2_000


def test_an_upload_on_a_full_disk_is_refused_and_leaves_no_submission(
    world: World, own_storage: Path
) -> None:
    with room_for(1_000), pytest.raises(StepRefused, match=r"could not be stored.*Nothing was"):
        received(world, CONTENT)

    assert not Submission.objects.exists()
    assert not SubmittedFile.objects.exists()
    again = received(world, CONTENT)
    assert again.files.get().size == len(CONTENT)
    assert fresh(check(again)).state == State.CHECKED
