"""A cell corrected in place: read otherwise, the file unchanged; undone; ended with the file."""

import pytest

from kpis.models import CellCorrection, Submission
from kpis.submissions.check import check_submission
from kpis.submissions.correcting import correct, take_correction_back
from kpis.submissions.receive import add_files
from kpis.submissions.sealing import open_table
from kpis.submissions.states import State, StepRefused
from oversight import storage
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.makers import (
    BAD_ROW,
    GOOD_ROWS,
    NOW,
    check,
    checked,
    csv_bytes,
    fresh,
    newest,
    submitted,
    upload_of,
)
from tests.people import World
from vendors.access import actor_of

BAD = csv_bytes(*GOOD_ROWS, BAD_ROW)  # I5 and K5 are wrong


def mend(
    world: World, submission: Submission, at: str, after: str, reason: str = "A slip."
) -> CellCorrection:
    file = submission.files.get(set_aside_at=None)
    sheet = file.name.removesuffix(".csv")
    ada = actor_of(world.ada)
    return correct(actor=ada, file=file, sheet=sheet, at=at, after=after, reason=reason, now=NOW)


def test_corrected_cells_are_read_otherwise_and_the_file_keeps_its_bytes(world: World) -> None:
    submission = checked(world, BAD)
    assert newest(submission).error_count == 2
    found = mend(world, submission, "I5", "Open")
    mend(world, submission, "K5", " 2025-11-04 ")
    assert (found.before, found.after) == ("Perhaps", "Open")
    submission = check(submission)
    assert newest(submission).error_count == 0
    table = open_table(newest(submission).tables.get().sha256)
    assert table.loc[table["participant"] == "Subject 3", "state"].tolist() == ["open"]
    assert storage.fetch_verified(submission.files.get().sha256) == BAD
    entry = AuditTrailEntry.objects.filter(event="corrected").first()
    assert entry is not None
    assert (entry.reason, entry.detail["cell"]) == ("A slip.", "queries_0 I5")


def test_a_second_correction_of_a_cell_replaces_the_first_and_undoing_brings_the_file_back(
    world: World,
) -> None:
    submission = checked(world, BAD)
    first = mend(world, submission, "I5", "Opn")
    second = mend(world, submission, "I5", "Open")
    first.refresh_from_db()
    assert first.taken_back_at == NOW
    assert second.before == "Perhaps"
    take_correction_back(actor=actor_of(world.ada), correction=second, now=NOW)
    assert newest(check(submission)).error_count == 2
    with pytest.raises(StepRefused, match="no longer stands"):
        take_correction_back(actor=actor_of(world.ada), correction=first, now=NOW)


def test_a_correction_while_the_check_runs_makes_that_check_give_way(world: World) -> None:
    submission = checked(world, BAD)
    mend(world, submission, "I5", "Open")
    read_before = fresh(submission)
    mend(world, submission, "K5", "2025-11-04")
    assert not check_submission(submission=read_before, now=NOW)
    assert newest(check(submission)).error_count == 0


def test_corrections_end_with_the_file(world: World) -> None:
    submission = checked(world, BAD)
    mend(world, submission, "I5", "Open")
    file = submission.files.get()
    other = [upload_of(csv_bytes(*GOOD_ROWS[:2], BAD_ROW), "queries_0.csv")]
    ada = actor_of(world.ada)
    add_files(actor=ada, submission=submission, uploads=other, replaces=file, now=NOW)
    assert newest(check(submission)).error_count == 2


@pytest.mark.parametrize(
    ("at", "reason", "said"),
    [
        ("I5", " ", "Say why the cell should be read otherwise"),
        ("5", "A slip.", "Choose one cell"),
        ("", "A slip.", "Choose one cell"),
        ("I99", "A slip.", "has no cell I99"),
        ("ZZ5", "A slip.", "has no cell ZZ5"),
    ],
)
def test_a_correction_names_a_cell_and_a_reason(
    world: World, at: str, reason: str, said: str
) -> None:
    submission = checked(world, BAD)
    with pytest.raises(StepRefused, match=said):
        mend(world, submission, at, "Open", reason)
    assert not CellCorrection.objects.exists()


def test_nothing_is_corrected_after_hand_over(world: World) -> None:
    submission = submitted(world)
    with pytest.raises(StepRefused, match="is submitted and cannot become received"):
        mend(world, submission, "I2", "Answered")
    assert fresh(submission).state == State.SUBMITTED
