"""What changed, as pages and CSV: counts, rows of a kind, sites, statements, words, strangers."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import Comparison
from kpis.snapshots.compute import compute_for
from kpis.submissions.problems import harmless
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.browsing import browser, bytes_of, words_of
from tests.kpis.makers import GOOD_ROWS, NOW, accepted, checked, csv_bytes, newest, received
from tests.kpis.submissions.comparing.test_keep import OCTOBER, rows
from tests.people import World

DETAIL, CHANGES = "kpis:submission-detail", "kpis:submission-changes"
ROWS, ROWS_CSV = "kpis:submission-changed-rows", "kpis:submission-changed-rows-csv"
ANSWERED = GOOD_ROWS[0].replace("Open,CDM,2025-11-04,", "Answered,CDM,2025-11-04,2025-11-10")
FORMULA = "Study 1,FRA,Site 2,=1+1,Visit 1,AE,AETERM,1,Open,CDM,2025-11-12,,2"


def two_months(world: World) -> int:
    """Return a submission in which one query is new, one answered and one gone."""
    accepted(world, cutoff=OCTOBER)
    return checked(world, csv_bytes(ANSWERED, GOOD_ROWS[1], FORMULA)).pk


def statements(world: World, name: str, *args: object, **query: str) -> int:
    client = browser(world.sam)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(name, args=args), query).status_code == 200
    return len(caught)


def test_the_submission_says_what_changed_and_links_each_count(world: World) -> None:
    pk = two_months(world)
    page = browser(world.ada).get(reverse(DETAIL, args=[pk]))
    text = words_of(page)
    assert "What changed since October 2025 (S-" in text
    assert "1 row new, 1 changed, 1 gone; accepted 17 Nov 2025" in text
    assert "Data queries 1 1 1 1" in text
    assert "Query Status and 1 more Open → " not in text
    assert "Query Status and 1 more open answered" in text
    for kind in ("new", "changed", "gone"):
        assert reverse(ROWS, args=[pk, "queries", kind]).encode() in page.content


def test_a_kpi_that_is_missing_shows_its_study_and_nothing_before_it(world: World) -> None:
    page = browser(world.ada).get(reverse(DETAIL, args=[checked(world).pk]))
    assert b'<dd class="tiny">NWT-301</dd>' in page.content
    assert b">, NWT-301" not in page.content


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("new", "=1+1"),
        ("changed", "Query Status: was open → answered"),
        ("gone", "They stood in the file accepted before and are not in this one."),
    ],
)
def test_rows_of_a_kind_are_shown_with_their_place(world: World, kind: str, said: str) -> None:
    pk = two_months(world)
    text = words_of(browser(world.sam).get(reverse(ROWS, args=[pk, "queries", kind])))
    assert said in text
    assert f"Data queries: 1 row {kind} since October 2025 (S-" in text
    assert "queries_0.csv" in text


def test_the_csv_holds_all_rows_and_no_formula_and_is_recorded(world: World) -> None:
    pk = two_months(world)
    client = browser(world.sam)
    found = {}
    for kind in ("new", "changed", "gone"):
        content = bytes_of(client.get(reverse(ROWS_CSV, args=[pk, "queries", kind])))
        found[kind] = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["Subject Name"] for row in found["new"]] == ["'=1+1"] == [harmless("=1+1")]
    changed = found["changed"][0]
    assert (changed["Query Status, before"], changed["Query Status, now"]) == ("open", "answered")
    assert changed["Query Response Date, now"] == "2025-11-10"
    assert changed["Changed"] == "Query Status, Query Response Date"
    assert (found["gone"][0]["Field OID"], found["gone"][0]["Row"]) == ("SYSBP", "4")
    entries = AuditTrailEntry.objects.filter(event="downloaded", subject_id=str(pk))
    assert [one.detail["count"] for one in entries] == [1, 1, 1]


def test_rows_can_be_limited_to_a_site(world: World) -> None:
    accepted(world, cutoff=OCTOBER)
    other = GOOD_ROWS[0].replace("Site 2", "Site 9")
    pk = checked(world, csv_bytes(*GOOD_ROWS, other, FORMULA)).pk
    client, address = browser(world.sam), reverse(ROWS, args=[pk, "queries", "new"])
    assert client.get(address).context["found"].sites == ("Site 2", "Site 9")
    one = client.get(address, {"site": "Site 9"})
    assert len(one.context["lines"]) == 1
    assert b"csv?site=Site%209" in one.content
    assert "No such row at this site" in words_of(client.get(address, {"site": "Site 5"}))


def test_the_pages_cost_the_same_at_any_size(world: World) -> None:
    october = accepted(world, csv_bytes(*rows(30, cutoff=OCTOBER)), cutoff=OCTOBER)
    compute_for(submission=october, now=NOW)
    small = checked(world, csv_bytes(*rows(33)))
    few = [
        statements(world, DETAIL, small.pk),
        statements(world, CHANGES, small.pk),
        statements(world, ROWS, small.pk, "queries", "new"),
    ]
    many = checked(world, csv_bytes(*rows(230, old=50)), cutoff=date(2025, 12, 31))
    assert [
        statements(world, DETAIL, many.pk),
        statements(world, CHANGES, many.pk),
        statements(world, ROWS, many.pk, "queries", "new", page="3"),
    ] == few
    assert few[1:] == [7, 8]


def test_which_kpis_change_colour_stands_first(world: World) -> None:
    october = accepted(world, csv_bytes(*rows(40, cutoff=OCTOBER)), cutoff=OCTOBER)
    compute_for(submission=october, now=NOW)
    pk = checked(world, csv_bytes(*rows(40, old=30))).pk
    page = browser(world.ada).get(reverse(CHANGES, args=[pk]))
    changing = page.context["compared"].colours.changing
    assert next((row.slug, row.turn) for row in changing) == ("query-aging", "red")
    assert "October 2025 → this month." in words_of(page)
    assert "Newly red; 30 of 40, NWT-301" in words_of(page)
    assert b'aria-label="Green"' in page.content
    assert b'aria-label="Red"' in page.content


def test_without_anything_accepted_it_says_so(world: World) -> None:
    pk = checked(world).pk
    client = browser(world.ada)
    text = words_of(client.get(reverse(DETAIL, args=[pk])))
    assert "No submission of NWT-301 was accepted before this one." in text
    assert "First results of" in text
    assert "Nothing to compare with yet" in words_of(client.get(reverse(CHANGES, args=[pk])))
    assert client.get(reverse(ROWS, args=[pk, "queries", "new"])).status_code == 404


def test_while_it_is_read_there_is_nothing_to_see(world: World) -> None:
    pk = received(world).pk
    text = words_of(browser(world.ada).get(reverse(CHANGES, args=[pk])))
    assert "The files are still being read" in text


def test_nothing_changed_is_said(world: World) -> None:
    accepted(world, cutoff=OCTOBER)
    pk = checked(world, csv_bytes(*reversed(GOOD_ROWS))).pk
    client = browser(world.sam)
    assert "Nothing gone, nothing changed" in words_of(client.get(reverse(DETAIL, args=[pk])))
    empty = client.get(reverse(ROWS, args=[pk, "queries", "gone"]))
    assert "Nothing of this kind differs." in words_of(empty)
    assert client.get(reverse(ROWS, args=[pk, "queries", "odd"])).status_code == 404
    assert client.get(reverse(ROWS, args=[pk, "visits", "new"])).status_code == 404


def test_what_was_accepted_meanwhile_is_told(world: World) -> None:
    waiting = checked(world)
    last = accepted(world, csv_bytes(*GOOD_ROWS[:2]), cutoff=OCTOBER)
    text = words_of(browser(world.ada).get(reverse(DETAIL, args=[waiting.pk])))
    assert f"{last} was accepted since this was compared." in text


def test_a_stranger_learns_nothing(world: World) -> None:
    pk = two_months(world)
    for person in (world.ben, world.olga, world.nora):
        client = browser(person)
        for name, args in ((CHANGES, [pk]), (ROWS, [pk, "queries", "new"])):
            assert client.get(reverse(name, args=args)).status_code == 404
        assert client.get(reverse(ROWS_CSV, args=[pk, "queries", "new"])).status_code == 404
        assert not Comparison.objects.visible_to(person).exists()


def test_what_a_row_says_is_never_run(world: World) -> None:
    accepted(world, cutoff=OCTOBER)
    hostile = GOOD_ROWS[0].replace("AETERM", "<script>alert(1)</script>")
    pk = checked(world, csv_bytes(*GOOD_ROWS[:2], hostile)).pk
    for page in (
        browser(world.ada).get(reverse(DETAIL, args=[pk])),
        browser(world.ada).get(reverse(ROWS, args=[pk, "queries", "new"])),
    ):
        assert b"<script>alert(1)" not in page.content
    assert newest(checked(world, csv_bytes(hostile), cutoff=date(2025, 8, 31))) is not None
