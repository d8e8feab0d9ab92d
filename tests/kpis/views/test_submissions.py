"""The list, one submission's page and its progress: words, filters, statements, escaping."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import Submission
from kpis.submissions.check import job_name
from kpis.submissions.decide import send_back
from oversight import progress
from oversight.audit_trail.attribution import Actor, acting
from oversight.storage import address as stored_at
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import (
    BAD_ROW,
    CUTOFF,
    GOOD_ROWS,
    NOW,
    STRANGE_SITE,
    accepted,
    checked,
    csv_bytes,
    newest,
    received,
    submitted,
)
from tests.people import World
from vendors.access import actor_of

LIST = "kpis:submission-list"
HOSTILE = "<script>alert(1)</script>"


def many(world: World, count: int) -> None:
    with acting(Actor.system("tests"), reason="many submissions"):
        Submission.objects.bulk_create(
            Submission(
                engagement=world.alpha_engagement,
                study=world.study,
                created_by=world.ada,
                received_at=NOW + timedelta(minutes=place),
                state=Submission.State.WITHDRAWN,
            )
            for place in range(count)
        )


def statements(world: World, address: str) -> int:
    client = browser(world.sam)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_list_costs_the_same_at_any_size(world: World) -> None:
    many(world, 3)
    few = statements(world, reverse(LIST))
    many(world, 60)
    assert statements(world, reverse(LIST)) == few == 12


def test_the_page_costs_the_same_at_any_size(world: World) -> None:
    small = checked(world, csv_bytes(*GOOD_ROWS, BAD_ROW))
    few = statements(world, reverse("kpis:submission-detail", args=[small.pk]))
    rows = [BAD_ROW.replace("Subject 3", f"Subject {place}") for place in range(80)]
    sites = [STRANGE_SITE.replace("Site 7", f"Site {place}") for place in range(100, 150)]
    large = checked(world, csv_bytes(*rows, *sites), cutoff=date(2025, 10, 31))
    assert statements(world, reverse("kpis:submission-detail", args=[large.pk])) == few


def test_fifty_on_a_page(world: World) -> None:
    many(world, 51)
    client = browser(world.ada)
    assert "1 to 50 of 51 submissions" in words_of(client.get(reverse(LIST)))
    second = words_of(client.get(reverse(LIST), {"page": 2}))
    assert "51 to 51 of 51 submissions" in second


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        ({"state": "submitted"}, True),
        ({"state": "accepted"}, False),
        ({"period": "2025-11-01"}, True),
        ({"state": "nonsense", "period": "never", "cro": "x"}, True),
    ],
)
def test_filters(world: World, wanted: dict[str, str], seen: bool) -> None:
    submission = submitted(world)
    text = words_of(browser(world.sam).get(reverse(LIST), wanted))
    assert (str(submission) in text) == seen
    assert ("Nothing fits this filter" in text) != seen


def test_the_sponsor_filters_by_cro_and_study(world: World) -> None:
    received(world)
    beta = received(world, by=world.ben)
    client = browser(world.sam)
    for wanted in ({"cro": world.beta.pk}, {"study": world.other_study.pk}):
        rows = client.get(reverse(LIST), wanted).context["listing"].rows
        assert [row.pk for row in rows] == [beta.pk]


def test_an_empty_list_names_the_next_step(world: World) -> None:
    ada = browser(world.ada)
    assert "Upload the first month" in words_of(ada.get(reverse(LIST)))
    sam = browser(world.sam)
    assert "appears here as soon as a CRO uploads one" in words_of(sam.get(reverse(LIST)))


def test_the_title_counts_what_waits_for_ones_side(world: World) -> None:
    submission = submitted(world)
    sam, ada = browser(world.sam), browser(world.ada)
    assert "1 submission waits for a decision" in words_of(sam.get(reverse(LIST)))
    send_back(actor=actor_of(world.sam), submission=submission, comment="Row 3?", now=NOW)
    assert "1 submission came back to be corrected" in words_of(ada.get(reverse(LIST)))


def test_the_page_follows_the_check_and_reloads_when_it_has_ended(world: World) -> None:
    submission = received(world)
    ada = browser(world.ada)
    address = reverse("kpis:submission-progress", args=[submission.pk])
    assert "Waiting for its turn" in words_of(ada.get(address))
    progress.report(job_name(submission), "Reading sheet 2", 0.4)
    fragment = ada.get(address)
    assert "Reading sheet 2" in words_of(fragment)
    assert b'value="40"' in fragment.content
    page = ada.get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert b'hx-trigger="every 1s"' in page.content
    assert "Checking 1 file for NWT-301" in words_of(page)
    Submission.objects.filter(pk=submission.pk).update(state="checked")
    assert ada.get(address)["HX-Refresh"] == "true"


def test_what_a_file_says_is_never_run(world: World) -> None:
    row = GOOD_ROWS[0].replace("Open,CDM", f"{HOSTILE},CDM")
    submission = checked(world, csv_bytes(*GOOD_ROWS[1:], row))
    page = browser(world.ada).get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert HOSTILE.encode() not in page.content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page.content


def test_the_sender_can_compare_counts(world: World) -> None:
    submission = checked(world)
    page = browser(world.ada).get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert "Open 2 Answered 1 Closed 0 Not closed 3 Sites 1 Participants 2" in words_of(page)


def test_twenty_cells_are_shown_and_the_rest_is_in_the_csv(world: World) -> None:
    rows = [BAD_ROW.replace("Subject 3", f"Subject {place}") for place in range(25)]
    submission = checked(world, csv_bytes(*rows))
    page = browser(world.ada).get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert "and 5 more: show all" in words_of(page)


def test_an_open_month_is_linked_from_the_form(world: World) -> None:
    submission = received(world, cutoff=CUTOFF)
    page = browser(world.ada).get(reverse("kpis:submission-create"))
    address = reverse("kpis:submission-detail", args=[submission.pk])
    assert f'href="{address}"'.encode() in page.content


def test_a_cutoff_in_the_future_is_refused(world: World) -> None:
    submission = received(world)
    answer = browser(world.ada).post(
        reverse("kpis:submission-confirm-cutoff", args=[submission.pk]),
        {"data_cutoff_date": "2999-01-01"},
        follow=True,
    )
    assert "The cut-off lies in the future" in words_of(answer)


def test_superseded_and_superseding_lead_to_each_other(world: World) -> None:
    first = accepted(world)
    second = accepted(world, csv_bytes(*GOOD_ROWS[:2]))
    sam = browser(world.sam)
    for here, there in ((first, second), (second, first)):
        page = sam.get(reverse("kpis:submission-detail", args=[here.pk]))
        address = reverse("kpis:submission-detail", args=[there.pk])
        assert f'href="{address}"'.encode() in page.content


def test_several_files_show_which_one_a_cell_is_in(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS), csv_bytes(BAD_ROW))
    text = words_of(browser(world.ada).get(reverse("kpis:submission-detail", args=[submission.pk])))
    assert "Take out queries_0.csv" in text
    assert "No problems" in text
    assert newest(submission).error_count > 0


def test_a_withdrawn_one_says_so_and_why(world: World) -> None:
    submission = checked(world)
    ada = browser(world.ada)
    address = reverse("kpis:submission-withdraw", args=[submission.pk])
    assert "Say why you withdraw it." in words_of(ada.post(address, {}, follow=True))
    text = words_of(ada.post(address, {"reason": "Wrong month."}, follow=True))
    assert "Withdrawn; its files and history stay" in text
    assert "Wrong month." in text


def test_one_of_two_files_can_be_taken_out(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS), csv_bytes(BAD_ROW))
    second = submission.files.last()
    assert second is not None
    address = reverse("kpis:submission-set-aside", args=[second.pk])
    text = words_of(browser(world.ada).post(address, follow=True))
    assert "queries_1.csv was taken out. Its bytes are kept." in text
    assert "Taken out, kept" in text


def test_a_listing_that_cannot_be_opened_is_said(world: World, own_storage: Path) -> None:
    submission = checked(world)
    (own_storage / stored_at(newest(submission).tables.get().sha256)).write_bytes(b"other")
    page = browser(world.sam).get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert "is not what was sealed; restore it." in words_of(page)


def test_a_file_that_tells_no_cutoff_asks_for_it(world: World) -> None:
    rows = [row.rpartition(",")[0] + "," for row in GOOD_ROWS]
    submission = checked(world, csv_bytes(*rows), cutoff=None)
    page = browser(world.ada).get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert "Say up to which day the data count" in words_of(page)


def test_a_cell_with_personal_data_is_named_and_not_called_empty(world: World) -> None:
    mail = GOOD_ROWS[0].replace("Subject 1", "jo.doe@example.com")
    submission = checked(world, csv_bytes(mail, *GOOD_ROWS[1:]))
    address = reverse("kpis:submission-detail", args=[submission.pk])
    page = words_of(browser(world.ada).get(address))
    assert "D2 Subject Name (not shown) Subject Name, row 2, holds an e-mail address" in page
    assert "jo.doe" not in page
