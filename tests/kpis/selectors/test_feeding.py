"""Which KPIs a submission feeds, and what would feed the others, in words."""

from pathlib import Path

from django.urls import reverse

from kpis.definitions import catalogue
from kpis.engine.tables import OWN_TABLES, TABLES
from kpis.models import SubmittedTable
from kpis.selectors.feeding import feeds_of, sources_of
from oversight.storage import address as stored_at
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import GOOD, checked, csv_bytes, newest
from tests.people import World

PEOPLE = csv_bytes(
    "Study 1,FRA,Site 2,Subject 1,On Trial,",
    "Study 1,FRA,Site 2,Subject 2,On Trial,",
    header="Study,Country,Site Number,Subject Name,Subject Status,# Pages Entered",
)
PAGES = csv_bytes(
    "Study 1,FRA,Site 2,Subject 1,Week 4,Vital signs,Visit Level,12",
    header="Study,Country,Site Number,Subject Name,Visit Name,Page Name,Form Details,"
    "# of Days Missing",
)


def test_queries_alone_feed_what_needs_queries_alone(world: World) -> None:
    submission = checked(world)
    feeds = feeds_of(submission, newest(submission))
    assert [one.slug for one in feeds.fed] == ["query-aging", "query-response-time"]
    lacking = {one.slug: one.lacking for one in feeds.unfed}
    assert lacking["query-backlog"] == (
        "Send participants, for example as: EDC metrics workbook, subject level or EDC subject"
        " listing.",
    )
    assert len(lacking["missing-pages"]) == 2
    assert lacking["sae-discrepancies"] == (
        "Send safety reconciliation, data-management side, for example as: SAE reconciliation"
        " dashboard, data-management sheet.",
    )
    assert set(lacking) == {"query-backlog", "missing-pages", "sae-discrepancies"}


def test_a_column_without_any_value_is_named(world: World) -> None:
    submission = checked(world, GOOD, PEOPLE, PAGES)
    (pages, safety) = feeds_of(submission, newest(submission)).unfed
    assert pages.slug == "missing-pages"
    assert pages.lacking == ("Add ‘# Pages Entered’ to participants; no row has a value.",)
    assert safety.slug == "sae-discrepancies"


def test_nothing_is_said_before_a_check_and_of_a_broken_table_only_what_is_sure(
    world: World, own_storage: Path
) -> None:
    submission = checked(world)
    assert feeds_of(submission, None).due == 0
    table = SubmittedTable.objects.get(check_made=newest(submission), listing="queries")
    (own_storage / stored_at(table.sha256)).write_bytes(b"other")
    lacking = {one.slug: one.lacking for one in feeds_of(submission, newest(submission)).unfed}
    assert lacking["query-response-time"] == (
        "The sealed table of data queries has to be restored.",
    )


def test_the_page_of_a_submission_says_what_would_feed_a_kpi(world: World) -> None:
    submission = checked(world)
    address_of_page = reverse("kpis:submission-detail", args=[submission.pk])
    page = words_of(browser(world.ada).get(address_of_page))
    assert "KPIs from these files" in page
    assert "2 of 5 due" in page
    assert "Send missing pages, for example as: EDC missing pages report." in page


def test_the_page_of_a_kpi_says_which_exports_feed_it(world: World) -> None:
    for slug, definition in catalogue().items():
        address_of_page = reverse("kpis:definition-detail", args=[slug])
        page = words_of(browser(world.ada).get(address_of_page))
        sources = sources_of(definition)
        exports = {one for source in sources for one in source.exports}
        exports |= {one for source in sources for one, _ in source.unable}
        assert exports == {one for name in definition.listings for one in TABLES[name].found_in}
        assert all(export.casefold() in page.casefold() for export in exports)
        own = any(name in OWN_TABLES for name in definition.listings)
        assert ("until then the KPI has no source" in page) == own


def test_an_export_that_leaves_out_a_needed_column_is_no_source() -> None:
    (closing,) = sources_of(catalogue()["query-turnaround"])
    assert closing.exports == ("EDC query detail listing",)
    assert closing.unable == (("EDC query report (cumulative)", ("Query Close Date",)),)
    (reopened,) = sources_of(catalogue()["query-reopen-rate"])
    assert reopened.exports == ()


def test_a_kpi_that_only_some_exports_feed_says_which_do_not(world: World) -> None:
    address_of_page = reverse("kpis:definition-detail", args=["query-turnaround"])
    page = words_of(browser(world.ada).get(address_of_page))
    told = "EDC query report (cumulative) does not, for want of Query Close Date."
    assert told.casefold() in page.casefold()
