"""The calendar's pages: what each side reads, filters, months, waivers, and a fixed cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kpis.due import due_date, month_before
from kpis.models import Submission, Waiver
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Study
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import received, submitted
from tests.people import START, World
from vendors.models import Vendor

pytestmark = pytest.mark.django_db
PERIOD = {"period": "2025-11"}


def many(world: World, count: int) -> None:
    """So many further CROs, each with a submission in each of twelve months."""
    function = Function.objects.get(slug="data-management")
    with acting(Actor.system("tests")):
        for number in range(count):
            vendor = Vendor.objects.create(sponsor=world.northwind, name=f"CRO {number}")
            engagement = Engagement.objects.create(
                sponsor=world.northwind,
                vendor=vendor,
                name=vendor.name,
                model=Engagement.Model.FULL_SERVICE,
                start_date=START,
            )
            study = Study.objects.create(sponsor=world.northwind, protocol_number=f"P-{number}")
            Delegation.objects.create(
                study=study,
                function=function,
                kind=Delegation.Kind.TRANSFERRED,
                engagement=engagement,
                from_date=START,
            )
            Submission.objects.bulk_create(
                Submission(
                    engagement=engagement,
                    study=study,
                    created_by=world.ada,
                    received_at=timezone.now(),
                    period_start=date(2025, month, 1),
                    data_cutoff_date=date(2025, month, 28),
                )
                for month in range(1, 13)
            )


def test_the_cost_does_not_grow_with_cros_and_months(world: World) -> None:
    pages = [
        (world.sam, reverse("kpis:calendar")),
        (world.ada, reverse("kpis:calendar")),
    ]

    def counts() -> list[int]:
        found = []
        for person, address in pages:
            client = browser(person)
            with CaptureQueriesContext(connection) as statements:
                assert client.get(address, {"period": "2025-12"}).status_code == 200
            found.append(len(statements))
        return found

    few = counts()
    many(world, 50)
    assert counts() == few
    assert max(few) <= 8


def test_the_cro_reads_its_own_and_what_to_do_next(world: World) -> None:
    text = words_of(browser(world.ada).get(reverse("kpis:calendar"), PERIOD))
    assert "November 2025: 0 of 1 accepted, 1 overdue" in text
    assert "NWT-301" in text
    assert "Upload" in text
    assert "Overdue from other months" in text
    assert "Beta" not in text
    assert "NWT-204" not in text
    theirs = words_of(browser(world.sam).get(reverse("kpis:calendar"), PERIOD))
    assert "Alpha" in theirs
    assert "Beta" in theirs
    assert "all studies" in theirs  # an FSP engagement reports once across its studies


def test_upload_begins_with_the_scope_and_month_of_the_line(world: World) -> None:
    page = browser(world.ada).get(reverse("kpis:calendar"), PERIOD).content.decode()
    scope = f"{world.study.pk}-{world.alpha_engagement.pk}"
    address = f"{reverse('kpis:submission-create')}?scope={scope}&amp;data_cutoff_date=2025-11-30"
    assert address in page
    form = browser(world.ada).get(address.replace("&amp;", "&")).content.decode()
    assert 'value="2025-11-30"' in form
    where = f"?engagement={world.alpha_engagement.pk}&study={world.study.pk}&period=2025-11"
    assert where.replace("&", "&amp;") in page
    assert browser(world.ada).get(reverse("kpis:template") + where).status_code == 200


def test_filters_and_months_are_in_the_address(world: World) -> None:
    client, address = browser(world.sam), reverse("kpis:calendar")
    one = words_of(client.get(address, PERIOD | {"cro": str(world.beta.pk)}))
    assert "November 2025: 0 of 1 accepted" in one
    missing = words_of(client.get(address, PERIOD | {"state": "missing"}))
    assert "0 of 2 accepted, 2 overdue" in missing
    none = words_of(client.get(address, PERIOD | {"state": "accepted"}))
    assert "Nothing fits this filter" in none
    unknown = words_of(client.get(address, PERIOD | {"study": "soon"}))
    assert "0 of 2 accepted" in unknown
    assert "?period=2025-10" in client.get(address, PERIOD).content.decode()
    assert client.get(address, {"period": "soon"}).status_code == 404


def test_who_decides_is_led_to_what_waits(world: World) -> None:
    submission = submitted(world)
    text = words_of(browser(world.sam).get(reverse("kpis:calendar"), PERIOD))
    assert f"Decide {submission}" in text
    assert "Received, waits for the sponsor" in text
    draft = words_of(browser(world.quinn).get(reverse("kpis:calendar"), PERIOD))
    assert f"Open {submission}" in draft
    assert "Decide" not in draft


def test_the_page_of_one_says_why_it_is_due_and_what_moved_the_day(world: World) -> None:
    with acting(Actor.system("tests")):
        Vendor.objects.filter(pk=world.alpha.pk).update(country="France")
        Engagement.objects.filter(pk=world.alpha_engagement.pk).update(due_business_day=6)
    address = reverse(
        "kpis:due-submission", args=[world.alpha_engagement.pk, world.study.pk, "2026-04"]
    )
    text = words_of(browser(world.ada).get(address))
    assert "8 May is a public holiday in France (Victory Day)." in text
    assert "12 May 2026, business day 6" in text
    assert "Data queries Open queries" in text or "queries" in text.lower()
    assert "Waive" not in text
    nothing = reverse(
        "kpis:due-submission", args=[world.alpha_engagement.pk, world.other_study.pk, "2026-04"]
    )
    assert browser(world.sam).get(nothing).status_code == 404


def test_a_waiver_is_given_seen_by_both_sides_and_taken_back(world: World) -> None:
    where = [world.alpha_engagement.pk, world.study.pk, "2025-11"]
    address, sam = reverse("kpis:due-submission", args=where), browser(world.sam)
    refused = sam.post(reverse("kpis:waiver-create", args=where), {}, follow=True)
    assert "Say why" in words_of(refused)
    sam.post(reverse("kpis:waiver-create", args=where), {"reason": "The database is frozen."})
    waiver = Waiver.objects.get()
    for person in (world.sam, world.ada):
        text = words_of(browser(person).get(address))
        assert "The database is frozen. All that is due, waived by Sam" in text
        assert "NWT-301, November 2025: waived" in text
    calendar = words_of(browser(world.ada).get(reverse("kpis:calendar"), PERIOD))
    assert "November 2025: nothing is due" in calendar
    back = reverse("kpis:waiver-take-back", args=[waiver.pk])
    assert "Say why" in words_of(sam.post(back, {}, follow=True))
    sam.post(back, {"reason": "It was opened again."})
    assert "taken back" in words_of(sam.get(address))


def test_the_list_of_submissions_says_what_is_due_soon_or_late(world: World) -> None:
    last = month_before(timezone.localdate().replace(day=1))
    late = timezone.localdate() > due_date(last) + timedelta(days=14)
    text = words_of(browser(world.ada).get(reverse("kpis:submission-list")))
    assert "business days late: NWT-301" in text  # of the month before the last at the least
    assert text.count("NWT-301,") >= 1 + late
    assert "Beta" not in text
    theirs = words_of(browser(world.sam).get(reverse("kpis:submission-list")))
    assert "business days late: Alpha, NWT-301" in theirs
    assert "late:" not in words_of(browser(world.quinn).get(reverse("kpis:submission-list")))


def test_who_uploads_reads_it_where_they_begin(world: World) -> None:
    address = reverse("dashboards:portfolio")
    assert "business days late: NWT-301" in words_of(browser(world.ada).get(address))
    assert "business days late: Alpha" not in words_of(browser(world.sam).get(address))


def test_a_draft_without_a_month_changes_no_cell(world: World) -> None:
    received(world)
    text = words_of(browser(world.ada).get(reverse("kpis:calendar"), PERIOD))
    assert "Missing" in text
