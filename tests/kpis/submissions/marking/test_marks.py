"""What is marked in a file: errors, warnings, returned comments, corrections; nothing personal."""

from django.urls import reverse

from kpis.models import Submission
from kpis.submissions.correcting import NOT_REPEATED, correct
from kpis.submissions.marking.marks import marks_of
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import BAD_ROW, GOOD_ROWS, NOW, check, checked, csv_bytes, newest
from tests.people import World
from vendors.access import actor_of

ADDRESS = "jane.doe@example.org"
PERSONAL = BAD_ROW.replace("Perhaps", ADDRESS)  # in I5: no state that is known, and personal


def corrected(world: World, submission: Submission, at: str, after: str) -> None:
    correct(
        actor=actor_of(world.ada),
        file=submission.files.get(),
        sheet="queries_0",
        at=at,
        after=after,
        reason="Typed into the wrong field.",
        now=NOW,
    )


def test_marks_come_by_row_with_what_was_corrected(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, BAD_ROW))
    corrected(world, submission, "K5", "2025-11-04")
    submission = check(submission)
    marks = marks_of(submission.files.get(), newest(submission))
    by_cell = {mark.at: mark for mark in marks if mark.kind != "warning"}
    assert by_cell["I5"].kind == "error"
    assert by_cell["K5"].kind == "correction"
    assert "“2025-11-04”" in by_cell["K5"].sentence
    rows = [mark.row or 0 for mark in marks]
    assert rows == sorted(rows)


def test_personal_data_are_repeated_nowhere(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, PERSONAL))
    (mark,) = (
        one for one in marks_of(submission.files.get(), newest(submission)) if one.at == "I5"
    )
    assert (mark.kind, ADDRESS in mark.sentence) == ("error", False)
    address = reverse("kpis:submission-cells", args=[submission.pk])
    page = words_of(browser(world.ada).get(address, {"at": "I5"}))
    assert f"Cell I5, Query Status reads {NOT_REPEATED}" in page
    assert ADDRESS not in page
    corrected(world, submission, "I5", "Open")
    assert submission.corrections.get().before == NOT_REPEATED
    said = [one.sentence for one in marks_of(submission.files.get(), newest(submission))]
    assert not [sentence for sentence in said if ADDRESS in sentence]
