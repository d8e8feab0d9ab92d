"""What is typed is kept for its writer: while typing, after a refusal, over a closed browser."""

from django.urls import reverse

from kpis.submissions import typed
from tests.kpis.browsing import browser
from tests.kpis.makers import GOOD_ROWS, STRANGE_SITE, checked, csv_bytes, newest, submitted
from tests.people import World


def test_a_refused_explanation_is_still_in_its_field_and_a_kept_one_is_forgotten(
    world: World,
) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, STRANGE_SITE))
    problem = newest(submission).problems.filter(severity="warning").first()
    ada = browser(world.ada)
    address = reverse("kpis:problem-explain", args=[problem.pk])
    sent = {"explanation": "Opened in November.", "seen": "", "revision": "77"}
    refused = ada.post(address, sent, follow=True).content.decode()
    assert "changed this submission after you opened the page" in refused
    assert 'value="Opened in November."' in refused
    ada.post(address, sent | {"revision": str(submission.revision)})
    assert typed.of(world.ada.pk, submission.pk) == {}
    problem.refresh_from_db()
    assert problem.explanation == "Opened in November."


def test_a_sentence_half_typed_is_there_in_another_browser_and_nobody_elses(world: World) -> None:
    submission = submitted(world)
    page = reverse("kpis:submission-detail", args=[submission.pk])
    key = f"submission-return|{submission.pk}|||comment"
    sent = {"key": key, "comment": "Subject 2 <is>"}
    address = reverse("kpis:submission-typed", args=[submission.pk])
    assert browser(world.sam).post(address, sent).status_code == 204
    assert "Subject 2 &lt;is&gt;</textarea>" in browser(world.sam).get(page).content.decode()
    for person in (world.quinn, world.ada):
        assert "Subject 2" not in browser(person).get(page).content.decode()
    # A comment on a cell is told apart by sheet and cell.
    about = {"sheet": "queries_0", "at": "I3"}
    file = submission.files.get()
    browser(world.sam).post(
        reverse("kpis:cell-comment", args=[file.pk]), about | {"text": " ", "x": "1"}
    )
    browser(world.sam).post(
        address, {"key": f"cell-comment|{file.pk}|queries_0|I3|text", "text": "Why?"}
    )
    cells = reverse("kpis:submission-cells", args=[submission.pk])
    assert "Why?" in browser(world.sam).get(cells, about).content.decode()
    other = browser(world.sam).get(cells, about | {"at": "I4"}).content.decode()
    assert "Why?" not in other


def test_what_is_no_field_is_not_kept(world: World) -> None:
    submission = submitted(world)
    address = reverse("kpis:submission-typed", args=[submission.pk])
    for key in ("", "x|1|||comment", "submission-return|1|||other"):
        sent = {"key": key, "comment": "a", "other": "b"}
        assert browser(world.sam).post(address, sent).status_code == 204
    assert typed.of(world.sam.pk, submission.pk) == {}
