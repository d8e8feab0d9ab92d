"""The marked copy of a file: asked for, made once, taken by both sides, sent again as it comes."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from kpis.models import MarkedFile
from kpis.submissions.commenting import comment_on
from kpis.submissions.decide import send_back
from kpis.submissions.marking import make
from kpis.submissions.marking.make import make_marked
from kpis.submissions.receive import add_files
from kpis.tasks import mark_file
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.browsing import browser, bytes_of, words_of
from tests.kpis.makers import (
    BAD_ROW,
    GOOD_ROWS,
    NOW,
    check,
    checked,
    csv_bytes,
    newest,
    submitted,
    upload_of,
)
from tests.people import World
from vendors.access import actor_of

BAD = csv_bytes(*GOOD_ROWS, BAD_ROW)  # I5 and K5 are wrong


def taken(client: Client, file_pk: int) -> bytes:
    client.post(reverse("kpis:file-mark", args=[file_pk]))
    mark_file(file_pk)
    return bytes_of(client.get(reverse("kpis:file-marked", args=[file_pk])))


def test_a_marked_copy_is_made_once_and_goes_in_again_as_it_comes(world: World) -> None:
    submission = checked(world, BAD)
    file, ada = submission.files.get(), browser(world.ada)
    page = reverse("kpis:submission-detail", args=[submission.pk])
    assert "queries_0.csv with every cell in question marked" in words_of(ada.get(page))
    content = taken(ada, file.pk)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["queries_0"]
    assert "Perhaps" in sheet["I5"].comment.text
    assert "2 cells filled and noted" in words_of(ada.get(page))
    mark_file(file.pk)
    assert MarkedFile.objects.count() == 1
    assert AuditTrailEntry.objects.get(event="downloaded").detail["file"] == "queries_0_marked.xlsx"

    sheet["I5"], sheet["K5"] = "Open", "2025-11-04"
    mended = io.BytesIO()
    sheet.parent.save(mended)
    add_files(
        actor=actor_of(world.ada),
        submission=submission,
        uploads=[upload_of(mended.getvalue(), "queries_0_marked.xlsx")],
        replaces=file,
        now=NOW,
    )
    found = newest(check(submission))
    assert found.error_count == 0
    assert [one["sheet"] for one in found.sheets] == ["queries_0"]
    assert found.tables.get().row_count == 4


def test_a_comment_is_in_it_after_the_return_only(world: World) -> None:
    submission = submitted(world)
    file, sam = submission.files.get(), actor_of(world.sam)
    comment_on(actor=sam, file=file, sheet="queries_0", at="I3", text="Still open?", now=NOW)
    early = make_marked(file=file, now=NOW)
    assert early is not None
    assert early.cells == 0
    send_back(actor=sam, submission=submission, comment="", now=NOW)
    book = openpyxl.load_workbook(io.BytesIO(taken(browser(world.ada), file.pk)))
    assert book["queries_0"]["I3"].comment.text == "Comment of the sponsor: Sam: Still open?"
    assert MarkedFile.objects.count() == 2


def test_a_file_that_could_not_be_read_has_no_marked_copy(world: World) -> None:
    submission = checked(world, b"PK\x03\x04 no workbook")
    file, ada = submission.files.get(), browser(world.ada)
    answer = ada.post(reverse("kpis:file-mark", args=[file.pk]), follow=True)
    assert "was not read, so that no cell of it can be marked" in words_of(answer)
    mark_file(file.pk)
    assert ada.get(reverse("kpis:file-marked", args=[file.pk])).status_code == 404


def test_the_page_shows_how_far_it_is(world: World) -> None:
    submission = checked(world, BAD)
    file, ada = submission.files.get(), browser(world.ada)
    ada.post(reverse("kpis:file-mark", args=[file.pk]))
    address = reverse("kpis:submission-marking", args=[submission.pk])
    part = ada.get(address, headers={"HX-Request": "true"})
    assert "Waiting for its turn: queries_0.csv" in words_of(part)
    assert b"every 1s" in part.content
    mark_file(file.pk)
    assert b"every 1s" not in ada.get(address, headers={"HX-Request": "true"}).content
    assert ada.get(address).status_code == 302
    assert browser(world.ben).get(address).status_code == 404


def test_a_file_too_large_to_mark_says_what_to_take_instead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = checked(world, BAD)
    monkeypatch.setattr(make, "MOST_TEXT", 100)
    address = reverse("kpis:file-mark", args=[submission.files.get().pk])
    said = words_of(browser(world.ada).post(address, follow=True))
    assert "is too large to be marked. Each problem below has its list of cells as CSV." in said
