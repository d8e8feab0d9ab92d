"""The page on which the reading of layouts is confirmed, from upload to the next month."""

import pytest
from django.test import Client

from kpis.models import SourceProfile, Submission
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import check, checked, csv_bytes, fresh, newest, received
from tests.people import World

pytestmark = pytest.mark.django_db

# Words of a CRO of its own; day and month of one column cannot be told apart.
HEADER = "Protocol,Centre,Patient,Query State,Raised,Query Group,Log line,Age (days)"
ROWS = (
    "Study 1,Site 2,Subject 1,Pending,03/04/2025,CDM,1,225",
    "Study 1,Site 2,Subject 2,Answered,05/04/2025,CDM,1,223",
    "Study 1,Site 2,Subject 3,Done,06/04/2025,CDM,2,222",
)
ODD = csv_bytes(*ROWS, header=HEADER)


def page(client: Client, submission: Submission) -> str:
    return words_of(client.get(f"/submissions/{submission.pk}/layouts/"))


def sent(submission: Submission, **choices: str) -> dict[str, str]:
    """The form as the browser sends it: the check looked at, and what was chosen on sheet 0."""
    chosen = {f"s0-{name.replace('__', '-')}": value for name, value in choices.items()}
    return {"check": str(newest(submission).pk), **chosen}


def confirm(client: Client, submission: Submission, **choices: str) -> str:
    address = f"/submissions/{submission.pk}/layouts/confirm/"
    return words_of(client.post(address, sent(submission, **choices), follow=True))


def test_a_new_layout_is_confirmed_once_and_read_silently_next_month(world: World) -> None:
    ada = browser(world.ada)
    first = checked(world, ODD)
    told = words_of(ada.get(f"/submissions/{first.pk}/"))
    assert "1 layout is new: confirm how the columns were read. See and confirm" in told
    assert set(newest(first).problems.values_list("rule", flat=True)) >= {
        "missing-column",
        "unknown-choice",
    }
    shown = page(ada, first)
    assert "This layout is new" in shown
    assert "“Pending” means" in shown
    assert "Please say how this is meant." in shown
    assert "Query Open Date required A proposal: look whether it is right." in shown

    confirm(ada, first, opened_at="4", state__word__0="open", state__word__1="closed")
    asked = check(first)
    assert set(newest(asked).problems.values_list("rule", flat=True)) >= {"date-order-unclear"}
    confirm(ada, first, opened_at__order="day-first")
    again = check(first)
    assert newest(again).error_count == 0
    profile = SourceProfile.objects.get(ended_at=None)
    assert (profile.version, profile.confirmed_by, profile.vendor) == (2, world.ada, world.alpha)
    assert "The columns were read as confirmed: queries_0, version 2." in words_of(
        ada.get(f"/submissions/{first.pk}/")
    )
    assert "Known layout, read as it was confirmed." in page(ada, again)
    entries = AuditTrailEntry.objects.filter(subject_table=profile._meta.db_table).order_by("id")
    acts = [(entry.event, entry.actor_name, entry.subject_label) for entry in entries]
    assert acts == [
        (Event.CREATED, "Ada", "queries_0, version 1"),
        (Event.ENDED, "Ada", "queries_0, version 1"),
        (Event.CREATED, "Ada", "queries_0, version 2"),
    ]

    tables = {table.listing: table.row_count for table in newest(again).tables.all()}
    assert tables["queries"] == 3


def test_a_layout_that_was_read_rightly_takes_one_click_and_no_second_check(world: World) -> None:
    submission = checked(world)
    before = newest(submission)

    assert "Kept: these layouts are read like this" in confirm(browser(world.ada), submission)

    assert newest(fresh(submission)) == before
    assert SourceProfile.objects.get().mapping == before.sheets[0]["layout"]["columns"]
    assert "confirm how" not in words_of(browser(world.ada).get(f"/submissions/{submission.pk}/"))


def test_what_is_chosen_twice_or_stale_is_refused(world: World) -> None:
    ada, submission = browser(world.ada), checked(world, ODD)

    assert "is chosen for both" in confirm(ada, submission, country="4", opened_at="4")
    assert "none of those offered" in confirm(ada, submission, opened_at="77")
    stale = ada.post(f"/submissions/{submission.pk}/layouts/confirm/", {"check": "1"}, follow=True)
    assert "checked again meanwhile" in words_of(stale)
    assert not SourceProfile.objects.exists()


def test_a_changed_layout_says_what_changed_and_becomes_the_next_version(world: World) -> None:
    ada, first = browser(world.ada), checked(world, ODD)
    confirm(
        ada, first, opened_at="4", opened_at__order="day-first",
        state__word__0="open", state__word__1="closed",
    )  # fmt: skip
    check(first)
    ada.post(f"/submissions/{first.pk}/withdraw/", {"reason": "Sent too early."})
    header = "Protocol,Patient,Centre,Query State,Raised at,Query Group,Log line,Age (days)"
    rows = [",".join([a, c, b, *rest]) for a, b, c, *rest in (row.split(",") for row in ROWS)]

    second = check(received(world, csv_bytes(*rows, header=header), cutoff=None))

    told = words_of(ada.get(f"/submissions/{second.pk}/"))
    assert "1 layout is changed since a person confirmed it" in told
    shown = page(ada, second)
    assert "'Raised' is now called 'Raised at'." in shown
    assert "stands in another place" in shown
    confirm(ada, second, opened_at="4", opened_at__order="day-first")
    again = check(second)
    assert newest(again).error_count == 0
    versions = SourceProfile.objects.order_by("version").values_list("version", "ended_at")
    assert list(versions) == [(1, None), (2, None)]


def test_a_profile_is_ended_with_a_reason_and_its_layout_is_new_again(world: World) -> None:
    ada, submission = browser(world.ada), checked(world)
    confirm(ada, submission)
    profile = SourceProfile.objects.get()
    address = f"/layouts/{profile.pk}/"
    assert "Query Open Date" in words_of(ada.get(address))

    assert "Say why it ends." in words_of(ada.post(f"{address}end/", {}, follow=True))
    ended = ada.post(f"{address}end/", {"reason": "The report is gone."}, follow=True)
    assert "has ended" in words_of(ended)
    twice = ada.post(f"{address}end/", {"reason": "Again."}, follow=True)
    assert "ended already" in words_of(twice)
    assert "Known layout" not in page(ada, submission)
    assert "by Ada" in words_of(ada.get("/layouts/"))


def test_the_sponsor_sees_and_does_not_confirm_and_another_cro_sees_nothing(world: World) -> None:
    submission = checked(world)
    confirm(browser(world.ada), submission)
    profile = SourceProfile.objects.get()

    sam = browser(world.sam)
    assert "Known layout" in page(sam, submission)
    assert "Confirm how" not in page(sam, submission)
    assert "queries_0" in words_of(sam.get("/layouts/"))
    assert sam.post(f"/layouts/{profile.pk}/end/", {"reason": "x"}).status_code == 403
    ben = browser(world.ben)
    assert "queries_0" not in words_of(ben.get("/layouts/"))
    assert ben.get(f"/layouts/{profile.pk}/").status_code == 404
    assert ben.get(f"/submissions/{submission.pk}/layouts/").status_code == 404


def test_a_sheet_that_nobody_recognises_is_said_to_be_a_listing_and_read(world: World) -> None:
    header = "Zentrum;Proband;Zustand;Eröffnet;Beantwortet am"
    rows = ("Site 2;P-1;offen;01.10.2025;", "Site 2;P-2;beantwortet;02.10.2025;05.10.2025")
    content = "\n".join([header, *rows, ""]).encode()
    ada, submission = browser(world.ada), checked(world, content)
    address = f"/submissions/{submission.pk}/layouts/"
    told = page(ada, submission)
    assert "Sheets that are no listing known here: 1" in told
    assert "Say which column is which" in told

    said = words_of(ada.get(address, {"s0-listing": "queries"}))
    assert "You say what this sheet is." in said
    mapping = {"s0-listing": "queries", "s0-site": "0", "s0-participant": "1", "s0-state": "2"}
    mapping |= {"s0-opened_at": "3", "s0-answered_at": "4"}
    sent_form = {"check": str(newest(submission).pk), **mapping}
    ada.post(f"{address}confirm/", sent_form, follow=True)
    again = check(submission)
    shown = page(ada, again)
    assert "“offen” means" in shown
    assert "known layout has words or dates" in words_of(ada.get(f"/submissions/{again.pk}/"))
    confirm(ada, again, state__word__0="open", state__word__1="answered")

    last = check(again)
    assert newest(last).error_count == 0
    assert newest(last).tables.get(listing="queries").row_count == 2


def test_the_name_of_a_layout_has_no_date_in_it(world: World) -> None:
    content = csv_bytes(*ROWS, header=HEADER)
    submission = check(received(world, content, names=["Queries_ABC_2025-11-14.csv"]))
    confirm(browser(world.ada), submission)

    assert SourceProfile.objects.get().name == "Queries_ABC"
