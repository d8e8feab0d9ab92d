"""The template's page: what is offered, made by a worker, kept, downloaded, recorded."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import TemplateIssue
from kpis.selectors.templates import template_address, template_scope
from kpis.submissions.template.facts import TemplateFacts
from kpis.submissions.template.gather import facts_of
from kpis.submissions.template.issue import job_name
from kpis.tasks import make_template
from oversight import progress, storage
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Site
from tests.kpis.browsing import browser, bytes_of, words_of
from tests.kpis.makers import accepted
from tests.people import START, World
from vendors.models import Membership

pytestmark = pytest.mark.django_db
MONTH = date(2025, 12, 1)


def address(world: World, month: date = MONTH) -> str:
    return template_address(world.alpha_engagement.pk, world.study.pk, month)


def made(world: World, month: date = MONTH, by: Any = None) -> TemplateIssue | None:
    """Run the task as the worker does; return the newest template."""
    engagement, study = world.alpha_engagement.pk, world.study.pk
    make_template(engagement, study, month.isoformat(), (by or world.ada).pk)
    return TemplateIssue.objects.last()


def test_a_template_is_made_kept_and_taken_away(world: World) -> None:
    client = browser(world.ada)
    before = words_of(client.get(address(world)))
    assert "Template for NWT-301, Dec 2025" in before
    assert "Make the workbook" in before
    assert "Not made yet" in before
    issue = made(world)
    assert issue is not None
    assert (issue.made_by, issue.period_start) == (world.ada, MONTH)
    page = words_of(client.get(address(world)))
    assert f"Version {issue.version}" in page
    assert "Make it anew" in page
    response = client.get(reverse("kpis:template-download", args=[issue.pk]))
    content = bytes_of(response)
    assert response["Content-Disposition"] == 'attachment; filename="NWT-301 2025-12 template.xlsx"'
    assert content == storage.fetch_verified(issue.sha256)
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert {"Cover", "Data queries", "Definitions", "Lists"} <= set(workbook.sheetnames)


def test_making_and_taking_are_in_the_audit_trail(world: World) -> None:
    issue = made(world)
    assert issue is not None
    bytes_of(browser(world.sam).get(reverse("kpis:template-download", args=[issue.pk])))
    entries = AuditTrailEntry.objects.filter(subject_table="kpis_templateissue").order_by("id")
    assert [(one.event, one.actor_name) for one in entries] == [
        (Event.CREATED, "Ada"),
        (Event.DOWNLOADED, "Sam"),
    ]
    assert {one.detail["sha256"] for one in entries} == {issue.sha256}


def test_nothing_new_is_kept_when_nothing_changed(world: World) -> None:
    first = made(world)
    assert made(world) == first
    Site.objects.create(study=world.study, number="Site 9", country="FRA")
    assert made(world) != first
    assert TemplateIssue.objects.count() == 2


def test_known_sites_stand_in_the_drop_downs_of_the_lists(world: World) -> None:
    Site.objects.create(study=world.study, number="Shut", closed_on=date(2025, 11, 30))
    Site.objects.create(study=world.study, number="Later", activated_on=date(2026, 1, 1))
    issue = made(world)
    assert issue is not None
    book = openpyxl.load_workbook(io.BytesIO(storage.fetch_verified(issue.sha256)))
    words = {cell for row in book["Lists"].values for cell in row}
    assert "Site 2" in words
    assert not words & {"Shut", "Later"}


def test_the_last_accepted_month_stands_beside(world: World) -> None:
    submission = accepted(world)
    scope = template_scope(
        world.ada, engagement_id=world.alpha_engagement.pk, study_id=world.study.pk, period=MONTH
    )
    assert scope is not None

    def facts(period: date) -> TemplateFacts:
        return facts_of(world.ada, scope.engagement, scope.study, scope.due, period)

    later = facts(MONTH)
    assert later.last_period == submission.period_start == date(2025, 11, 1)
    assert len(later.last_tables["queries"]) == 3
    assert facts(date(2025, 11, 1)).last_tables == {}


def test_while_it_is_made_the_page_says_so(world: World) -> None:
    client = browser(world.ada)
    asked: dict[str, Any] = {
        "engagement": world.alpha_engagement.pk,
        "study": world.study.pk,
        "period": "2025-12",
    }
    response = client.post(reverse("kpis:template-make"), asked)
    assert (response.status_code, response.headers["Location"]) == (302, address(world))
    page = client.get(address(world))
    assert "Waiting for its turn" in words_of(page)
    assert b"every 1s" in page.content
    making = client.get(reverse("kpis:template-making"), asked)
    assert "Waiting for its turn" in words_of(making)
    made(world)
    assert progress.of(job_name(world.alpha_engagement.pk, world.study.pk, MONTH)) is None
    assert client.get(reverse("kpis:template-making"), asked)["HX-Refresh"] == "true"


def test_a_worker_makes_nothing_for_somebody_who_may_no_more(world: World) -> None:
    assert made(world, by=world.ben) is None
    assert made(world, by=world.sam) is None
    Membership.objects.filter(user=world.ada).update(until_date=START)
    assert made(world) is None


@pytest.mark.parametrize(
    "query",
    [
        "?engagement=x&period=2025-12",
        "?engagement={own}&period=never",
        "?engagement={own}&period=2025-13",
        "?engagement={own}",
        "?engagement={own}&period=2025-12",
        "?engagement={own}&study=x&period=2025-12",
        "?engagement={own}&study={other}&period=2025-12",
        "?engagement={own}&study={study}&period=2019-01",
        "?engagement={foreign}&study={other}&period=2025-12",
        "?engagement=" + "9" * 40 + "&period=2025-12",
    ],
)
def test_what_is_not_due_or_not_seen_is_not_there(world: World, query: str) -> None:
    filled = query.format(
        own=world.alpha_engagement.pk,
        foreign=world.beta_engagement.pk,
        study=world.study.pk,
        other=world.other_study.pk,
    )
    assert browser(world.ada).get(reverse("kpis:template") + filled).status_code == 404


def test_an_fsp_has_one_template_across_its_studies(world: World) -> None:
    client = browser(world.ben)
    page = client.get(template_address(world.beta_engagement.pk, None, MONTH))
    assert "Template for all studies, Dec 2025" in words_of(page)
    make_template(world.beta_engagement.pk, None, MONTH.isoformat(), world.ben.pk)
    assert TemplateIssue.objects.get().study is None


def test_those_to_choose_from_are_the_readers_own(world: World) -> None:
    words = words_of(browser(world.ada).get(reverse("kpis:template")))
    assert "NWT-301 — Alpha for NWT-301" in words
    assert "NWT-204" not in words
    assert browser(world.sam).get(reverse("kpis:template")).status_code == 403


def test_the_page_costs_the_same_at_any_size(world: World) -> None:
    client = browser(world.ada)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address(world)).status_code == 200
        return len(caught)

    made(world)
    few = cost()
    Site.objects.bulk_create(Site(study=world.study, number=f"{n}") for n in range(100, 150))
    made(world)
    assert cost() == few
