"""The cells of a submission on a page: what each side sees there and may do."""

from django.urls import reverse

from kpis.models import CellComment, CellCorrection, Submission
from kpis.tasks import check_submission
from oversight.accounts.models import User
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import BAD_ROW, GOOD_ROWS, checked, csv_bytes, submitted
from tests.people import World

MANY = csv_bytes(*(GOOD_ROWS[0].replace("Subject 1", f"Subject {place}") for place in range(70)))


def cells(person: User, submission: Submission, **query: str) -> str:
    address = reverse("kpis:submission-cells", args=[submission.pk])
    response = browser(person).get(address, query)
    assert response.status_code == 200
    return words_of(response)


def test_the_cells_are_shown_as_they_stand_paged_and_filtered(world: World) -> None:
    submission = submitted(world, MANY)
    first = cells(world.sam, submission)
    assert "1 to 50 of 71 rows" in first
    assert "Query Status" in first
    assert "Subject 69" in cells(world.sam, submission, page="2")
    found = cells(world.sam, submission, find="subject 42")
    assert "Subject 42" in found
    assert "Subject 43" not in found
    # The chosen row stands on a later page, and that page is shown.
    assert "Cell D71, Subject Name reads Subject 69" in cells(world.sam, submission, at="D71")


def test_a_problem_cell_says_what_is_wrong(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, BAD_ROW))
    page = cells(world.ada, submission, at="I5", only="1")
    assert "Cell I5, Query Status reads Perhaps" in page
    assert "1 to" not in page  # one row, one page
    assert "Subject 1" not in page
    assert "Keep the comment" not in page


def test_an_unknown_place_or_file_is_the_sheet(world: World) -> None:
    submission = submitted(world)
    for query in ({"at": "ZZZ"}, {"at": "A999"}, {"sheet": "none", "file": "x"}, {"page": "no"}):
        assert "The whole sheet" in cells(world.sam, submission, **query)


def test_a_comment_is_written_shown_and_returned(world: World) -> None:
    submission = submitted(world)
    file, sam, ada = submission.files.get(), browser(world.sam), browser(world.ada)
    sent = {"sheet": "queries_0", "at": "I3", "text": "Open since 2025?"}
    answer = sam.post(reverse("kpis:cell-comment", args=[file.pk]), sent, follow=True)
    assert "Cell I3, Query Status" in words_of(answer)
    page = reverse("kpis:submission-detail", args=[submission.pk])
    assert "1 comment on cells Alpha reads them once" in words_of(sam.get(page))
    assert "Open since 2025?" not in words_of(ada.get(page))
    assert "Open since 2025?" not in cells(world.ada, submission, at="I3")
    sam.post(reverse("kpis:submission-return", args=[submission.pk]), {"comment": ""})
    for text in (words_of(ada.get(page)), cells(world.ada, submission, at="I3")):
        assert "Open since 2025?" in text
    stranger = browser(world.ben)
    assert stranger.get(reverse("kpis:submission-cells", args=[submission.pk])).status_code == 404


def test_a_draft_is_taken_back_on_the_page(world: World) -> None:
    submission = submitted(world)
    file, sam = submission.files.get(), browser(world.sam)
    sent = {"sheet": "queries_0", "at": "3", "text": "Twice?"}
    sam.post(reverse("kpis:cell-comment", args=[file.pk]), sent)
    comment = CellComment.objects.get()
    answer = sam.post(reverse("kpis:comment-take-back", args=[comment.pk]), follow=True)
    assert "Twice?" not in words_of(answer)


def test_a_cell_is_corrected_from_its_problem_and_both_sides_see_it(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, BAD_ROW))
    file, ada = submission.files.get(), browser(world.ada)
    page = reverse("kpis:submission-detail", args=[submission.pk])
    assert f"file={file.name}&amp;sheet=queries_0&amp;at=I5" in ada.get(page).content.decode()
    address = reverse("kpis:cell-correct", args=[file.pk])
    sent = {"sheet": "queries_0", "at": "I5", "after": "Open", "reason": "", "revision": "0"}
    refused = ada.post(address, sent, follow=True)
    assert "Say why the cell should be read otherwise." in words_of(refused)
    assert "Correct this cell" in words_of(refused)  # back at the cell
    ada.post(address, sent | {"reason": "Typed by hand."})
    check_submission(submission.pk)
    for person in (world.ada, world.sam):
        text = words_of(browser(person).get(page))
        assert "I5 queries_0 Perhaps Open Typed by hand. Ada" in text
    late = ada.post(address, sent | {"reason": "Typed again."}, follow=True)
    assert "changed this submission after you opened the page" in words_of(late)
    one = CellCorrection.objects.get()
    ada.post(reverse("kpis:correction-take-back", args=[one.pk]))
    assert "taken back" in words_of(ada.get(page))
